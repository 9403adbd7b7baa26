// Waits that nobody alive can end, told at the moment they form, though others may still run. The mechanism
// is one (core/hopeless.hpp); what it is called depends on what is waited for, the most telling name first:
// an orphaned lock, tasks never marked done, an end left open, too few sentinels, else a deadlock.
//
// A set in which only daemons or helpers wait is no finding: idle servers and workers end with their parent.
//
// When nobody at all can run any more, that is a finding even where hope was left: a stopped process could
// have gone on, a client waited for could have come, but nobody is there to bring it about.
#include <fmt/format.h>
#include <algorithm>
#include <optional>
#include <span>
#include <vector>

#include <heddle/core/hopeless.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for.hpp>
#include <heddle/oracles/wait_for/lock_owner.hpp>
#include <heddle/oracles/wait_for/naming.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t patience_steps = 1'000;  // Os calls that a supervisor may need to notice a death

class WaitFor final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::task_blocked) | mask_of(EventKind::task_ended) |
           mask_of(EventKind::process_ended) | mask_of(EventKind::claim_dropped) | mask_of(EventKind::stuck);
  }
  void begin() override {
    told_ = false;
    known_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (told_) return;
    if (event.kind == EventKind::stuck) {
      told_ = true;
      if (known_.empty()) findings.add(name_standstill(situation));
      return;
    }
    if (situation.processes_killed > 0) killed_holders(event, situation, findings);
    if (event.kind == EventKind::task_blocked && HopelessWaits::is_hopeful(situation, event.task)) return;
    if (told_) return;
    const std::vector<TaskIndex>& set = waits_.find(situation, known_);
    if (std::ranges::none_of(set, [&](TaskIndex task) { return must_end(situation, task); })) return;
    told_ = findings.add(name_hopeless_set(situation, set));
    if (!told_) spare(set);
  }

 private:
  static bool must_end(const Situation& situation, TaskIndex task) {
    const TaskRow& row = situation.tasks[task];
    return row.role == mp::Role::user && !row.daemon && !situation.processes[row.process].daemon;
  }

  // Somebody could still release the lock of a killed process: a supervisor that cleans up after it. Nobody
  // does if the waiter is killed too before that, or waits on while the others have long gone on.
  void killed_holders(const Event& event, const Situation& situation, Findings& findings) {
    for (TaskIndex task = 0; task < situation.tasks.size() && !told_; ++task) {
      const TaskRow& row = situation.tasks[task];
      if (row.operation == none || row.has_deadline || !must_end(situation, task)) continue;
      if (std::ranges::binary_search(known_, task)) continue;
      if (row.watched != none) continue;  // a robust lock's taker needs no supervisor
      const ProcessRow& process = situation.processes[row.process];
      const bool was_killed = event.kind == EventKind::process_ended && process.main == event.task &&
                              process.signal != 0 && !process.killed_by_fault;
      const std::uint64_t waited = situation.step - situation.operations[row.operation].step_begin;
      const bool waits_on = row.state == TaskState::blocked && waited > patience_steps;
      if (!was_killed && !waits_on) continue;
      const auto owner = dead_owner(situation, task);
      if (!owner || owner->task == task) continue;  // it was struck inside, and waits for nobody
      if (situation.processes[situation.tasks[owner->task].process].signal == 0) continue;
      told_ = findings.add(lock_orphaned(situation, std::span(&task, 1), task, *owner));
      if (!told_) spare(std::span(&task, 1));
    }
  }

  // A known finding's tasks, and whoever waits for them alone, are not told of once more; others are.
  void spare(std::span<const TaskIndex> tasks) {
    known_.insert(known_.end(), tasks.begin(), tasks.end());
    std::ranges::sort(known_);
  }

  HopelessWaits waits_;
  std::vector<TaskIndex> known_;
  bool told_ = false;
};

}  // namespace

std::unique_ptr<Oracle> make_wait_for() { return std::make_unique<WaitFor>(); }

}  // namespace heddle
