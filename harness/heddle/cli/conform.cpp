// See the header.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/cli/conform.hpp>
#include <heddle/conform/port.hpp>
#include <heddle/conform/suite.hpp>

namespace heddle::cli {
namespace {

using conform::Case;
using conform::CaseResult;

Expected<ExitCode> run(const ConformPort& asked, const std::vector<Case>& cases, const Context& context) {
  const conform::Driving driving{.strategy = asked.strategy,
                                 .seed = asked.seed,
                                 .budget = asked.budget,
                                 .deadline = asked.deadline,
                                 .start_method = asked.start_method};
  const conform::Watching watching{
      .begins = [&](const Case& next) { context.status.show(next.id); },
      .ended =
          [&](const CaseResult& result) {
            context.status.clear();
            context.output.write(fmt::format("{:8} {}{}{}\n", name_of(result.status), result.id,
                                             result.message.empty() ? "" : ": ", result.message));
          },
      .is_interrupted = context.is_interrupted};
  const auto result = conform::run_port(asked.adapter, cases, driving, watching);
  if (!result) return tl::unexpected(result.error());
  const bool is_clean = std::ranges::none_of(result->cases, [](const CaseResult& each) {
    return each.status == conform::Status::failed || each.status == conform::Status::errored;
  });
  context.output.write(fmt::format("{} cases in {:.1f} s\n", result->cases.size(), result->seconds));
  return is_clean ? ExitCode::clean : ExitCode::findings;
}

}  // namespace

Expected<ExitCode> conform_port(const ConformPort& asked, const Context& context) {
  auto suite = conform::load_suite(asked.suite);
  if (!suite) return tl::unexpected(suite.error());
  std::vector<Case> cases = conform::chosen(*std::move(suite), asked.only);
  if (asked.what == ConformPort::What::smoke) cases = conform::for_smoke(cases);
  if (cases.empty())
    return tl::unexpected(Error{.code = "cases-unknown",
                                .what = fmt::format("no case fits '{}'", asked.only),
                                .hint = "heddle conform list shows what there is",
                                .exit = ExitCode::nothing});
  return run(asked, cases, context);
}

}  // namespace heddle::cli
