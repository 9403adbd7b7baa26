// A row per rule: which question is asked of the history. The questions are shared.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

#include <heddle/core/circumstances.hpp>
#include <heddle/core/lock_owner.hpp>
#include <heddle/core/party.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

template <class Predicate>
OperationIndex latest(const Situation& situation, Predicate is_it) {
  for (auto index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;)
    if (is_it(situation.operations[index])) return index;
  return none;
}

std::string times(int count) { return fmt::format("{} time{}", count, count == 1 ? "" : "s"); }

ProcessIndex process_of(const Situation& situation, const OperationRow& operation) {
  return situation.tasks[operation.task].process;
}

Circumstances earlier_call(const Situation& situation, OperationIndex index) {
  if (index == none) return {};
  const OperationRow& row = situation.operations[index];
  return {.words = fmt::format("; {} had called {} in step {}", situation.name_of_task(row.task),
                               words_of(situation, index), row.step_begin),
          .others = {index}};
}

// --- who closed it ----------------------------------------------------------------------------------------

// Closing is each process's own affair.
OperationIndex closing_by(const Situation& situation, ObjectIndex object, ProcessIndex process) {
  return latest(situation, [&](const OperationRow& row) {
    const bool closes = row.verb == Verb::close || row.verb == Verb::terminate;
    return closes && row.object == object && process_of(situation, row) == process;
  });
}

Circumstances closed_by(const Situation& situation, OperationIndex call) {
  const OperationRow& row = situation.operations[call];
  return earlier_call(situation, closing_by(situation, row.object, process_of(situation, row)));
}

Circumstances shut_down_by(const Situation& situation, OperationIndex) {
  return earlier_call(situation, latest(situation, [](const OperationRow& row) {
                        return row.kind == ObjectKind::manager && row.verb == Verb::close;
                      }));
}

// --- who started it ---------------------------------------------------------------------------------------

OperationIndex first_start(const Situation& situation, ObjectIndex process) {
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object == process && row.verb == Verb::start && row.succeeded) return index;
  }
  return none;
}

Circumstances started_by(const Situation& situation, OperationIndex call) {
  return earlier_call(situation, first_start(situation, situation.operations[call].object));
}

// The caller is a daemon because its parent started it as one.
Circumstances caller_started_by(const Situation& situation, OperationIndex call) {
  const ProcessRow& caller = situation.processes[process_of(situation, situation.operations[call])];
  if (caller.object == none) return {};
  return earlier_call(situation, first_start(situation, caller.object));
}

// --- ends of connections ----------------------------------------------------------------------------------

std::string way_out(const Situation& situation, ObjectIndex end, const Holder& holder,
                    std::vector<OperationIndex>& closings) {
  const std::string name = situation.name_of(holder.process);
  const OperationIndex closing = closing_by(situation, end, holder.process);
  if (closing != none) {
    closings.push_back(closing);
    return fmt::format("{} closed it in step {}", name, situation.operations[closing].step_begin);
  }
  const ProcessRow& process = situation.processes[holder.process];
  if (process.alive) return name + " let go of it";
  return process.signal == 0 ? name + " ended"
                             : fmt::format("{} was killed by signal {}", name, process.signal);
}

// Which processes had the other end, and how each gave it up.
Circumstances other_end_left(const Situation& situation, OperationIndex call) {
  const ObjectIndex peer = situation.objects[situation.operations[call].object].peer;
  if (peer == none) return {};
  Circumstances told;
  std::vector<std::string> ways;
  for (const Holder& holder : situation.objects[peer].holders)
    if (holder.claims == 0 || !situation.processes[holder.process].alive)
      ways.push_back(way_out(situation, peer, holder, told.others));
  if (!ways.empty())
    told.words =
        fmt::format("; the other end is {}: {}", situation.name_of_object(peer), fmt::join(ways, ", "));
  return told;
}

// Or the caller itself had been told.
Circumstances peer_left(const Situation& situation, OperationIndex call) {
  const OperationRow& row = situation.operations[call];
  const OperationIndex before = latest(situation, [&](const OperationRow& other) {
    const bool failed = other.ended && !other.succeeded && (other.verb == Verb::send || other.number == -1);
    return failed && other.object == row.object && other.task == row.task;
  });
  Circumstances told = other_end_left(situation, call);
  if (before == none) return told;
  told.words += fmt::format("; {} had been told so in step {}", situation.name_of_task(row.task),
                            situation.operations[before].step_begin);
  told.others.push_back(before);
  return told;
}

