// See the header.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/cli/conform.hpp>
#include <heddle/conform/failure_list.hpp>
#include <heddle/conform/matrix.hpp>
#include <heddle/conform/port_report.hpp>
#include <heddle/conform/schema.hpp>
#include <heddle/conform/suite.hpp>
#include <heddle/conform/turns.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

using conform::Case;
using conform::CaseResult;
using conform::FailureList;
using conform::PortReport;
using conform::Status;

Expected<std::string> rendered(std::string_view format, const std::vector<PortReport>& ports) {
  if (format == "text") return conform::matrix_text(ports);
  if (format == "html") return conform::matrix_html(ports);
  if (ports.size() == 1 && format == "json") return conform::json_text(ports[0]);
  if (ports.size() == 1 && format == "junit") return conform::junit_text(ports[0]);
  return tl::unexpected(
      Error{.code = "report-unknown",
            .what = fmt::format("no report of {} ports is called '{}'", ports.size(), format),
            .hint = "text and html of any number; json and junit of one"});
}

Expected<void> write_reports(const ConformPort& asked, const std::vector<PortReport>& ports,
                             const Context& context) {
  for (const ReportAsked& each : asked.reports) {
    const Expected<std::string> text = rendered(each.name, ports);
    if (!text) return tl::unexpected(text.error());
    if (each.file.empty())
      context.output.write(*text);
    else if (const auto written = results::write_whole(each.file, *text); !written)
      return tl::unexpected(written.error());
  }
  return {};
}

/// What cannot be made of one port is refused before it is run.
Expected<void> check_reports(const ConformPort& asked) {
  for (const ReportAsked& each : asked.reports) {
    if (const auto text = rendered(each.name, std::vector<PortReport>(1)); !text)
      return tl::unexpected(text.error());
    if (each.file.empty()) continue;
    if (const auto good = results::check_writable(each.file); !good) return tl::unexpected(good.error());
  }
  return {};
}

std::string_view word_for(const Case& ended, const CaseResult& result) {
  const bool is_observed = ended.level == conform::Level::hazard && result.status != Status::skipped;
  return is_observed ? "observed" : name_of(result.status);
}

conform::Watching watching_of(const Context& context) {
  return {.begins = [&context](const Case& next) { context.status.show(next.id); },
          .ended =
              [&context](const Case& ended, const CaseResult& result) {
                if (result.status == Status::passed) return;
                context.status.clear();
                context.output.write(
                    fmt::format("{}: {}: {}\n", result.id, word_for(ended, result), result.message));
                if (!result.again.empty()) context.output.write(fmt::format("  again: {}\n", result.again));
              },
          .is_interrupted = context.is_interrupted};
}

std::string quoted(const std::string& word) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789/._-:,";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string made = "'";
  for (const char letter : word) made += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return made + "'";
}

/// What a shell has to be told to drive the port in this way, but for the case and its order.
std::string command_of(const ConformPort& asked) {
  const ConformPort usual;
  std::string command = "heddle conform --adapter " + quoted(asked.adapter);
  if (!asked.suite.empty()) command += " --suite " + quoted(asked.suite);
  if (!asked.start_method.empty()) command += " --start-method " + quoted(asked.start_method);
  if (asked.strategy != usual.strategy) command += " --strategy " + quoted(asked.strategy);
  if (asked.seed != usual.seed) command += fmt::format(" --seed {}", asked.seed);
  if (asked.deadline != usual.deadline) command += fmt::format(" --deadline {}s", asked.deadline.count());
  return command;
}

/// The list as the file has it; a file that is to be written anew need not be there.
Expected<FailureList> known_failures(const ConformPort& asked) {
  if (asked.failures.empty()) return FailureList{};
  const Expected<std::string> text = results::read_whole(asked.failures);
  if (!text && asked.fixes_failures) return FailureList{};
  if (!text) return tl::unexpected(text.error());
  return conform::failure_list_in(*text, asked.failures);
}

