// Waits that nobody alive can end, told at the moment they form, though others may still run. The mechanism
// is one (core/hopeless.hpp); what it is called depends on what is waited for, the most telling name first:
// an orphaned lock, tasks never marked done, an end left open, too few sentinels, else a deadlock.
//
// A set in which only daemons or helpers wait is no finding: idle servers and workers end with their parent.
#include <algorithm>
#include <fmt/format.h>
#include <optional>
#include <vector>

#include <heddle/core/hopeless.hpp>
#include <heddle/core/party.hpp>
#include <heddle/oracles/wait_for/naming.hpp>
#include <heddle/oracles/wait_for.hpp>

namespace heddle {
namespace {

class WaitFor final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::task_blocked) | mask_of(EventKind::task_ended) |
           mask_of(EventKind::process_ended) | mask_of(EventKind::claim_dropped);
  }
  void begin() override { told_ = false; }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (told_) return;
    if (event.kind == EventKind::task_blocked) {
      if (situation.processes_killed > 0) killed_holder(event.task, situation, findings);
      if (HopelessWaits::is_hopeful(situation, event.task)) return;
    }
    const std::vector<TaskIndex>& set = waits_.find(situation);
    if (std::ranges::none_of(set, [&](TaskIndex task) { return must_end(situation, task); })) return;
    told_ = true;
    findings.add(name_hopeless_set(situation, set));
  }

 private:
  static bool must_end(const Situation& situation, TaskIndex task) {
    const TaskRow& row = situation.tasks[task];
    return row.role == mp::Role::user && !row.daemon && !situation.processes[row.process].daemon;
  }

  // Somebody could still release the lock of a killed process, but nobody has reason to.
  void killed_holder(TaskIndex task, const Situation& situation, Findings& findings) {
    if (situation.tasks[task].has_deadline) return;
    const auto owner = dead_owner(situation, task);
    if (!owner || situation.processes[situation.tasks[owner->task].process].signal == 0) return;
    told_ = true;
    findings.add(lock_orphaned(situation, std::span(&task, 1), task, *owner));
  }

  HopelessWaits waits_;
  bool told_ = false;
};

}  // namespace

std::unique_ptr<Oracle> make_wait_for() { return std::make_unique<WaitFor>(); }

}  // namespace heddle