Circumstances right_end(const Situation& situation, OperationIndex call) {
  const OperationRow& row = situation.operations[call];
  const ObjectIndex peer = situation.objects[row.object].peer;
  if (peer == none) return {};
  return {.words = fmt::format("; the end that {} is {}", row.verb == Verb::send ? "sends" : "receives",
                               situation.name_of_object(peer))};
}

// Whoever was just connecting to a listener, or accepting, if there is only one such task.
Circumstances other_side(const Situation& situation, OperationIndex call) {
  const OperationRow& row = situation.operations[call];
  const Verb wanted = row.verb == Verb::accept ? Verb::connect : Verb::accept;
  OperationIndex found = none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& other = situation.operations[index];
    const bool overlaps = !other.ended || other.step_end > row.step_begin;
    if (other.verb != wanted || other.task == row.task || !overlaps || other.kind == ObjectKind::manager)
      continue;
    if (found != none) return {};
    found = index;
  }
  if (found == none) return {};
  return {.words = fmt::format("; on the other side {} called {} in step {}",
                               situation.name_of_task(situation.operations[found].task),
                               words_of(situation, found), situation.operations[found].step_begin),
          .others = {found}};
}

// The messages of one sender arrive in their order.
Circumstances sender(const Situation& situation, OperationIndex call) {
  const ObjectIndex end = situation.operations[call].object;
  const ObjectIndex peer = situation.objects[end].peer;
  if (peer == none) return {};
  std::size_t received = 0;
  std::vector<OperationIndex> sends;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.verb == Verb::recv && row.object == end && row.ended) ++received;
    if (row.verb == Verb::send && row.object == peer && (row.succeeded || !row.ended)) sends.push_back(index);
  }
  const bool is_one = std::ranges::all_of(sends, [&](OperationIndex index) {
    return situation.operations[index].task == situation.operations[sends.front()].task;
  });
  return is_one && received < sends.size() ? earlier_call(situation, sends[received]) : Circumstances{};
}

// --- who took and gave how much ---------------------------------------------------------------------------

struct Tally {
  int taken = 0;
  int given = 0;
};

/// A task that marked something done and had got nothing since marks it once more. Only where each item that
/// was got was marked by its getter: else the second mark may be for another's.
struct SecondMark {
  OperationIndex item = none;   // the get
  OperationIndex first = none;  // its first mark
  OperationIndex second = none;
};

SecondMark find_second_mark(const Situation& situation, ObjectIndex queue) {
  SecondMark found;
  std::map<TaskIndex, SecondMark> latest;  // without a second
  std::map<TaskIndex, std::vector<OperationIndex>> unmarked;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != queue) continue;
    std::vector<OperationIndex>& items = unmarked[row.task];
    if (row.verb == Verb::get && row.succeeded) items.push_back(index);
    if (row.verb != Verb::task_done) continue;
    SecondMark& mark = latest[row.task];
    if (items.empty()) {
      if (mark.first != none && found.second == none)
        found = {.item = mark.item, .first = mark.first, .second = index};
    } else {
      mark = {.item = items.front(), .first = index};
      items.erase(items.begin());
    }
  }
  const bool is_settled = std::ranges::all_of(unmarked, [](const auto& each) { return each.second.empty(); });
  return is_settled ? found : SecondMark{};
}

void tell_second_mark(Circumstances& told, const Situation& situation, ObjectIndex queue) {
  const SecondMark mark = find_second_mark(situation, queue);
  if (mark.second == none) return;
  const OperationRow& item = situation.operations[mark.item];
  const std::string& result = situation.result_of(item);
  told.words +=
      fmt::format("; {} marked {} twice, in steps {} and {}", situation.name_of_task(item.task),
                  result.empty() ? "what it had got" : "the item " + result,
                  situation.operations[mark.first].step_begin, situation.operations[mark.second].step_begin);
  told.others = {mark.item, mark.first, mark.second};
}

Circumstances marked_by(const Situation& situation, OperationIndex call) {
  const ObjectIndex queue = situation.operations[call].object;
  std::map<std::string, Tally> tallies;
  int puts = 0;
  for (const OperationRow& row : situation.operations) {
    if (row.object != queue) continue;
    if (row.verb == Verb::put && row.succeeded) ++puts;
    Tally& tally = tallies[situation.name_of_task(row.task)];
    if (row.verb == Verb::get && row.succeeded) ++tally.taken;
    if (row.verb == Verb::task_done) ++tally.given;
  }
  std::string words = fmt::format("; {} put", puts);
  for (const auto& [who, tally] : tallies)
    if (tally.taken + tally.given > 0)
      words += fmt::format("; {} got {} and called task_done() {}{}", who, tally.taken, times(tally.given),
                           tally.given > tally.taken ? " (one too many)" : "");
  Circumstances told{.words = std::move(words)};
  tell_second_mark(told, situation, queue);
  return told;
}