Expected<ExitCode> judged(const ConformPort& asked, const PortReport& report, const FailureList& known,
                          const Context& context) {
  if (asked.failures.empty()) return breaks_a_promise(report) ? ExitCode::findings : ExitCode::clean;
  if (asked.fixes_failures) {
    const auto written = results::write_whole(asked.failures, conform::fixed(report, known));
    if (!written) return tl::unexpected(written.error());
    return ExitCode::clean;
  }
  const std::vector<std::string> sentences = conform::unexpected(report, known);
  for (const std::string& sentence : sentences)
    context.output.write(fmt::format("unexpected: {}\n", sentence));
  return sentences.empty() ? ExitCode::clean : ExitCode::findings;
}

Expected<ExitCode> run(const ConformPort& asked, const std::vector<Case>& cases, const Context& context) {
  if (const auto good = check_reports(asked); !good) return tl::unexpected(good.error());
  const Expected<FailureList> known = known_failures(asked);
  if (!known) return tl::unexpected(known.error());
  auto order = conform::turns_in(asked.order);
  if (!order) return tl::unexpected(order.error());
  if (!order->empty() && cases.size() != 1)
    return tl::unexpected(Error{.code = "usage",
                                .what = fmt::format("an order is of one case, not of {}", cases.size()),
                                .hint = "name it: --only queue/034-put-forms"});
  const conform::Driving driving{.strategy = asked.strategy,
                                 .seed = asked.seed,
                                 .budget = asked.budget,
                                 .deadline = asked.deadline,
                                 .start_method = asked.start_method,
                                 .order = *std::move(order),
                                 .command = command_of(asked),
                                 .check = asked.validates ? conform::check_by_schema() : conform::Check()};
  auto result = conform::run_port(asked.adapter, cases, driving, watching_of(context));
  if (!result) return tl::unexpected(result.error());
  context.status.clear();
  const std::vector<PortReport> reports{conform::reported(*std::move(result), cases)};
  const PortReport& report = reports[0];
  if (const auto written = write_reports(asked, reports, context); !written)
    return tl::unexpected(written.error());
  context.output.write(conform::summary_text(report));
  context.output.write(fmt::format("{}: {} of {} cases in {:.1f} s, adapter started again {} times\n",
                                   name_of(report.port), report.cases.size(), cases.size(), report.seconds,
                                   report.restarts));
  Expected<ExitCode> code = judged(asked, report, *known, context);
  if (code && *code == ExitCode::clean && report.cases.size() < cases.size()) return ExitCode::inconclusive;
  return code;
}

Expected<ExitCode> compare(const ConformPort& asked, const Context& context) {
  std::vector<PortReport> ports;
  for (const std::string& file : asked.files) {
    const Expected<std::string> text = results::read_whole(file);
    if (!text) return tl::unexpected(text.error());
    Expected<PortReport> port = conform::port_report_in(*text, file);
    if (!port) return tl::unexpected(port.error());
    ports.push_back(*std::move(port));
  }
  if (const auto written = write_reports(asked, ports, context); !written)
    return tl::unexpected(written.error());
  if (asked.reports.empty()) context.output.write(conform::matrix_text(ports));
  return ExitCode::clean;
}

}  // namespace

Expected<ExitCode> conform_port(const ConformPort& asked, const Context& context) {
  using What = ConformPort::What;
  if (asked.what == What::matrix) return compare(asked, context);
  auto suite = conform::load_suite(asked.suite);
  if (!suite) return tl::unexpected(suite.error());
  std::vector<Case> cases = conform::chosen(*std::move(suite), asked.only);
  if (asked.what == What::smoke) cases = conform::for_smoke(cases);
  if (cases.empty())
    return tl::unexpected(Error{.code = "cases-unknown",
                                .what = fmt::format("no case fits '{}'", asked.only),
                                .hint = "heddle conform list shows what there is",
                                .exit = ExitCode::nothing});
  if (asked.what != What::list) return run(asked, cases, context);
  context.output.write(asked.prints_json ? conform::list_json(cases) : conform::list_text(cases));
  return ExitCode::clean;
}

}  // namespace heddle::cli
