// Selectively uniform random walk (Zhao, Wolff, Mathur, Roychoudhury: Selectively uniform concurrency
// testing, ASPLOS 2025). In each execution one shared thing is of interest. Which task has the next access to
// it is drawn by how many each has left, a task that is not born yet counting for whoever will start it, so
// that every order of these accesses is about equally likely; until that task comes to its access no other
// task gets past one, and apart from that everybody runs at random. `urw` is the same with every step of
// interest.
//
// Departures: the counts are means over the executions so far, the first of which is a random walk; a step is
// known by the first thing that it touches; locks are of interest as any other thing is (measured: bugs
// behind locks are found ten times sooner). What is no choice of a task is answered as the random walk does.
#include <algorithm>
#include <map>
#include <span>
#include <vector>

#include <heddle/core/by_chance.hpp>
#include <heddle/strategies/surw.hpp>

namespace heddle {
namespace {

constexpr ThingId every_thing = no_thing;  // of interest to urw

/// How often tasks touched things, over executions.
class Profile {
 public:
  struct Thing {
    ThingId id;
    TaskId first = 0;  // who touched it first
    bool is_shared = false;
    bool is_changed = false;
  };

  void begin() { ++executions_; }
  void count(TaskId task, const Access& access) {
    ++counts_[key(task, access.thing)];
    if (access.thing == every_thing) return;
    const auto [found, is_new] = places_.try_emplace(access.thing, things_.size());
    if (is_new) things_.push_back({.id = access.thing, .first = task});
    Thing& thing = things_[found->second];
    thing.is_shared = thing.is_shared || thing.first != task;
    thing.is_changed = thing.is_changed || access.kind != AccessKind::read;
    if (thing.is_shared && thing.is_changed && !std::ranges::count(interesting_, thing.id))
      interesting_.push_back(thing.id);
  }
  void born(TaskId child, TaskId parent) {
    std::vector<TaskId>& children = children_[parent];
    if (!std::ranges::count(children, child)) children.push_back(child);
  }

  std::span<const ThingId> interesting() const { return interesting_; }
  /// How often a task touches a thing, on average, rounded up.
  std::uint32_t own(TaskId task, ThingId thing) const {
    const auto found = counts_.find(key(task, thing));
    if (found == counts_.end()) return 0;
    return static_cast<std::uint32_t>((found->second + executions_ - 1) / executions_);
  }
  /// The same for a task and all that descend from it.
  std::uint32_t all(TaskId task, ThingId thing) const {
    std::uint32_t sum = own(task, thing);
    if (const auto found = children_.find(task); found != children_.end())
      for (const TaskId child : found->second) sum += all(child, thing);
    return sum;
  }

 private:
  static std::uint64_t key(TaskId task, ThingId thing) { return task ^ (thing * 0x9e3779b97f4a7c15u); }

  std::uint64_t executions_ = 0;
  std::map<std::uint64_t, std::uint64_t> counts_;  // by task and thing
  std::map<ThingId, std::size_t> places_;
  std::vector<Thing> things_;
  std::vector<ThingId> interesting_;  // in the order in which that became known
  std::map<TaskId, std::vector<TaskId>> children_;
};

class Surw final : public Strategy {
 public:
  Surw(std::uint64_t seed, bool is_selective) : seed_(seed), is_selective_(is_selective), random_(seed) {}

  bool begin(std::uint64_t execution) override {
    random_ = Random(seed_, execution);
    is_profiling_ = executions_ < profiled_first || executions_ % profiled_every == 0;
    if (is_profiling_) profile_.begin();
    const auto interesting = profile_.interesting();
    thing_ = every_thing;
    is_walking_ = executions_ == 0 || (is_selective_ && interesting.empty());
    if (is_selective_ && !is_walking_)
      thing_ = interesting[random_.below(static_cast<std::uint32_t>(interesting.size()))];
    ++executions_;
    tasks_.clear();
    intended_ = no_task;
    return true;
  }

  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::task) return answer_by_chance(choice, random_);
    for (std::uint32_t i = 0; i < choice.count; ++i) admit(*choice.tasks, choice.tasks->candidate(i));
    const std::uint32_t answer = is_walking_ ? random_.below(choice.count) : walk(choice);
    account(choice.tasks->candidate(answer), choice.tasks->intent(choice.tasks->candidate(answer)));
    return answer;
  }

  bool end() override { return false; }

  Attention attention() const override { return Attention::turns; }

