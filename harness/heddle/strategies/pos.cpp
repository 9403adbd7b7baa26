// Partial order sampling (Yuan, Yang, Gu: Partial order aware concurrency sampling, CAV 2018). Each task's
// next step has a random priority, and the highest runs. Those that it might have raced with (they touch the
// same thing, and one of the two changes it) draw anew: so what happens first to one thing says nothing of
// the next.
//
// Departures: a step is known by the first thing that it touches; what a woken task will touch is not known
// until it runs; and steps that nobody had to choose redraw nothing. What is no choice of a task is answered
// as the random walk does.
#include <vector>

#include <heddle/core/by_chance.hpp>
#include <heddle/strategies/pos.hpp>

namespace heddle {
namespace {

class Pos final : public Strategy {
 public:
  explicit Pos(std::uint64_t seed) : seed_(seed), random_(seed) {}

  bool begin(std::uint64_t execution) override {
    random_ = Random(seed_, execution);
    priorities_.clear();
    return true;
  }

  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::task) return answer_by_chance(choice, random_);
    std::uint32_t best = 0;
    for (std::uint32_t i = 1; i < choice.count; ++i)
      if (priority_of(choice.tasks->candidate(i)) > priority_of(choice.tasks->candidate(best))) best = i;
    const Access next = choice.tasks->intent(choice.tasks->candidate(best));
    for (std::uint32_t i = 0; i < choice.count; ++i) {
      const TaskIndex task = choice.tasks->candidate(i);
      if (i == best || conflict(next, choice.tasks->intent(task))) priority_of(task) = random_.next();
    }
    return best;
  }

  bool end() override { return false; }

 private:
  std::uint64_t& priority_of(TaskIndex task) {
    while (priorities_.size() <= task) priorities_.push_back(random_.next());
    return priorities_[task];
  }

  const std::uint64_t seed_;
  Random random_;
  std::vector<std::uint64_t> priorities_;  // by task, of its next step
};

}  // namespace

std::unique_ptr<Strategy> make_pos(std::uint64_t seed, std::uint32_t) { return std::make_unique<Pos>(seed); }

}  // namespace heddle
