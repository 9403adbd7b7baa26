// How processes end, and what the program itself finds wrong. An uncaught exception is a crash unless
// somebody afterwards reads that process's exit code and it tells of it; the main process has nobody who
// would, and a thread's exception leaves its process's exit code as it is. A pool's job that raised is one
// that somebody looks at.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include <heddle/core/circumstances.hpp>
#include <heddle/core/death.hpp>
#include <heddle/core/party.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/oracles/endings.hpp>
#include <heddle/oracles/endings/unread_failures.hpp>

namespace heddle {
namespace {

// The last operation of the process that did not succeed: what the exception came out of.
OperationIndex last_failure(const Situation& situation, ProcessIndex process) {
  for (OperationIndex index = static_cast<OperationIndex>(situation.operations.size()); index-- > 0;) {
    const OperationRow& operation = situation.operations[index];
    if (situation.tasks[operation.task].process == process && operation.ended && !operation.succeeded)
      return index;
  }
  return none;
}

// What a primitive throws when it tells that somebody else has gone or given up.
bool tells_news(std::string_view uncaught) {
  constexpr std::array types{"mp::BrokenPipeError",   "mp::ConnectionResetError",
                             "mp::EOFError",          "mp::ConnectionRefusedError",
                             "mp::FileNotFoundError", "mp::BrokenBarrierError"};
  return std::ranges::any_of(types, [&](const char* type) { return uncaught.starts_with(type); });
}

class Endings final : public Oracle {
 public:
  EventMask interests() const override {
    return mask_of(EventKind::failed) | mask_of(EventKind::ended) | mask_of(EventKind::misused);
  }
  void begin() override { news_.clear(); }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::misused) {
      const Rule* const known = rule(event.rule);
      if (known != nullptr && known->is_weighed) news_.push_back({event.operation, known->id});
      return;
    }
    if (event.kind == EventKind::failed) {
      findings.add({.rule = "assertion",
                    .sentence = fmt::format("{}: {}", situation.name_of_task(event.task), event.text),
                    .parties = {Party{.who = situation.name_of_task(event.task),
                                      .operation = "assertion",
                                      .where = event.where,
                                      .step = situation.step}}});
      return;
    }
    for (ProcessIndex process = 0; process < situation.processes.size(); ++process) {
      const ProcessRow& row = situation.processes[process];
      if (row.uncaught.empty() || exit_code_was_looked_at(situation, process)) continue;
      crashed(process, situation, findings);
    }
    endings::tell_unread_failures(situation, findings);
  }

 private:
  void crashed(ProcessIndex process, const Situation& situation, Findings& findings) const {
    const OperationIndex cause = last_failure(situation, process);
    const ProcessRow& row = situation.processes[process];
    const std::string_view rule = rule_of(situation, cause, row.uncaught);
    const bool was_thread = !row.alive && row.signal == 0 && row.status == 0;
    Finding finding{
        .rule = std::string(rule),
        .object = situation.name_of(process),
        .sentence = fmt::format("{}{} ended by an uncaught exception: {}", was_thread ? "a thread of " : "",
                                situation.name_of(process), row.uncaught)};
    if (cause != none) {
      const Circumstances circumstances = circumstances_of(situation, rule, cause);
      if (rule != "crash") {
        finding.object = situation.name_of_object(situation.operations[cause].object);
        finding.sentence += fmt::format(" out of {}{}", words_of(situation, cause), circumstances.words);
      }
      finding.parties.push_back(party_of(situation, cause));
      for (const OperationIndex other : circumstances.others)
        finding.parties.push_back(party_of(situation, other));
      finding.object_index = situation.operations[cause].object;
    }
    findings.add(std::move(finding));
  }

  // News that nobody caught goes by the name of the news.
  std::string_view rule_of(const Situation& situation, OperationIndex cause,
                           std::string_view uncaught) const {
    if (cause == none || !tells_news(uncaught)) return "crash";
    if (situation.operations[cause].kind == mp::ObjectKind::barrier) return "barrier-broken";
    const auto news = std::ranges::find(news_, cause, &News::operation);
    return news == news_.end() ? "crash" : news->rule;
  }

  struct News {
    OperationIndex operation = none;
    std::string_view rule;
  };
  std::vector<News> news_;
};

}  // namespace

std::unique_ptr<Oracle> make_endings() { return std::make_unique<Endings>(); }

}  // namespace heddle