 private:
  struct State {
    TaskId id = 0;
    std::uint32_t own = 0;  // accesses left
    std::uint32_t all = 0;  // with those of descendants that are not born
    bool is_known = false;
  };

  bool is_of_interest(const Access& access) const { return thing_ == every_thing || access.thing == thing_; }

  /// Until now its accesses counted for its parent.
  void admit(const Tasks& tasks, TaskIndex task) {
    if (tasks_.size() <= task) tasks_.resize(task + 1);
    if (tasks_[task].is_known) return;
    const TaskIndex parent = tasks.parent(task);
    if (parent != no_task) admit(tasks, parent);
    State& state = tasks_[task];
    state = {.id = tasks.id(task), .is_known = true};
    if (is_profiling_ && parent != no_task) profile_.born(state.id, tasks_[parent].id);
    if (is_walking_) return;
    state.own = profile_.own(state.id, thing_);
    state.all = profile_.all(state.id, thing_);
    if (parent == no_task) return;
    State& above = tasks_[parent];
    const std::uint32_t before = above.all;
    above.all -= std::min(above.all, state.all);
    if (intended_ == parent && before > 0 && random_.below(before) < state.all) intended_ = task;
  }

  std::uint32_t walk(const Choice& choice) {
    for (std::uint32_t i = 0; i < choice.count; ++i) correct(*choice.tasks, choice.tasks->candidate(i));
    if (intended_ == no_task) intend();
    allowed_.clear();
    for (std::uint32_t i = 0; i < choice.count; ++i) {
      const TaskIndex task = choice.tasks->candidate(i);
      if (task == intended_ || !is_of_interest(choice.tasks->intent(task))) allowed_.push_back(i);
    }
    if (!allowed_.empty()) return allowed_[random_.below(static_cast<std::uint32_t>(allowed_.size()))];
    return intend_one_of(choice);  // the one intended cannot run, and all others wait for it
  }

  /// Whoever is about to make an access has one left, whatever is known of it.
  void correct(const Tasks& tasks, TaskIndex task) {
    State& state = tasks_[task];
    if (state.own > 0 || !is_of_interest(tasks.intent(task))) return;
    ++state.own;
    ++state.all;
  }

  /// By what is left of each task that is born.
  void intend() {
    std::uint32_t sum = 0;
    for (const State& each : tasks_) sum += each.all;
    if (sum == 0) return;
    std::uint32_t drawn = random_.below(sum);
    for (TaskIndex task = 0; task < tasks_.size(); ++task) {
      intended_ = task;
      if (drawn < tasks_[task].all) return;
      drawn -= tasks_[task].all;
    }
  }

  std::uint32_t intend_one_of(const Choice& choice) {
    std::uint32_t sum = 0;
    for (std::uint32_t i = 0; i < choice.count; ++i) sum += weight(choice, i);
    std::uint32_t drawn = random_.below(sum);
    std::uint32_t answer = 0;
    while (drawn >= weight(choice, answer)) drawn -= weight(choice, answer++);
    intended_ = choice.tasks->candidate(answer);
    return answer;
  }
  std::uint32_t weight(const Choice& choice, std::uint32_t answer) const {
    return std::max(tasks_[choice.tasks->candidate(answer)].all, 1u);
  }

  void account(TaskIndex task, const Access& intent) {
    State& state = tasks_[task];
    if (is_profiling_) profile_.count(state.id, is_selective_ ? intent : Access{});
    if (is_walking_ || !is_of_interest(intent)) return;
    if (state.own > 0) {
      --state.own;
      state.all -= std::min(state.all, 1u);
    }
    if (task == intended_) intended_ = no_task;
  }

  static constexpr std::uint64_t profiled_first = 16;
  static constexpr std::uint64_t profiled_every = 64;
  const std::uint64_t seed_;
  const bool is_selective_;
  Random random_;
  Profile profile_;
  std::uint64_t executions_ = 0;
  bool is_profiling_ = true;
  bool is_walking_ = true;
  ThingId thing_ = every_thing;
  std::vector<State> tasks_;  // by index
  TaskIndex intended_ = no_task;
  std::vector<std::uint32_t> allowed_;  // answers
};

}  // namespace

std::unique_ptr<Strategy> make_surw(std::uint64_t seed, std::uint32_t) {
  return std::make_unique<Surw>(seed, true);
}
std::unique_ptr<Strategy> make_urw(std::uint64_t seed, std::uint32_t) {
  return std::make_unique<Surw>(seed, false);
}

}  // namespace heddle
