// A stack without a lock whose pop swaps the top if it is still the node that it saw: it may be that node
// again and not be the same stack, if another thread popped two and pushed the first back meanwhile. At
// granularity os, where each access to a Word is a switch point. 24 to 30 switch points; the reference counts
// 23, for there a start and a join are one point each.
#include <array>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr std::uint32_t bottom = 0;  // names no node

class Stack {
 public:
  /// Node 1 on top of 2 on top of 3.
  Stack() : top_{1}, next_{mp::Word{}, mp::Word{2}, mp::Word{3}, mp::Word{bottom}} {}

  std::uint32_t pop() {
    mp::Os& os = mp::os();
    while (true) {
      const std::uint32_t seen = os.load(top_);
      if (seen == bottom) return bottom;
      const std::uint32_t next = os.load(next_[seen]);
      if (os.compare_exchange(top_, seen, next) == seen) return seen;
    }
  }

  void push(std::uint32_t node) {
    mp::Os& os = mp::os();
    while (true) {
      const std::uint32_t seen = os.load(top_);
      os.store(next_[node], seen);
      if (os.compare_exchange(top_, seen, node) == seen) return;
    }
  }

  /// Says that the caller has popped the node for good.
  void keep(std::uint32_t node) {
    if (node == bottom) return;
    check(mp::os().fetch_add(keepers_[node], 1) == 0, "a node is popped by one thread only");
  }

 private:
  mp::Word top_;
  std::array<mp::Word, 4> next_;
  std::array<mp::Word, 4> keepers_ = {};
};

void body() {
  Stack stack;
  Crew crew;
  crew.start("pops-two", [&] {
    const std::uint32_t first = stack.pop();
    const std::uint32_t second = stack.pop();
    stack.keep(first);
    stack.keep(second);
  });
  crew.start("puts-one-back", [&] {
    const std::uint32_t first = stack.pop();
    const std::uint32_t second = stack.pop();
    if (first != bottom) stack.push(first);
    stack.keep(second);
  });
  crew.join();
}

}  // namespace

Scenario aba_stack() {
  return {.name = "classic/aba-stack",
          .summary = "a lock-free pop takes a node that came back for a node that stayed",
          .body = &body,
          .expected = {{.rule = "assertion"}},
          .granularity = Granularity::os};
}

}  // namespace heddle::classic
