// See the header. A file is read line by line, each a key and a value; its keys are all obligatory.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <heddle/api/replay.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/cli/regressions.hpp>
#include <heddle/cli/subject.hpp>
#include <heddle/cli/tables.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::cli {
namespace {

constexpr std::array statuses{RegressionStatus::still_failing, RegressionStatus::fixed,
                              RegressionStatus::diverged, RegressionStatus::unreachable};
constexpr std::array<std::string_view, 5> keys{"name", "token", "rule", "expect", "why"};

tl::unexpected<Error> malformed(const std::string& file, std::size_t line, std::string what) {
  return tl::unexpected(Error{.code = "regression-malformed",
                              .what = fmt::format("{}:{}: {}", file, line, what),
                              .hint = "a tape's file has a line each of name, token, rule, expect and why"});
}
tl::unexpected<Error> unreadable(const std::string& what) {
  return tl::unexpected(Error{.code = "regressions-unreadable",
                              .what = what + " cannot be read",
                              .hint = "name the folder of the tapes with --regressions"});
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view space = " \t\r";
  const std::size_t first = text.find_first_not_of(space);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(space) - first + 1);
}

/// What stands behind each key, and on which line.
class Fields {
 public:
  Expected<void> read(std::string_view text, const std::string& file) {
    std::size_t number = 0;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = trimmed(text.substr(0, end));
      text.remove_prefix(std::min(end + 1, text.size()));
      ++number;
      if (line.empty() || line.front() == '#') continue;
      const std::size_t colon = std::min(line.find(':'), line.size());
      const auto key = std::ranges::find(keys, line.substr(0, colon));
      if (key == keys.end() || colon == line.size())
        return malformed(file, number, "no key begins this line");
      Field& field = fields_[static_cast<std::size_t>(key - keys.begin())];
      if (field.line != 0) return malformed(file, number, fmt::format("a second line of {}", *key));
      field = {trimmed(line.substr(colon + 1)), number};
      if (field.value.empty()) return malformed(file, number, fmt::format("nothing stands behind {}", *key));
    }
    for (std::size_t index = 0; index < keys.size(); ++index)
      if (fields_[index].line == 0)
        return malformed(file, number, fmt::format("the line of {} is missing", keys[index]));
    return {};
  }

  std::string_view value(std::string_view key) const { return field(key).value; }
  std::size_t line(std::string_view key) const { return field(key).line; }

 private:
  struct Field {
    std::string_view value = {};
    std::size_t line = 0;  // from 1; 0: not there
  };
  const Field& field(std::string_view key) const {
    return fields_[static_cast<std::size_t>(std::ranges::find(keys, key) - keys.begin())];
  }
  std::array<Field, keys.size()> fields_{};
};

/// What the tape is over. A text that lies beside the tape comes first: it is found from anywhere.
Expected<Subject> subject_of(const Regression& regression, const Context& context) {
  const std::string& name = regression.token.scenario;
  if (name.ends_with(".program")) {
    const auto beside = std::filesystem::path(regression.folder) / std::filesystem::path(name).filename();
    std::error_code ignored;  // what cannot be looked at is not there
    if (std::filesystem::is_regular_file(beside, ignored))
      return find_subject({}, beside.string(), programs::Time::simulated);
  }
  return find_subject(context.scenarios, name, programs::Time::simulated);
}

bool has_rule(const Result& result, const std::string& wanted) {
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  return failed != nullptr && std::ranges::any_of(failed->failures, [&](const Failure& failure) {
           return failure.finding.rule == wanted;
         });
}

class Regressions {
 public:
  explicit Regressions(const Context& context) : context_(context) {}

  RegressionsJudged judge(const std::vector<Regression>& regressions) {
    std::vector<std::vector<std::string>> rows{{"regression", "rule", "expected", "now", "verdict"}};
    std::string wrong;
    for (const Regression& each : regressions) {
      if (context_.is_interrupted()) break;
      context_.status.show(fmt::format("regression {}", each.name));
      const RegressionFound found = try_regression(each, context_);
      const bool is_well = found.status == each.expected;
      rows.push_back({each.name, each.rule, std::string(name_of(each.expected)),
                      std::string(name_of(found.status)), is_well ? "ok" : "FAILED"});
      if (!is_well) wrong += words_of(each, found);
      items_.push_back(item_of(each, found, is_well));
      if (context_.lines != nullptr) context_.lines->test(items_.back());
      ++judged_;
      failed_ += is_well ? 0 : 1;
    }
    context_.status.clear();
    context_.output.write(aligned(rows) + wrong);
    const std::size_t left = regressions.size() - judged_;
    context_.output.write(fmt::format("regressions: {}, {} ok, {} FAILED{}\n\n",
                                      text::counted(regressions.size(), "tape"), judged_ - failed_, failed_,
                                      left > 0 ? fmt::format(", {} not run (interrupted)", left) : ""));
    const ExitCode code = failed_ > 0 ? ExitCode::findings
                          : left > 0  ? ExitCode::inconclusive
                                      : ExitCode::clean;
    return {.code = code, .items = std::move(items_)};
  }

 private:
  ReportItem item_of(const Regression& regression, const RegressionFound& found, bool is_well) const {
    ReportItem item{.scenario = "regressions/" + regression.name,
                    .replay_command = context_.replay_command,
                    .declared = Declared{}};
    if (!is_well)
      item.declared->wrong = {fmt::format("{}, {} expected: {}; {}", name_of(found.status),
                                          name_of(regression.expected), found.words, regression.why)};
    return item;
  }

