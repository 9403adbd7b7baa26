// Holds every world to the Os page: each check of the page, in each world of the table below. A world is a
// runner, which makes a check the main program of a fresh world and says what differed, if anything.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <poll.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <csignal>
#include <cstdio>
#include <optional>
#include <string>

#include <heddle/api/heddle.hpp>
#include <heddle/core/arena.hpp>
#include <heddle/worlds/conformance/os_page.hpp>
#include <mp/process/context.hpp>

namespace heddle::conformance {
namespace {

using Runner = std::optional<std::string> (*)(const PageCheck& check);

/// The check's process: says what differed into `out`, and ends.
[[noreturn]] void live_as_check(const PageCheck& check, int out) noexcept {
  ::setpgid(0, 0);
  std::string words;
  try {
    check.body(mp::os());
  } catch (const std::exception& exception) {
    words = exception.what();
  }
  const bool told = ::write(out, words.data(), words.size()) == static_cast<ssize_t>(words.size());
  ::_exit(told && words.empty() ? 0 : 1);
}

/// Absent when the process ended by itself with status 0 before a deadline that only a hang misses.
std::optional<std::string> how_it_failed(pid_t child) {
  constexpr int deadline_ms = 20'000;
  pollfd ended{.fd = static_cast<int>(::syscall(SYS_pidfd_open, child, 0)), .events = POLLIN, .revents = 0};
  const bool hung = ::poll(&ended, 1, deadline_ms) != 1;
  ::close(ended.fd);
  ::kill(-child, SIGKILL);  // with all that the check has left behind
  int status = 0;
  ::waitpid(child, &status, 0);
  if (hung) return "it hangs";
  if (WIFSIGNALED(status)) return "signal " + std::to_string(WTERMSIG(status));
  if (WEXITSTATUS(status) != 0) return "status " + std::to_string(WEXITSTATUS(status));
  return std::nullopt;
}

/// The real operating system: a process per check, so that none sees what another has left.
std::optional<std::string> run_on_posix(const PageCheck& check) {
  int words[2];
  if (::pipe2(words, O_CLOEXEC | O_NONBLOCK) != 0) return "no pipe";
  std::fflush(nullptr);  // or the child would write what this process has buffered
  const pid_t child = ::fork();
  if (child < 0) return "no process";
  if (child == 0) live_as_check(check, words[1]);
  ::setpgid(child, child);
  std::optional<std::string> failure = how_it_failed(child);
  char text[1000];
  const ssize_t got = ::read(words[0], text, sizeof text);
  if (got > 0) failure = std::string(text, static_cast<std::size_t>(got));
  ::close(words[0]);
  ::close(words[1]);
  return failure;
}

/// The simulated kernel, over a few hundred interleavings of Os calls. The first thing that differs counts.
std::optional<std::string> run_in_simulation(const PageCheck& check) {
  std::optional<std::string> difference;
  const auto body = [&] {
    try {
      check.body(mp::os());
    } catch (const std::exception& exception) {
      const HostAllocation outlives_the_process;
      if (!difference) difference = exception.what();
    }
    // Lib keeps its own things there and is about to finish the process; a check may have used them.
    std::ranges::fill(mp::os().process_slot(), std::byte{0});
    std::ranges::fill(mp::os().task_slot(), std::byte{0});
  };
  const Result result = explore(body, {.budget = {.executions = 300},
                                       .run = {.granularity = Granularity::os},
                                       .looks_beyond_maximal = false});  // the checks rely on deadlines
  if (difference) return difference;
  if (const auto* failed = std::get_if<Failed>(&result.verdict))
    return failed->failures.at(0).finding.rule + ": " + failed->failures.at(0).finding.sentence;
  if (std::holds_alternative<Passed>(result.verdict)) return std::nullopt;
  return "no verdict";
}

struct ConformingWorld {
  std::string_view name;
  Runner run;
};

constexpr ConformingWorld worlds[] = {
    {"posix", &run_on_posix},
    {"sim", &run_in_simulation},
};

struct Case {
  ConformingWorld world;
  PageCheck check;
};

void PrintTo(const Case& each, std::ostream* out) { *out << each.world.name << ": " << each.check.name; }

std::vector<Case> all_cases() {
  std::vector<Case> cases;
  for (const ConformingWorld& world : worlds) {
    for (const PageCheck& check : os_page()) cases.push_back({world, check});
  }
  return cases;
}

/// "posix_APipeHolds65536Bytes"
std::string test_name(const testing::TestParamInfo<Case>& info) {
  std::string name(info.param.world.name);
  name += '_';
  bool starts_word = true;
  for (const char character : info.param.check.name) {
    if (character == ' ') {
      starts_word = true;
    } else {
      name += starts_word ? static_cast<char>(std::toupper(character)) : character;
      starts_word = false;
    }
  }
  return name;
}

class OsPage : public testing::TestWithParam<Case> {};

TEST_P(OsPage, IsKept) {
  const std::optional<std::string> difference = GetParam().world.run(GetParam().check);
  EXPECT_EQ(difference, std::nullopt) << *difference;
}

INSTANTIATE_TEST_SUITE_P(EveryWorld, OsPage, testing::ValuesIn(all_cases()), test_name);

TEST(OsConformance, NoticesACheckThatFails) {
  const PageCheck canary{"canary", [](mp::Os&) { throw std::runtime_error("tweet"); }};
  for (const ConformingWorld& world : worlds) EXPECT_EQ(world.run(canary), "tweet") << world.name;
}

}  // namespace
}  // namespace heddle::conformance

// Its own, because processes that the checks spawn on the real operating system are this program again.
int main(int argc, char** argv) {
  mp::freeze_support(argc, argv);
  testing::InitGoogleTest(&argc, argv);
  return RUN_ALL_TESTS();
}
