// Dynamic partial order reduction with source sets and sleep sets (Abdulla, Aronis, Jonsson, Sagonas: Optimal
// dynamic partial order reduction, POPL 2014, its first algorithm): each class of interleavings that differ
// in the order of independent steps only runs to its end once. It ignores its seed.
//
// How: an execution's races are found when it is over (dpor/races.hpp). For each, one task that can begin
// what turns the race round is put down to be tried where the race's first step was chosen. A task whose
// choices below a point are all explored sleeps there, and in what is explored next, until somebody takes a
// step that its own next step does not commute with. An execution in which only sleepers could go on is
// abandoned.
//
// Departures: a task that could run when it was killed, or when the program ended, races with what ended it.
// Answers that are no choice of a task (which waiter wakes, whether a fault strikes, the program's own) are
// all tried, one after the other. Where timers may come early, or faults strike, nothing is claimed to be
// exhausted.
#include <algorithm>
#include <vector>

#include <heddle/core/faults.hpp>
#include <heddle/strategies/dpor.hpp>
#include <heddle/strategies/dpor/races.hpp>

namespace heddle {
namespace {

using dpor::Race;
using dpor::Races;

/// A task that was explored from a point, and what its next step touches.
struct Sleeper {
  TaskIndex task = no_task;
  std::vector<Access> accesses;
};

/// A choice of the present execution. Kept at its depth for the storage.
struct Node {
  ChoiceKind kind{};
  std::uint32_t count = 0;
  std::uint32_t answer = 0;
  StepIndex step = 0;              // of kind task: the step that is chosen here
  std::vector<TaskIndex> enabled;  // by answer
  std::vector<TaskIndex> to_try;   // those chosen before among them
  std::vector<Access> touched;     // by the step chosen here, where it had other outcomes
  std::vector<Sleeper> sleepers;   // the first `sleepers_count`
  std::size_t sleepers_count = 0;

  bool is_sleeping(TaskIndex task) const {
    for (std::size_t i = 0; i < sleepers_count; ++i)
      if (sleepers[i].task == task) return true;
    return false;
  }
  bool will_try(TaskIndex task) const { return std::ranges::find(to_try, task) != to_try.end(); }
  Sleeper& add_sleeper(TaskIndex task) {
    if (sleepers.size() == sleepers_count) sleepers.emplace_back();
    Sleeper& added = sleepers[sleepers_count++];
    added.task = task;
    added.accesses.clear();
    return added;
  }
};

class Dpor final : public Strategy {
 public:
  bool begin(std::uint64_t) override {
    depth_ = 0;
    tasks_ = nullptr;
    was_abandoned_ = false;
    return !diverged_ && !done_;
  }

  Attention attention() const override { return Attention::steps; }

  std::uint32_t choose(const Choice& choice) override {
    tasks_ = choice.tasks;
    if (choice.kind == ChoiceKind::timer || is_fault(choice.kind)) is_sure_ = false;
    if (depth_ < fixed_) return repeat(choice);
    Node& node = push(choice);
    if (choice.kind != ChoiceKind::task) return 0;
    inherit_sleepers(node);
    for (std::uint32_t i = 0; i < choice.count; ++i) {
      if (node.is_sleeping(node.enabled[i])) continue;
      node.to_try.push_back(node.enabled[i]);
      return node.answer = i;
    }
    --depth_;  // nothing was chosen here
    was_abandoned_ = true;
    return abandon;
  }

  bool end() override {
    if (diverged_) return false;
    if (tasks_ == nullptr) return done_ = true;
    look_for_races();
    look_for_cut_off();
    done_ = !back_up();
    return done_ && is_sure_;
  }

 private:
  std::uint32_t repeat(const Choice& choice) {
    Node& node = nodes_[depth_++];
    diverged_ = diverged_ || node.kind != choice.kind || node.count != choice.count;
    return diverged_ ? 0 : node.answer;
  }

  Node& push(const Choice& choice) {
    if (nodes_.size() == depth_) nodes_.emplace_back();
    Node& node = nodes_[depth_++];
    node.kind = choice.kind;
    node.count = choice.count;
    node.answer = 0;
    node.step = static_cast<StepIndex>(choice.tasks->steps().rows.size());
    node.enabled.clear();
    node.to_try.clear();
    node.touched.clear();
    node.sleepers_count = 0;
    if (choice.kind == ChoiceKind::task)
      for (std::uint32_t i = 0; i < choice.count; ++i) node.enabled.push_back(choice.tasks->candidate(i));
    return node;
  }

  Node* task_node_before(std::size_t depth) {
    while (depth-- > 0)
      if (nodes_[depth].kind == ChoiceKind::task) return &nodes_[depth];
    return nullptr;
  }

