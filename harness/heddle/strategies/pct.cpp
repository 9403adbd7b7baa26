// Probabilistic concurrency testing (Burckhardt, Kothari, Musuvathi, Nagarakatte: A randomized scheduler with
// probabilistic guarantees of finding bugs, ASPLOS 2010). Tasks run by priority; at d-1 random points of the
// execution the one that is running falls below all others. A bug of depth d in a program of n tasks and k
// choices is found by an execution with probability at least 1 / (n k^(d-1)).
//
// Departures: k is measured and not guessed, as the longest execution so far; the points are choices of which
// task runs, and not instructions; and a task gets its random priority when it first comes into sight, as
// programs here may start tasks at any time. What is no choice of a task is answered as the random walk does.
#include <algorithm>
#include <vector>

#include <heddle/core/by_chance.hpp>
#include <heddle/strategies/pct.hpp>

namespace heddle {
namespace {

class Pct final : public Strategy {
 public:
  Pct(std::uint64_t seed, std::uint32_t depth) : seed_(seed), depth_(depth), random_(seed) {}

  bool begin(std::uint64_t execution) override {
    random_ = Random(seed_, execution);
    choices_ = 0;
    priorities_.clear();
    points_.clear();
    for (std::uint32_t i = 1; i < depth_; ++i) points_.push_back(random_.below(longest_));
    return true;
  }

  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::task) return answer_by_chance(choice, random_);
    const auto point = std::ranges::find(points_, choices_++);
    std::uint32_t best = highest(choice);
    if (point == points_.end()) return best;
    // The lower the later point: one that fell earlier is above one that falls now.
    priority_of(choice.tasks->candidate(best)) = static_cast<std::uint64_t>(points_.end() - point);
    *point = UINT32_MAX;
    return highest(choice);
  }

  bool end() override {
    longest_ = std::max(longest_, choices_);
    return false;
  }

 private:
  std::uint32_t highest(const Choice& choice) {
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < choice.count; ++i)
      if (priority_of(choice.tasks->candidate(i)) > priority_of(choice.tasks->candidate(best))) best = i;
    return best;
  }

  std::uint64_t& priority_of(TaskIndex task) {
    while (priorities_.size() <= task) priorities_.push_back(random_.next() | top_bit);
    return priorities_[task];
  }

  static constexpr std::uint64_t top_bit = std::uint64_t{1} << 63;  // above all that fell
  const std::uint64_t seed_;
  const std::uint32_t depth_;
  Random random_;
  std::vector<std::uint64_t> priorities_;  // by task
  std::vector<std::uint32_t> points_;      // by choice; UINT32_MAX: over
  std::uint32_t choices_ = 0;
  std::uint32_t longest_ = 1;
};

}  // namespace

std::unique_ptr<Strategy> make_pct(std::uint64_t seed, std::uint32_t depth) {
  return std::make_unique<Pct>(seed, depth);
}

}  // namespace heddle
