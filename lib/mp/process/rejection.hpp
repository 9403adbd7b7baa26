// How Process and ProcessHandle refuse a call: told to the Os under the rule's id, then thrown. For
// lib/mp/process alone.
#pragma once

#include <string_view>

#include <mp/errors.hpp>
#include <mp/os/os.hpp>
#include <mp/process/records.hpp>

namespace mp::detail {

[[noreturn]] inline void reject(Os& os, const ProcessRecord& record, std::string_view rule, const char* words,
                                Location where) {
  os.annotate({.kind = Annotation::Kind::misused,
               .object_kind = ObjectKind::process,
               .object = record.object,
               .text = words,
               .rule = rule,
               .where = where});
  throw AssertionError(words);
}

/// ValueError once close() has been called (PROC-07).
inline void demand_open(const ProcessRecord& record) {
  if (record.phase == ProcessPhase::closed) throw ValueError("process object is closed");
}

}  // namespace mp::detail
