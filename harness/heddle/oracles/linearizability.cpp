// Objects of the program's own whose calls it tells, held against what it says they should be like. Looked at
// once, when the execution is over: of an illegal history every longer one is illegal. A call that has not
// returned by then, because its task was killed or waits, may have taken effect or not.
//
// An object is one bug, whichever of its calls it shows in: the finding's place is where the program says
// what the object should be like, and the calls are told in its sentence.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <heddle/linearizability/check.hpp>
#include <heddle/oracles/linearizability.hpp>

namespace heddle {
namespace {

using linearizability::Answer;
using linearizability::Call;
using linearizability::IllegalPrefix;
using linearizability::Judgement;
using linearizability::Model;

// No clock: the same history has the same answer everywhere. An execution's histories have a few calls.
constexpr std::uint64_t remembered_max = 100'000;
constexpr std::size_t told_max = 8;  // calls of an order, the last ones

class Linearizability final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::ended); }
  void begin() override {}

  void observe(const Event&, const Situation& situation, Findings& findings) override {
    for (std::uint32_t history = 0; history < situation.histories.size(); ++history)
      judge(history, situation, findings);
  }

 private:
  struct History {
    std::vector<std::uint32_t> rows;  // of the situation's calls
    std::vector<Call> calls;
  };

  static History calls_on(std::uint32_t history, const Situation& situation) {
    History told;
    for (std::uint32_t index = 0; index < situation.calls.size(); ++index) {
      const CallRow& row = situation.calls[index];
      if (row.history != history) continue;
      Call call{.client = situation.label_of(row.task),
                .operation = row.operation,
                .arguments = row.arguments,
                .begin = row.begin};
      if (row.has_returned) {
        call.result = row.result;
        call.end = row.end;
      } else {
        call.ending = linearizability::Ending::open;
      }
      told.rows.push_back(index);
      told.calls.push_back(std::move(call));
    }
    return told;
  }

  static void judge(std::uint32_t history, const Situation& situation, Findings& findings) {
    const HistoryRow& row = situation.histories[history];
    const History told = calls_on(history, situation);
    const std::unique_ptr<Model> model = row.model(row.number);
    const auto stranger =
        std::ranges::find_if(told.calls, [&](const Call& each) { return !model->admits(each); });
    if (stranger != told.calls.end()) {
      const std::uint32_t call = told.rows[static_cast<std::size_t>(stranger - told.calls.begin())];
      return report("assertion", fmt::format("{} is no call that its model knows", words_of(situation, call)),
                    row, situation, findings);
    }
    const Judgement judgement = check(*model, told.calls, {.remembered_max = remembered_max});
    switch (judgement.answer) {
      case Answer::yes:
        return;
      case Answer::unknown:
        return findings.leave_open();
      case Answer::no:
        return report("not-linearizable", sentence_of(judgement, told, situation), row, situation, findings);
    }
  }

  static void report(std::string_view rule, std::string sentence, const HistoryRow& row,
                     const Situation& situation, Findings& findings) {
    findings.add({.rule = std::string(rule),
                  .object = row.name,
                  .sentence = std::move(sentence),
                  .parties = {{.who = situation.name_of_task(row.task),
                               .operation = "linearizable",
                               .where = row.where,
                               .step = row.step}}});
  }

  /// "clerk's best.get() -> 3 (register.cpp:31, step 12)"; "?" for what was not known then.
  static std::string words_of(const Situation& situation, std::uint32_t index,
                              std::uint64_t moment = linearizability::never) {
    const CallRow& row = situation.calls[index];
    std::string_view file = row.where.file_name();
    file.remove_prefix(file.rfind('/') + 1);
    const bool was_known = row.has_returned && row.end <= moment;
    return fmt::format("{}'s {}.{}({}) -> {} ({}:{}, step {})", situation.name_of_task(row.task),
                       situation.histories[row.history].name, row.operation, fmt::join(row.arguments, ", "),
                       was_known ? row.result : "?", file, row.where.line(), row.step);
  }

  static std::string sentence_of(const Judgement& judgement, const History& told,
                                 const Situation& situation) {
    const std::string part = judgement.part.empty() ? "" : fmt::format(" about {}", judgement.part);
    if (!judgement.prefix) return fmt::format("its calls{} have no order that its model allows", part);
    const IllegalPrefix& prefix = *judgement.prefix;
    const std::uint32_t last = told.rows[prefix.last];
    std::string sentence =
        fmt::format("no order of the calls{} explains {}", part, words_of(situation, last));
    const std::uint64_t before = situation.calls[last].end - 1;
    const std::size_t first = prefix.order.size() - std::min(prefix.order.size(), told_max);
    if (prefix.order.empty()) return sentence + ", and there was none before it";
    sentence += first > 0 ? "; one order until then ends in" : "; one order until then:";
    for (std::size_t at = first; at < prefix.order.size(); ++at)
      sentence += fmt::format("{} {}", at == first ? "" : ",",
                              words_of(situation, told.rows[prefix.order[at]], before));
    return sentence + fmt::format("; after which it is [{}]", fmt::join(prefix.state, ", "));
  }
};

}  // namespace

std::unique_ptr<Oracle> make_linearizability() { return std::make_unique<Linearizability>(); }

}  // namespace heddle