// The call is not among them: it gave nothing.
Circumstances released_by(const Situation& situation, OperationIndex call) {
  const ObjectIndex object = situation.operations[call].object;
  std::map<std::string, Tally> tallies;
  for (const OperationRow& row : situation.operations) {
    if (row.object != object || !row.succeeded) continue;
    Tally& tally = tallies[situation.name_of_task(row.task)];
    if (row.verb == Verb::acquire) ++tally.taken;
    if (row.verb == Verb::release) ++tally.given;
  }
  std::vector<std::string> words;
  for (const auto& [who, tally] : tallies)
    if (tally.taken + tally.given > 0)
      words.push_back(fmt::format("{} had acquired it {} and released it {}", who, times(tally.taken),
                                  times(tally.given)));
  if (words.empty()) return {.words = "; nobody had acquired it"};
  Circumstances told{.words = fmt::format("; {}", fmt::join(words, ", "))};
  const OperationIndex last = latest(situation, [&](const OperationRow& row) {
    return row.object == object && row.verb == Verb::release && row.succeeded;
  });
  if (last == none) return told;
  const OperationRow& release = situation.operations[last];
  told.words += fmt::format("; the last to release it was {} in step {}",
                            situation.name_of_task(release.task), release.step_begin);
  told.others.push_back(last);
  return told;
}

Circumstances held_by(const Situation& situation, OperationIndex call) {
  const OperationRow& row = situation.operations[call];
  const ObjectIndex lock = row.kind == ObjectKind::condition ? row.related : row.object;
  if (lock == none) return {};
  const std::optional<LockOwner> owner = owner_of_lock(situation, lock);
  const std::string name = row.kind == ObjectKind::condition ? "its lock" : "it";
  if (!owner) return {.words = "; nobody holds " + name};
  return {.words = fmt::format("; {} has held {} since step {}", situation.name_of_task(owner->task), name,
                               situation.operations[owner->acquired].step_end),
          .others = {owner->acquired}};
}

// An abort, or whoever was told first: by its own timeout, or because an action raised.
Circumstances broken_by(const Situation& situation, OperationIndex call) {
  const ObjectIndex barrier = situation.operations[call].object;
  const OperationIndex abort = latest(situation, [&](const OperationRow& row) {
    return row.object == barrier && (row.verb == Verb::abort || row.verb == Verb::reset);
  });
  if (abort != none) return earlier_call(situation, abort);
  OperationIndex first = none;
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.object != barrier || row.verb != Verb::wait || !row.ended || row.succeeded) continue;
    if (first == none || row.step_end < situation.operations[first].step_end) first = index;
  }
  if (first == none) return {};
  const OperationRow& row = situation.operations[first];
  return {.words = fmt::format("; the first wait that failed was that of {}, in step {}",
                               situation.name_of_task(row.task), row.step_end),
          .others = {first}};
}

struct Question {
  std::string_view rule;
  Circumstances (*ask)(const Situation&, OperationIndex);
};

constexpr std::array questions{
    Question{"task-done-overflow", &marked_by},
    Question{"queue-use-after-close", &closed_by},
    Question{"pipe-peer-closed", &peer_left},
    Question{"pipe-use-after-close", &closed_by},
    Question{"pipe-wrong-direction", &right_end},
    Question{"pipe-message-too-long", &sender},
    Question{"lock-over-release", &released_by},
    Question{"rlock-foreign-release", &held_by},
    Question{"semaphore-over-release", &released_by},
    Question{"condition-without-lock", &held_by},
    Question{"barrier-broken", &broken_by},
    Question{"manager-use-after-shutdown", &shut_down_by},
    Question{"pool-use-after-close", &closed_by},
    Question{"process-start-twice", &started_by},
    Question{"join-foreign-process", &started_by},
    Question{"daemon-after-start", &started_by},
    Question{"daemon-with-children", &caller_started_by},
    Question{"connection-refused-key", &other_side},
};

}  // namespace

Circumstances circumstances_of(const Situation& situation, std::string_view rule, OperationIndex call) {
  const auto found = std::ranges::find(questions, rule, &Question::rule);
  if (found == questions.end()) return {};
  Circumstances told = found->ask(situation, call);
  std::erase(told.others, call);
  return told;
}

}  // namespace heddle
