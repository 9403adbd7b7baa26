#include <fmt/format.h>

#include <algorithm>
#include <string>

#include <heddle/cli/linearizable.hpp>
#include <heddle/linearizability/check.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::cli {
namespace {

using linearizability::Answer;
using linearizability::Call;
using linearizability::Ending;
using linearizability::IllegalPrefix;
using linearizability::Judgement;

constexpr std::size_t shown_max = 8;  // calls of an order, the last ones

/// "line 7, process 3: cas(1, 2) -> ok"; what has come of it only if that was known by the moment.
std::string words_of(const Call& call, std::uint64_t moment = linearizability::never) {
  std::string words = fmt::format("line {}, process {}: {}({})", call.begin, call.client, call.operation,
                                  fmt::join(call.arguments, ", "));
  if (call.end > moment || call.ending == Ending::open)
    words += ", open";
  else
    words += call.ending == Ending::failed ? " failed" : fmt::format(" -> {}", call.result);
  return text::printable(words);
}

std::string words_of(const IllegalPrefix& prefix, const std::vector<Call>& calls) {
  const Call& last = calls[prefix.last];
  const std::size_t first = prefix.order.size() - std::min(prefix.order.size(), shown_max);
  std::string words = fmt::format(
      "  no order explains line {}, the end of: {}\n  the {} calls begun before it have an order{}:\n",
      last.end, words_of(last), prefix.calls.size(), first > 0 ? ", which ends in" : "");
  for (std::size_t at = first; at < prefix.order.size(); ++at)
    words += fmt::format("    {}\n", words_of(calls[prefix.order[at]], last.end - 1));
  const std::string state = fmt::format("after which the object is [{}]", fmt::join(prefix.state, ", "));
  return words + fmt::format("    {}\n", text::printable(state));
}

std::string words_of(const Judgement& judgement) {
  switch (judgement.answer) {
    case Answer::yes:
      return "linearizable";
    case Answer::unknown:
      return "unknown: the budget ended first";
    case Answer::no:
      break;
  }
  if (judgement.part.empty()) return "NOT linearizable";
  return text::printable(fmt::format("NOT linearizable: part {}", judgement.part));
}

ExitCode exit_code_of(Answer answer) {
  switch (answer) {
    case Answer::yes:
      return ExitCode::clean;
    case Answer::no:
      return ExitCode::findings;
    case Answer::unknown:
      break;
  }
  return ExitCode::inconclusive;
}

/// A finding outranks what is unknown.
ExitCode worse(ExitCode one, ExitCode other) {
  if (one == ExitCode::findings || other == ExitCode::findings) return ExitCode::findings;
  return std::max(one, other);
}

}  // namespace

Expected<ExitCode> judge_histories(const JudgeHistories& asked, const Context& context) {
  const auto model = asked.model->make(asked.value);
  ExitCode code = ExitCode::clean;
  for (const std::string& file : asked.files) {
    const auto calls = histories::read_history_file(file, asked.format, *model);
    if (!calls) return tl::unexpected(calls.error());
    const double start = context.seconds();
    const linearizability::Budget budget{.is_spent = [&] {
      return context.is_interrupted() || context.seconds() - start > asked.time.count();
    }};
    const Judgement judgement = check(*model, *calls, budget);
    context.output.write(fmt::format("{}: {}, {} calls, {:.3f} s\n", file, words_of(judgement), calls->size(),
                                     context.seconds() - start));
    if (judgement.prefix) context.output.write(words_of(*judgement.prefix, *calls));
    code = worse(code, exit_code_of(judgement.answer));
  }
  return code;
}

}  // namespace heddle::cli
