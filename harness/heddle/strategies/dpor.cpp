// Optimal dynamic partial order reduction with wakeup trees (Abdulla, Aronis, Jonsson, Sagonas: Optimal
// dynamic partial order reduction, POPL 2014, its second algorithm; Source sets, JACM 2017): each class of
// interleavings that differ in the order of independent steps only is run once. It ignores its seed.
//
// How: an execution's races are found when it is over (dpor/races.hpp). For each, the sequence that turns the
// race round (dpor/sequence.hpp) is put down where the race's first step was chosen (dpor/wakeup_trees.hpp),
// unless all that begins with it has been tried from there or will be. A task whose choices below a point are
// all explored sleeps there, and in what is explored next, until somebody takes a step that its own next step
// does not commute with. A sequence that was put down wakes whoever sleeps, so no execution ends because only
// sleepers could go on, except where a step did something else than was expected of it: such an execution
// is abandoned.
//
// Departures: a task that could run when it was killed, or when the program ended, races with what ended it.
// Answers that are no choice of a task (which waiter wakes, whether a fault strikes, the program's own) are
// all tried, one after the other, and a sequence ends with the first step that has such. Where timers may
// come early, or faults strike, nothing is claimed to be exhausted.
#include <algorithm>
#include <vector>

#include <heddle/core/faults.hpp>
#include <heddle/strategies/dpor.hpp>
#include <heddle/strategies/dpor/node.hpp>
#include <heddle/strategies/dpor/races.hpp>

namespace heddle {
namespace {

using namespace dpor;  // its parts

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
    if (Node* const above = task_node_before(depth_ - 1); above != nullptr) {
      inherit_sleepers(*above, node);
      node.branch = trees_.take_below(above->branch);
    }
    if (try_next(node) || try_any(node)) return node.answer;
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
    node.branch = no_branch;
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
  void inherit_sleepers(const Node& above, Node& node) {
    for (const Sleeper& each : above.asleep()) {
      if (each.task == above.chosen() || is_dependent(each, above.step, node.step)) continue;
      node.add_sleeper(each.task).accesses = each.accesses;
    }
  }

  bool is_dependent(const Sleeper& sleeper, StepIndex from, StepIndex to) const {
    for (StepIndex step = from; step < to; ++step)
      if (conflict(tasks_->steps().accesses_of(step), sleeper.accesses)) return true;
    return false;
  }

  // The first of its branches that can be taken.
  bool try_next(Node& node) {
    while (node.branch != no_branch) {
      const TaskIndex task = trees_[node.branch].task;
      const auto found = std::ranges::find(node.enabled, task);
      if (found != node.enabled.end() && !node.is_sleeping(task)) {
        node.answer = static_cast<std::uint32_t>(found - node.enabled.begin());
        return true;
      }
      node.branch = trees_.remove(node.branch);
    }
    return false;
  }

  bool try_any(Node& node) {
    for (std::uint32_t i = 0; i < node.count; ++i) {
      if (node.is_sleeping(node.enabled[i])) continue;
      node.answer = i;
      node.branch = trees_.add(node.enabled[i], {});
      return true;
    }
    return false;
  }

  // Where is it chosen that this step comes now? Each step but the program's first has its node.
  std::size_t depth_of(StepIndex step) const { return task_nodes_[step - 1]; }

  void look_for_races() {
    task_nodes_.clear();
    for (std::size_t depth = 0; depth < depth_; ++depth)
      if (nodes_[depth].kind == ChoiceKind::task) task_nodes_.push_back(depth);
    races_.look(tasks_->steps());
    for (const Race& race : races_.found()) {
      if (race.first == 0) continue;  // the program's first step is nobody's choice
      begin_sequence(race.first);
      add_to_sequence(race.second);
      put_down(nodes_[depth_of(race.first)]);
    }
  }

  // What comes behind the step and does not depend on it.
  void begin_sequence(StepIndex first) {
    sequence_.clear();
    for (StepIndex step = first + 1; step < tasks_->steps().rows.size(); ++step)
      if (!races_.is_before(first, step)) add_to_sequence(step);
  }
  void add_to_sequence(StepIndex step) {
    const std::size_t behind = depth_of(step) + 1;
    sequence_.add({.task = tasks_->steps().rows[step].task,
                   .accesses = tasks_->steps().accesses_of(step),
                   .is_open = behind < depth_ && nodes_[behind].kind != ChoiceKind::task});
  }

  void put_down(const Node& node) {
    for (const Sleeper& each : node.asleep())
      if (sequence_.can_begin_with(each.task, each.accesses)) return;
    trees_.insert(node.branch, sequence_);
  }

  // Who could have run and never did, because somebody ended it.
  void look_for_cut_off() {
    if (was_abandoned_) return;
    seen_.clear();
    for (std::size_t i = task_nodes_.size(); i-- > 0;) {
      const Node& node = nodes_[task_nodes_[i]];
      mark(node.chosen());
      for (const TaskIndex task : node.enabled) {
        if (is_marked(task)) continue;
        mark(task);
        const Access intent = tasks_->intent(task);
        begin_sequence(node.step);
        sequence_.add({.task = task, .accesses = std::span(&intent, 1)});
        put_down(node);
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
    const auto touched = tasks_->steps().accesses_of(node.step);
    std::vector<Access>& accesses = node.add_sleeper(node.chosen()).accesses;
    accesses.assign(touched.begin(), touched.end());
    accesses.insert(accesses.end(), node.touched.begin(), node.touched.end());
    node.touched.clear();
    node.branch = trees_.remove(node.branch);
    return try_next(node);
  }

  std::vector<Node> nodes_;  // the first `depth_` are of the present execution
  std::size_t depth_ = 0;
  std::size_t fixed_ = 0;  // so many of them are answered as before
  const Tasks* tasks_ = nullptr;
  Races races_;
  WakeupTrees trees_;
  Sequence sequence_;
  std::vector<std::size_t> task_nodes_;
  std::vector<bool> seen_;
  bool was_abandoned_ = false;
  bool is_sure_ = true;
  bool diverged_ = false;
  bool done_ = false;
};

}  // namespace

std::unique_ptr<Strategy> make_dpor(std::uint64_t, std::uint32_t) { return std::make_unique<Dpor>(); }

}  // namespace heddle