  std::string words_of(const Regression& regression, const RegressionFound& found) const {
    std::string words =
        fmt::format("  FAILED: {}: {}, {} expected: {}\n    why it is here: {}\n", regression.name,
                    name_of(found.status), name_of(regression.expected), found.words, regression.why);
    if (found.found_again)
      words += "\n" +
               text_report(*found.found_again, {.scenario = regression.token.scenario,
                                                .replay_command = context_.replay_command,
                                                .width = context_.terminal.width,
                                                .colour = context_.terminal.colour}) +
               "\n";
    return words;
  }

  const Context& context_;
  std::size_t judged_ = 0;
  std::size_t failed_ = 0;
  std::vector<ReportItem> items_;
};

}  // namespace

std::string_view name_of(RegressionStatus status) {
  switch (status) {
    case RegressionStatus::still_failing:
      return "still failing";
    case RegressionStatus::fixed:
      return "fixed";
    case RegressionStatus::diverged:
      return "diverged";
    case RegressionStatus::unreachable:
      return "unreachable";
  }
  return "unknown";
}

std::optional<RegressionStatus> regression_status_of(std::string_view name) {
  const auto found = std::ranges::find(statuses, name, [](RegressionStatus each) { return name_of(each); });
  return found == statuses.end() ? std::nullopt : std::optional(*found);
}

Expected<Regression> read_regression(std::string_view text, const std::string& file) {
  Fields fields;
  if (const auto read = fields.read(text, file); !read) return tl::unexpected(read.error());
  Expected<Token> token = read_token(fields.value("token"));
  if (!token) return malformed(file, fields.line("token"), token.error().what);
  if (rule(fields.value("rule")) == nullptr)
    return malformed(file, fields.line("rule"), "there is no such rule (heddle rules)");
  const auto status = regression_status_of(fields.value("expect"));
  if (!status)
    return malformed(file, fields.line("expect"), "neither still failing, fixed, diverged nor unreachable");
  return Regression{.name = std::string(fields.value("name")),
                    .token = *std::move(token),
                    .rule = std::string(fields.value("rule")),
                    .expected = *status,
                    .why = std::string(fields.value("why"))};
}

Expected<std::vector<Regression>> read_regressions(const std::string& folder) {
  std::error_code error;
  std::vector<std::string> files;
  for (std::filesystem::directory_iterator each(folder, error), end; !error && each != end;
       each.increment(error))
    if (each->path().extension() == ".tape") files.push_back(each->path().string());
  if (error) return unreadable(folder);
  std::ranges::sort(files);
  std::vector<Regression> regressions;
  for (const std::string& file : files) {
    std::stringstream text;
    if (!(text << std::ifstream(file).rdbuf())) return unreadable(file);
    auto regression = read_regression(text.str(), file);
    if (!regression) return tl::unexpected(regression.error());
    regression->folder = folder;
    regressions.push_back(*std::move(regression));
  }
  return regressions;
}

RegressionFound try_regression(const Regression& regression, const Context& context) {
  const auto subject = subject_of(regression, context);
  if (!subject) return {.status = RegressionStatus::unreachable, .words = subject.error().what};
  LenientReplay replayed = replay_leniently(subject->body, regression.token, regression.rule);
  const std::string how = replayed.divergence ? replayed.divergence->why : "the tape fits";
  if (has_rule(replayed.result, regression.rule)) {
    if (!replayed.was_searched)
      return {.status = RegressionStatus::still_failing, .words = "the tape fits and shows it"};
    return {.status = RegressionStatus::diverged,
            .words = how + (replayed.divergence ? "" : " and does not show it") +
                     "; near it the finding was found again, by the token below",
            .found_again = std::move(replayed.result)};
  }
  if (const auto* const broken = std::get_if<Broken>(&replayed.result.verdict))
    return {.status = RegressionStatus::unreachable, .words = broken->why};
  if (const auto* const gave_up = std::get_if<GaveUp>(&replayed.result.verdict))
    return {.status = RegressionStatus::unreachable, .words = gave_up->why};
  return {.status = RegressionStatus::fixed,
          .words = fmt::format("{}; {} near it did not show it", how,
                               text::counted(replayed.result.coverage.executions, "execution"))};
}

Expected<RegressionsJudged> run_regressions(const JudgeScenarios& asked, const Context& context) {
  const std::string folder = asked.regressions.value_or(context.regressions);
  if (folder.empty() || asked.shard.index > 0) return RegressionsJudged{};
  std::error_code ignored;
  if (!asked.regressions && !std::filesystem::is_directory(folder, ignored)) {
    context.output.write(fmt::format("regressions: none; there is no folder {} here\n\n", folder));
    return RegressionsJudged{};
  }
  auto regressions = read_regressions(folder);
  if (!regressions) return tl::unexpected(regressions.error());
  if (!asked.scenarios.empty())
    std::erase_if(*regressions, [&](const Regression& each) {
      return std::ranges::find(asked.scenarios, each.token.scenario) == asked.scenarios.end();
    });
  if (regressions->empty()) return RegressionsJudged{};
  return Regressions(context).judge(*regressions);
}

}  // namespace heddle::cli
