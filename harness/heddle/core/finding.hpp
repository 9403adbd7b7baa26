// What an oracle says is wrong: a rule of the catalogue, where, why, and the other party, as values. Text
// is made from them at the edge.
#pragma once

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <mp/os/location.hpp>

namespace heddle {

enum class Severity : std::uint8_t { error, warning };

/// Was damage seen in this execution, or is it only bound to happen in another one?
enum class Harm : std::uint8_t { seen, predicted };

std::string_view name_of(Harm harm);

/// One operation that takes part in a finding.
struct Party {
  std::string who;        // "worker-2"
  std::string operation;  // "tasks.task_done()"
  mp::Location where;
  std::uint64_t step = 0;  // when it began
};

struct Finding {
  std::string rule = {};
  Severity severity = Severity::error;
  Harm harm = Harm::seen;
  std::string object = {};    // the name of what was misused
  std::string sentence = {};  // why, in the primitive's words
  std::vector<Party> parties = {};
  std::uint64_t step = 0;                   // when it was told
  std::uint32_t object_index = UINT32_MAX;  // within its execution

  /// Two findings with one signature are one bug: rule, object and source lines, no labels or steps.
  std::string signature() const;
};

/// "queues.cpp:12:7", to know a place of the program by across executions and processes.
std::string place_of(const mp::Location& where);

/// A rule is predicted of what the program does at a place, and an execution has shown that it does not hold
/// there: that the program looks again, for instance. No prediction of the rule with a party there stands.
struct Refutation {
  std::string rule;
  std::string place;  // as place_of() says
  friend auto operator<=>(const Refutation&, const Refutation&) = default;
};

struct Suppressed;  // core/suppressions.hpp

/// Where oracles put what they find.
class Findings {
 public:
  virtual ~Findings() = default;
  /// False: it is known and was put aside, so the execution goes on whatever the finding is.
  virtual bool add(Finding finding) = 0;
  virtual void refute(Refutation refutation) = 0;
  /// One that a suppressions file is about. Nothing but its count depends on it.
  virtual void put_aside(const Finding& finding, Suppressed suppressed) = 0;
  /// An oracle could not tell, with what it may spend, whether something is wrong in this execution.
  virtual void leave_open() = 0;
};

}  // namespace heddle
