// A lock-free stack of three nodes, known for a bug that takes three threads, two of which have to be stopped
// in the middle of a pop at the right moments, and a dozen switches between them: no published strategy finds
// it in 10,000 executions. Who pops first takes a node's link away, so that nobody else takes the node; who
// pushed while somebody who had seen an older top was on the way gives the link back to a node that has
// moved. At granularity os, where each access to a Word is a switch point. A thread that has failed to pop
// eight times gives up, so that no strategy can spin for ever. About 76 switch points; 117 are published, of
// a program that spins.
#include <array>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr std::uint32_t nodes = 3;
constexpr std::uint32_t none = UINT32_MAX;  // the link of the last node, and of one that somebody pops
constexpr int attempts_max = 8;
constexpr int rounds = 2;

class SafeStack {
 public:
  SafeStack() : head_{0}, count_{nodes}, next_{mp::Word{1}, mp::Word{2}, mp::Word{none}} {}

  /// `none`: there was none to be had. The last node is never popped.
  std::uint32_t pop() {
    mp::Os& os = mp::os();
    for (int attempts = 0; attempts < attempts_max && os.load(count_) > 1; ++attempts) {
      const std::uint32_t node = os.load(head_);
      const std::uint32_t next = os.exchange(next_[node], none);
      if (next == none) continue;
      if (os.compare_exchange(head_, node, next) == node) {
        os.fetch_add(count_, static_cast<std::uint32_t>(-1));
        return node;
      }
      os.exchange(next_[node], next);
    }
    return none;
  }

  void push(std::uint32_t node) {
    mp::Os& os = mp::os();
    std::uint32_t seen = os.load(head_);
    while (true) {
      os.store(next_[node], seen);
      const std::uint32_t found = os.compare_exchange(head_, seen, node);
      if (found == seen) break;
      seen = found;
    }
    os.fetch_add(count_, 1);
  }

  void use(std::uint32_t node, std::uint32_t user) {
    mp::Os& os = mp::os();
    os.store(user_[node], user);
    check(os.load(user_[node]) == user, "a node that was popped is one thread's alone");
  }

 private:
  mp::Word head_;
  mp::Word count_;
  std::array<mp::Word, nodes> next_;
  std::array<mp::Word, nodes> user_ = {};
};

void body() {
  SafeStack stack;
  Crew crew;
  for (std::uint32_t user = 1; user <= 3; ++user)
    crew.start("user", [&stack, user] {
      for (int round = 0; round < rounds; ++round) {
        const std::uint32_t node = stack.pop();
        if (node == none) continue;
        stack.use(node, user);
        stack.push(node);
      }
    });
  crew.join();
}

}  // namespace

Scenario safestack() {
  return {.name = "classic/safestack",
          .summary = "three threads pop and push the three nodes of a lock-free stack",
          .body = &body,
          .expected = {{.rule = "assertion"}},
          .granularity = Granularity::os,
          .hard = true};
}

}  // namespace heddle::classic
