// See the headers. While the exploration runs, the reporter and the traces of this OS thread are ours; what
// is said to the running test is said afterwards, once.
#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <cstdlib>
#include <heddle/api/text_report.hpp>
#include <heddle/core/shell_word.hpp>
#include <heddle/gtest/flags.hpp>
#include <heddle/gtest/heddle_test.hpp>
#include <heddle/gtest/task_reporter.hpp>
#include <heddle/gtest/task_traces.hpp>
#include <heddle/gtest/test_run.hpp>
#include <stdexcept>
#include <variant>

namespace heddle::gtest {
namespace {

using testing::TestPartResult;

void say(TestPartResult::Type type, const char* file, int line, const std::string& words) {
  testing::internal::AssertHelper(type, file, line, words.c_str()) = testing::Message();
}

Place place_of(const Failure& failure, const Place& otherwise) {
  if (failure.finding.parties.empty()) return otherwise;
  const mp::Location& where = failure.finding.parties.front().where;
  if (where.line() == 0) return otherwise;
  return {where.file_name(), static_cast<int>(where.line())};
}

Token token_of(const Failure& failure, const std::string& name) {
  return {
      .scenario = name, .run = failure.run, .default_digest = failure.default_digest, .tape = failure.tape};
}

std::string words_of(const Result& result, const std::string& name, const Settings& settings) {
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  if (failed == nullptr) return text_report(result, {.scenario = name, .replay_command = ""});
  // The report ends in its command and token; the line of a test has the token in its middle.
  const std::string command = "HEDDLE_REPLAY";
  std::string words = text_report(result, {.scenario = name, .replay_command = command});
  words.resize(words.rfind(command));
  const Token token = settings.replay ? *settings.replay : token_of(failed->failures.front(), name);
  return words + replay_line(write_token(token), name, settings.options.suppressions) + "\n";
}

void say_result(const Result& result, const std::string& name, const Settings& settings, const Place& place) {
  if (std::holds_alternative<Passed>(result.verdict)) return;
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  const Place where = failed == nullptr ? place : place_of(failed->failures.front(), place);
  say(TestPartResult::kNonFatalFailure, where.file, where.line, words_of(result, name, settings));
}

struct Explored {
  Result result;
  std::optional<std::string> skipped;
};

/// Explores or replays with GoogleTest's doors of this OS thread in our hands.
Explored explore_guarded(const std::function<void()>& body, const std::string& name, const Settings& settings,
                         testing::TestPartResultArray& outside) {
  const CalmFlags calm;
  TaskTraces traces;
  TaskReporter reporter(outside);
  const auto guarded = [&] {
    traces.begin();
    reporter.begin();
    body();
  };
  Options options = settings.options;
  options.heeds_environment = false;  // what it asks for is in the settings
  Result result = settings.replay ? replay(guarded, *settings.replay, options.suppressions)
                                  : explore(guarded, options, name);
  return {std::move(result), reporter.skipped()};
}

}  // namespace

std::string replay_line(const std::string& token, const std::string& name, const Suppressions& suppressions) {
  const std::string beside =
      suppressions.is_idle() ? "" : "HEDDLE_SUPPRESSIONS=" + shell_word(suppressions.file) + " ";
  return beside + "HEDDLE_REPLAY=" + token + " " + program_invocation_name + " --gtest_filter=" + name;
}

void run_body(const std::function<void()>& body, const std::string& name, const Settings& settings,
              const Place& place) {
  if (settings.replay && settings.replay->scenario != name) {
    say(TestPartResult::kSkip, place.file, place.line,
        "HEDDLE_REPLAY holds an execution of " + settings.replay->scenario);
    return;
  }
  prepare_gtest();
  testing::TestPartResultArray outside;
  Explored explored;
  try {
    explored = explore_guarded(body, name, settings, outside);
  } catch (const std::invalid_argument& refused) {
    say(TestPartResult::kNonFatalFailure, place.file, place.line, refused.what());
    return;
  }
  for (int i = 0; i < outside.size(); ++i) {
    const TestPartResult& part = outside.GetTestPartResult(i);
    say(part.type(), part.file_name(), part.line_number(), part.message());
  }
  say_result(explored.result, name, settings, place);
  if (explored.skipped && std::holds_alternative<Passed>(explored.result.verdict))
    say(TestPartResult::kSkip, place.file, place.line, *explored.skipped);
}

void run_test(void (*body)(), const char* file, int line) {
  const Place place{file, line};
  const testing::TestInfo& test = *testing::UnitTest::GetInstance()->current_test_info();
  const Expected<Lookup> lookup =
      with_flags(testing::internal::GetInjectableArgvs(),
                 [](const char* variable) -> const char* { return std::getenv(variable); });
  const Expected<Settings> settings =
      lookup ? read_settings(*lookup) : Expected<Settings>(tl::unexpected(lookup.error()));
  if (!settings) {
    const Error& error = settings.error();
    say(TestPartResult::kNonFatalFailure, file, line, error.code + ": " + error.what + "; " + error.hint);
    return;
  }
  run_body(body, std::string(test.test_suite_name()) + "." + test.name(), *settings, place);
}

}  // namespace heddle::gtest
