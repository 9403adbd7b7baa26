// Histories of calls on objects of the program's own.
//
// What matters of a history is which call had returned before which began. So a return goes before what comes
// next of its task, and at a beginning others may run first: a call begins as late as it can and is over as
// soon as it can, which leaves an illegal history the least room. To the strategies a beginning looks at the
// history and a return changes it, and so they try both orders of the two.
#include <algorithm>
#include <string>

#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {
namespace {

std::uint32_t find(const Table<HistoryRow>& histories, std::string_view object) {
  const auto found = std::ranges::find(histories, object, &HistoryRow::name);
  return found == histories.end() ? none : static_cast<std::uint32_t>(found - histories.begin());
}

}  // namespace

void SimOs::specify(const Specification& specification) {
  const BriefEntry entry;
  if (find(situation_.histories, specification.object) != none) {
    fail("there is a history of '" + std::string(specification.object) + "' already", specification.where);
    return;
  }
  const std::uint32_t history = situation_.histories.add();
  scheduler_.accesses().name(thing_of(history), scheduler_.accesses().make_id(scheduler_.current()));
  HistoryRow& row = situation_.histories[history];
  row.name = specification.object;
  row.model = specification.model;
  row.number = specification.number;
  row.task = scheduler_.current();
  row.where = specification.where;
  row.step = situation_.step;
}

CallId SimOs::call_begun(const ToldCall& told) {
  const std::uint32_t history = find(situation_.histories, told.object);
  if (history == none) {
    const BriefEntry entry;
    fail("a call on '" + std::string(told.object) + "' is recorded, and nobody said what it should be like",
         told.where);
    return 0;
  }
  const void* const thing = thing_of(history);
  const Entry entry(*this, Call::call_begun, thing, AccessKind::read);
  if (scheduler_.task(scheduler_.current()).nesting == 0) scheduler_.turn_starts(thing, AccessKind::read);
  scheduler_.touch(thing, AccessKind::read);
  const std::uint32_t index = situation_.calls.add();
  CallRow& row = situation_.calls[index];
  row.history = history;
  row.task = scheduler_.current();
  row.operation = told.operation;
  row.arguments.assign(told.arguments.begin(), told.arguments.end());
  row.begin = ++moment_;
  row.step = situation_.step;
  row.where = told.where;
  return index + 1;
}

void SimOs::call_returned(CallId call, std::string_view result) {
  if (call == 0) return;
  const BriefEntry entry;
  CallRow& row = situation_.calls[call - 1];
  scheduler_.touch(thing_of(row.history), AccessKind::write);
  row.result = result;
  row.has_returned = true;
  row.end = ++moment_;
}

}  // namespace heddle::sim
