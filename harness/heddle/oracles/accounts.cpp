// What does not add up when a program has ended, though nobody was harmed in this execution: a lock that its
// holder took to the grave, or that somebody else released; shared memory that nobody unlinked. All of it is
// legal and rarely meant, so all of it is a warning. A lock that one task releases for another is a signal:
// that the last one who took it keeps it is no second finding.
//
// Who holds a lock is kept as it changes hands: it is taken when an acquire or a Condition's wait ends, and
// given up when its last release has begun and succeeded, or such a wait begins. A holder that was killed is
// lock-orphaned's, and whoever releases its lock then cleans up after it.
#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/core/table.hpp>
#include <heddle/oracles/accounts.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

struct LockAccount {
  OperationIndex taken = none;    // by which its holder has it
  OperationIndex release = none;  // by another than the holder, in progress
  OperationIndex robbed = none;   // what that would give up
  bool is_signal = false;         // one task released it for another: told once
  void reset() { *this = LockAccount{}; }
};

class Accounts final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::operation_begun) | mask_of(EventKind::operation_ended) |
           mask_of(EventKind::ended);
  }
  ObjectKinds kinds() const override {
    return {ObjectKind::lock, ObjectKind::condition, ObjectKind::shared_memory};
  }
  void begin() override {
    locks_.clear();
    unlinked_.clear();
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) return draw_up(situation, findings);
    const OperationRow& row = situation.operations[event.operation];
    const ObjectIndex lock = row.verb == Verb::wait ? row.related : row.object;
    if (lock == none) return;
    if (row.verb == Verb::unlink && row.succeeded) unlinked_.push_back(lock);
    const bool is_lock = situation.objects[lock].kind == ObjectKind::lock;
    if (!is_lock || (row.verb != Verb::acquire && row.verb != Verb::release && row.verb != Verb::wait))
      return;
    LockAccount& account = account_of(lock);
    if (event.kind == EventKind::operation_begun)
      begun(account, event.operation, situation);
    else
      ended(account, event.operation, situation, findings);
  }

 private:
  LockAccount& account_of(ObjectIndex lock) {
    while (locks_.size() <= lock) locks_.add();
    return locks_[lock];
  }

  static void begun(LockAccount& account, OperationIndex call, const Situation& situation) {
    if (account.taken == none) return;
    const OperationRow& row = situation.operations[call];
    const TaskIndex holder = situation.operations[account.taken].task;
    if (row.verb == Verb::wait && holder == row.task) account.taken = none;
    if (row.verb != Verb::release || holder == row.task) return;
    account.release = call;
    account.robbed = account.taken;
  }

  static void ended(LockAccount& account, OperationIndex call, const Situation& situation,
                    Findings& findings) {
    const OperationRow& row = situation.operations[call];
    const bool takes = row.verb == Verb::wait || (row.verb == Verb::acquire && row.succeeded);
    if (takes) account.taken = call;
    if (row.verb != Verb::release || !row.succeeded || row.number != 0) return;
    if (account.release == call) released_by_another(account, situation, findings);
    const bool was_taken_since =
        account.taken != none && situation.operations[account.taken].step_end > row.step_begin;
    if (!was_taken_since) account.taken = none;
  }

  static void released_by_another(LockAccount& account, const Situation& situation, Findings& findings) {
    const OperationRow& release = situation.operations[account.release];
    const OperationRow& taken = situation.operations[account.robbed];
    const bool was_killed = situation.processes[situation.tasks[taken.task].process].signal != 0;
    if (was_killed || account.is_signal) return;
    account.is_signal = true;
    findings.add(
        {.rule = "lock-foreign-release",
         .severity = Severity::warning,
         .object = situation.name_of_object(release.object),
         .sentence = fmt::format("{} called {}, but {} had acquired it in step {} and not released it",
                                 situation.name_of_task(release.task), words_of(situation, account.release),
                                 situation.name_of_task(taken.task), taken.step_end),
         .parties = {party_of(situation, account.release), party_of(situation, account.robbed)},
         .object_index = release.object});
  }

  // Only of a program that came to its end by itself: what was cut off might have settled all. A segment
  // outlives the program also where the program went on after a crash that it looked at, and so could have
  // unlinked it; only a creator that crashed may have taken its name along.
  void draw_up(const Situation& situation, Findings& findings) const {
    if (situation.processes[0].alive) return;
    bool has_crashed = false;
    for (ProcessIndex process = 0; process < situation.processes.size(); ++process) {
      const ProcessRow& row = situation.processes[process];
      if (row.killed_by_fault) return;
      if (row.uncaught.empty()) continue;
      has_crashed = true;
      if (!exit_code_was_looked_at(situation, process)) return;
    }
    if (!has_crashed) locks_held(situation, findings);
    segments_left(situation, findings);
  }

  void locks_held(const Situation& situation, Findings& findings) const {
    for (ObjectIndex lock = 0; lock < locks_.size(); ++lock)
      if (locks_[lock].taken != none && !locks_[lock].is_signal)
        still_held(locks_[lock].taken, lock, situation, findings);
  }

  void segments_left(const Situation& situation, Findings& findings) const {
    for (ObjectIndex object = 0; object < situation.objects.size(); ++object) {
      const ObjectRow& row = situation.objects[object];
      if (row.kind != ObjectKind::shared_memory || std::ranges::find(unlinked_, object) != unlinked_.end())
        continue;
      const bool did_creator_crash =
          !situation.processes[situation.tasks[row.creator].process].uncaught.empty();
      if (!did_creator_crash) left_behind(object, situation, findings);
    }
  }

  static void still_held(OperationIndex taken, ObjectIndex lock, const Situation& situation,
                         Findings& findings) {
    const OperationRow& row = situation.operations[taken];
    const ProcessRow& process = situation.processes[situation.tasks[row.task].process];
    const bool was_cut_off =
        situation.tasks[row.task].daemon;  // a thread that ends with its process, anywhere
    if (was_cut_off || process.alive || process.signal != 0 || process.status != 0) return;
    findings.add({.rule = "lock-held-at-exit",
                  .severity = Severity::warning,
                  .object = situation.name_of_object(lock),
                  .sentence = fmt::format("{} ended and still held {}, which {} took by {} in step {}",
                                          situation.name_of(situation.tasks[row.task].process),
                                          situation.name_of_object(lock), situation.name_of_task(row.task),
                                          words_of(situation, taken), row.step_end),
                  .parties = {party_of(situation, taken)},
                  .object_index = lock});
  }

  static void left_behind(ObjectIndex object, const Situation& situation, Findings& findings) {
    const ObjectRow& row = situation.objects[object];
    const std::string creator = situation.name_of_task(row.creator);
    findings.add({.rule = "resource-leak",
                  .severity = Severity::warning,
                  .object = situation.name_of_object(object),
                  .sentence = fmt::format("{} created {} and nobody called unlink(): it outlives the program",
                                          creator, situation.name_of_object(object)),
                  .parties = {{.who = creator, .operation = "SharedMemory()", .where = row.where, .step = 0}},
                  .object_index = object});
  }

  Table<LockAccount> locks_;  // by object
  std::vector<ObjectIndex> unlinked_;
};

}  // namespace

std::unique_ptr<Oracle> make_accounts() { return std::make_unique<Accounts>(); }

}  // namespace heddle
