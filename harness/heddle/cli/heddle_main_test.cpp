// The door as others use it: words in, an exit code out.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <filesystem>
#include <heddle/api/heddle.hpp>
#include <heddle/cli/stored_run.hpp>
#include <nlohmann/json.hpp>
#include <sstream>
#include <vector>

namespace heddle {
namespace {

struct Ran {
  int code;
  std::string printed;
};

Ran ran(std::vector<const char*> words, std::span<const Scenario> scenarios) {
  words.insert(words.begin(), "heddle");
  words.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code =
      heddle::main(static_cast<int>(words.size()) - 1, const_cast<char**>(words.data()), scenarios);
  testing::internal::GetCapturedStderr();
  return {code, testing::internal::GetCapturedStdout()};
}

int run(std::vector<const char*> words, std::span<const Scenario> scenarios = {}) {
  return ran(std::move(words), scenarios).code;
}

int exit_code(ExitCode code) { return static_cast<int>(code); }

void chooses_badly() { check(choose(3) != 2, "two is wrong"); }

TEST(HeddleMain, ShowsTablesAndHelp) {
  for (const char* command : {"list", "rules", "strategies", "worlds", "reports", "--help", "--version"})
    EXPECT_EQ(run({command}), exit_code(ExitCode::clean)) << command;
}

TEST(HeddleMain, AnswersNonsenseWithUsage) {
  EXPECT_EQ(run({}), exit_code(ExitCode::usage));
  EXPECT_EQ(run({"run", "x", "--budget", "soon"}), exit_code(ExitCode::usage));
  EXPECT_EQ(run({"replay", "h1-A"}), exit_code(ExitCode::usage));
}

TEST(HeddleMain, SelectsNothingFromNothing) {
  EXPECT_EQ(run({"run", "x"}), exit_code(ExitCode::nothing));
  EXPECT_EQ(run({"gate"}), exit_code(ExitCode::nothing));
}

TEST(HeddleMain, RunsAndJudgesScenarios) {
  Scenario scenario;
  scenario.name = "bad";
  scenario.body = &chooses_badly;
  scenario.expected = {{.rule = "assertion"}};
  const std::vector<Scenario> scenarios{scenario};
  EXPECT_EQ(run({"run", "bad", "--budget", "100x"}, scenarios), exit_code(ExitCode::findings));
  EXPECT_EQ(run({"gate", "--budget", "100x"}, scenarios), exit_code(ExitCode::clean));
}

TEST(HeddleMain, FailsOnWhatItIsToldTo) {
  const std::vector<Scenario> scenarios{{.name = "bad", .summary = "", .body = &chooses_badly}};
  EXPECT_EQ(run({"run", "bad", "--budget", "100x", "--fail-on", "never"}, scenarios),
            exit_code(ExitCode::clean));
  EXPECT_EQ(run({"gate", "bad", "--budget", "100x"}, scenarios), exit_code(ExitCode::findings));
  EXPECT_EQ(run({"gate", "bad", "--budget", "100x", "--fail-on", "never"}, scenarios),
            exit_code(ExitCode::clean));
}

TEST(HeddleMain, ExplainsRules) {
  EXPECT_TRUE(ran({"explain", "deadlock"}, {}).printed.starts_with("deadlock\n"));
  EXPECT_EQ(run({"explain", "dedlock"}), exit_code(ExitCode::usage));
}

/// The kinds of the lines, in their order, but for progress.
std::vector<std::string> kinds_of(const std::string& lines) {
  std::vector<std::string> kinds;
  std::istringstream text(lines);
  for (std::string line; std::getline(text, line);)
    if (const std::string kind = nlohmann::json::parse(line).at("kind"); kind != "progress")
      kinds.push_back(kind);
  return kinds;
}

TEST(HeddleMain, SpeaksInLinesAloneWhereItIsAskedTo) {
  Scenario bad{.name = "bad", .summary = "", .body = &chooses_badly};
  Scenario plant{.name = "plant", .summary = "", .body = &chooses_badly, .expected = {{.rule = "assertion"}}};
  const std::vector<Scenario> scenarios{bad, plant};
  const Ran searched = ran({"run", "bad", "--budget", "100x", "--json"}, scenarios);
  EXPECT_EQ(searched.code, exit_code(ExitCode::findings));
  EXPECT_EQ(kinds_of(searched.printed), (std::vector<std::string>{"begin", "finding", "test", "end"}));
  const Ran judged = ran({"gate", "plant", "--budget", "100x", "--json"}, scenarios);
  EXPECT_EQ(judged.code, exit_code(ExitCode::clean));
  EXPECT_EQ(kinds_of(judged.printed), (std::vector<std::string>{"begin", "finding", "test", "end"}));
  const Ran refused = ran({"run", "good", "--json"}, scenarios);
  EXPECT_EQ(refused.code, exit_code(ExitCode::nothing));
  EXPECT_EQ(kinds_of(refused.printed), (std::vector<std::string>{"begin", "error", "end"}));
}

TEST(HeddleMain, ReplaysTheTokenOfALine) {
  const std::vector<Scenario> scenarios{{.name = "bad", .summary = "", .body = &chooses_badly}};
  std::istringstream lines(ran({"run", "bad", "--budget", "100x", "--json"}, scenarios).printed);
  std::string token;
  for (std::string line; std::getline(lines, line);)
    token = nlohmann::json::parse(line).value("token", token);
  const Ran replayed = ran({"replay", token.c_str(), "--json"}, scenarios);
  EXPECT_EQ(replayed.code, exit_code(ExitCode::findings));
  EXPECT_EQ(kinds_of(replayed.printed), (std::vector<std::string>{"begin", "finding", "test", "end"}));
}

int started_fd = -1;  // who reads it wants to know when the search has begun

void tells_that_it_has_begun() {
  if (started_fd >= 0 && ::write(started_fd, "x", 1) != 1) ::_exit(1);
  started_fd = -1;
  outcome(std::int64_t{choose(4)});
}

/// The exit status of a search without end, in a process of its own, that is told to terminate.
int terminate(const std::string& jobs, const std::string& file, std::span<const Scenario> scenarios) {
  std::array<int, 2> ends{};
  if (::pipe(ends.data()) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) {
    started_fd = ends[1];
    ::dup2(::open("/dev/null", O_WRONLY), STDOUT_FILENO);
    std::vector<std::string> words{"heddle", "run", "endless",  "--budget", "1000000000x",
                                   "--jobs", jobs,  "--result", file};
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::_exit(heddle::main(static_cast<int>(words.size()), arguments.data(), scenarios));
  }
  ::close(ends[1]);
  char begun = 0;
  EXPECT_EQ(::read(ends[0], &begun, 1), 1);
  ::kill(child, SIGTERM);
  int status = 0;
  ::waitpid(child, &status, 0);
  ::close(ends[0]);
  return status;
}

TEST(HeddleMain, ThatIsTerminatedLeavesAResultToGoOnWith) {
  const std::vector<Scenario> scenarios{{.name = "endless", .summary = "", .body = &tells_that_it_has_begun}};
  const std::string file = std::filesystem::path(testing::TempDir()) / "heddle_main_test.json";
  for (const char* jobs : {"1", "2"}) {
    const int status = terminate(jobs, file, scenarios);
    ASSERT_TRUE(WIFEXITED(status)) << jobs;
    EXPECT_EQ(WEXITSTATUS(status), exit_code(ExitCode::inconclusive)) << jobs;
    const auto result = cli::load_result(file);
    ASSERT_TRUE(result) << result.error().what;
    EXPECT_EQ(result->verdict, "interrupted");
    EXPECT_GT(result->parts.front().made, 0u);
    EXPECT_FALSE(result->parts.front().ended);
    std::filesystem::remove(file);
  }
}

}  // namespace
}  // namespace heddle
