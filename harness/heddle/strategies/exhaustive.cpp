// Depth-first enumeration: every sequence of answers once, the default run first. It keeps the path of the
// last execution and changes the deepest choice that has an answer left. It relies on the program being
// deterministic given its answers; a choice that comes back with another count would break the enumeration,
// so then it stops with nothing exhausted. It ignores its seed.
//
// With a bound, a task that can go on is made to give way at most so many times (Musuvathi, Qadeer: Iterative
// context bounding for systematic testing of multithreaded programs, PLDI 2007); deepening raises the bound
// when all is seen below it, and runs again what it ran with a lower one. All there is has been explored when
// no execution came to the bound.
#include <heddle/strategies/exhaustive.hpp>
#include <vector>

namespace heddle {
namespace {

constexpr std::uint32_t no_bound = UINT32_MAX;

class Exhaustive final : public Strategy {
 public:
  Exhaustive(std::uint32_t bound, bool deepens) : bound_(bound), deepens_(deepens) {}

  bool begin(std::uint64_t) override {
    depth_ = 0;
    preemptions_ = 0;
    return !diverged_ && !done_;
  }

  std::uint32_t choose(const Choice& choice) override {
    const bool is_bound = choice.is_preemption && preemptions_ == bound_;
    if (is_bound) was_bound_ = true;
    const std::uint32_t count = is_bound ? 1 : choice.count;
    if (depth_ == path_.size()) path_.push_back({.answer = 0, .count = count});
    Node& node = path_[depth_++];
    diverged_ = diverged_ || node.count != count;
    if (diverged_) return 0;
    if (choice.is_preemption && node.answer != 0) ++preemptions_;
    return node.answer;
  }

  bool end() override {
    if (diverged_) return false;
    path_.resize(depth_);
    while (!path_.empty() && path_.back().answer + 1 == path_.back().count) path_.pop_back();
    if (!path_.empty()) {
      ++path_.back().answer;
      return false;
    }
    done_ = !was_bound_ || !deepens_;
    const bool all_seen = !was_bound_;
    was_bound_ = false;
    ++bound_;
    return all_seen;
  }

 private:
  struct Node {
    std::uint32_t answer;
    std::uint32_t count;
  };
  std::uint32_t bound_;
  const bool deepens_;
  std::vector<Node> path_;
  std::size_t depth_ = 0;
  std::uint32_t preemptions_ = 0;
  bool was_bound_ = false;  // by some execution since the bound was raised
  bool diverged_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_exhaustive(std::uint64_t, std::uint32_t) {
  return std::make_unique<Exhaustive>(no_bound, false);
}
std::unique_ptr<Strategy> make_preemptions(std::uint64_t, std::uint32_t most) {
  return std::make_unique<Exhaustive>(most, false);
}
std::unique_ptr<Strategy> make_deepening(std::uint64_t, std::uint32_t) {
  return std::make_unique<Exhaustive>(0, true);
}

}  // namespace heddle