  // Those sleep on who commute with the step since.
  void inherit_sleepers(Node& node) {
    const Node* const above = task_node_before(depth_ - 1);
    if (above == nullptr) return;
    const TaskIndex moved = above->enabled[above->answer];
    for (std::size_t i = 0; i < above->sleepers_count; ++i) {
      const Sleeper& each = above->sleepers[i];
      if (each.task == moved || is_dependent(each, above->step, node.step)) continue;
      node.add_sleeper(each.task).accesses = each.accesses;
    }
  }

  bool is_dependent(const Sleeper& sleeper, StepIndex from, StepIndex to) const {
    for (StepIndex step = from; step < to; ++step)
      for (const Access& done : tasks_->steps().accesses_of(step))
        for (const Access& next : sleeper.accesses)
          if (conflict(done, next)) return true;
    return false;
  }

  // Where is it chosen that this step comes now? Nodes stand in the order of their steps.
  Node& node_of(StepIndex step) {
    return nodes_[*std::ranges::lower_bound(task_nodes_, step, {},
                                            [&](std::size_t depth) { return nodes_[depth].step; })];
  }

  void look_for_races() {
    task_nodes_.clear();
    for (std::size_t depth = 0; depth < depth_; ++depth)
      if (nodes_[depth].kind == ChoiceKind::task) task_nodes_.push_back(depth);
    const Node* const last_fixed = task_node_before(fixed_);
    races_.look(tasks_->steps(), last_fixed == nullptr ? 0 : last_fixed->step);
    for (const Race& race : races_.found()) {
      if (race.first == 0) continue;  // the program's first step is nobody's choice
      races_.initials(race, initials_);
      put_down(node_of(race.first));
    }
  }

  // One of the initials will do.
  void put_down(Node& node) {
    for (const TaskIndex task : initials_)
      if (node.will_try(task)) return;
    for (const TaskIndex task : initials_)
      if (std::ranges::find(node.enabled, task) != node.enabled.end()) return node.to_try.push_back(task);
  }

  // Who could have run and never did, because somebody ended it.
  void look_for_cut_off() {
    if (was_abandoned_) return;
    seen_.clear();
    for (std::size_t i = task_nodes_.size(); i-- > 0;) {
      Node& node = nodes_[task_nodes_[i]];
      mark(node.enabled[node.answer]);
      for (const TaskIndex task : node.enabled) {
        if (is_marked(task)) continue;
        mark(task);
        if (!node.will_try(task)) node.to_try.push_back(task);
      }
    }
  }
  void mark(TaskIndex task) {
    if (seen_.size() <= task) seen_.resize(task + 1, false);
    seen_[task] = true;
  }
  bool is_marked(TaskIndex task) const { return task < seen_.size() && seen_[task]; }

  /// To the deepest choice with something left to try; false when there is none.
  bool back_up() {
    for (; depth_ > 0; --depth_) {
      Node& node = nodes_[depth_ - 1];
      const bool is_left = node.kind == ChoiceKind::task ? try_another_task(node) : try_another_answer(node);
      fixed_ = depth_;
      if (is_left) return true;
    }
    return false;
  }

  // A step with several outcomes touches what it touches in any of them.
  bool try_another_answer(Node& node) {
    if (Node* const chosen = task_node_before(depth_ - 1); chosen != nullptr) {
      const auto touched = tasks_->steps().accesses_of(chosen->step);
      chosen->touched.insert(chosen->touched.end(), touched.begin(), touched.end());
    }
    return ++node.answer < node.count;
  }

  bool try_another_task(Node& node) {
    const TaskIndex explored = node.enabled[node.answer];
    const auto touched = tasks_->steps().accesses_of(node.step);
    std::vector<Access>& accesses = node.add_sleeper(explored).accesses;
    accesses.assign(touched.begin(), touched.end());
    accesses.insert(accesses.end(), node.touched.begin(), node.touched.end());
    node.touched.clear();
    for (std::uint32_t i = 0; i < node.count; ++i) {
      if (!node.will_try(node.enabled[i]) || node.is_sleeping(node.enabled[i])) continue;
      node.answer = i;
      return true;
    }
    return false;
  }

  std::vector<Node> nodes_;  // the first `depth_` are of the present execution
  std::size_t depth_ = 0;
  std::size_t fixed_ = 0;  // so many of them are answered as before
  const Tasks* tasks_ = nullptr;
  Races races_;
  std::vector<std::size_t> task_nodes_;
  std::vector<TaskIndex> initials_;
  std::vector<bool> seen_;
  bool was_abandoned_ = false;
  bool is_sure_ = true;
  bool diverged_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dpor(std::uint64_t, std::uint32_t) { return std::make_unique<Dpor>(); }

}  // namespace heddle
