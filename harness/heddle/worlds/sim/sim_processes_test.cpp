// Being killed here is like being killed in life: no destructor runs, nothing is left behind, nobody else
// is disturbed. Twenty thousand times.
#include <gtest/gtest.h>
#include <malloc.h>

#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

constexpr std::uint64_t kills = 20'000;

struct Noisy {
  Noisy() = default;
  Noisy(const Noisy&) = delete;
  ~Noisy() { outcome("destroyed"); }
};

// Allocates, is inside a catch block, holds an object with a destructor, and makes steps to die at.
void victim() {
  const Noisy noisy;
  std::vector<std::string> words;
  for (int i = 0; i < 3; ++i) {
    words.push_back(std::string(100, 'x'));
    try {
      throw std::runtime_error(std::string(50, 'e'));
    } catch (const std::exception& exception) {
      words.emplace_back(exception.what());
      mp::sleep(std::chrono::milliseconds(1));
    }
  }
}

const std::string& first_words() {
  static const std::string words(200, 's');  // whoever comes first initialises it; the others rely on it
  return words;
}

void initialising_victim() {
  mp::sleep(std::chrono::milliseconds(first_words().size()));
  mp::sleep(std::chrono::milliseconds(first_words().size()));
}

std::size_t host_bytes() { return mallinfo2().uordblks; }

RunOptions with_one_kill() {
  return {.granularity = Granularity::os, .faults = {ChoiceKind::kill}, .faults_max = 1};
}

TEST(SimProcesses, ReapsAVictimsMemoryWithoutRunningItsDestructors) {
  const auto body = [] {
    mp::Process process(mp::fn<&victim>, {.name = "victim"});
    process.start();
    process.join();
    outcome(process.exitcode() == -9 ? "killed" : "ended");
  };
  const Options options{.budget = {.executions = kills / 2}, .run = with_one_kill()};
  const Result warm = explore(body, options);
  const std::size_t before = host_bytes();
  const Result result = explore(body, options);
  EXPECT_LT(host_bytes(), before + 256 * 1024) << "memory grows with kills";
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"killed", "destroyed, ended", "destroyed, killed"}));
  EXPECT_EQ(warm.outcomes, result.outcomes);
}

TEST(SimProcesses, SurvivesAVictimThatInitialisedAFunctionLocalStatic) {
  const auto body = [] {
    mp::Process process(mp::fn<&initialising_victim>, {.name = "victim"});
    process.start();
    process.join();
    static_cast<void>(process.exitcode());
    check(first_words() == std::string(200, 's'), "the static was damaged");
  };
  const Result result = explore(body, {.budget = {.executions = kills}, .run = with_one_kill()});
  EXPECT_TRUE(std::holds_alternative<Passed>(result.verdict));
  EXPECT_EQ(result.coverage.executions, kills);
}

void sleeper() { mp::sleep(std::chrono::seconds(100)); }

TEST(SimProcesses, EndsByTheSignalThatWasSent) {
  const auto body = [] {
    mp::Process process(mp::fn<&sleeper>, {.name = "sleeper"});
    process.start();
    if (choose(2) == 0) {
      process.kill();
    } else {
      process.terminate();
    }
    process.join();
    outcome(static_cast<std::int64_t>(process.exitcode().value()));
  };
  const Result result = explore(body, {.strategy = "exhaustive"});
  EXPECT_EQ(result.outcomes, (std::set<std::string>{"-9", "-15"}));
}

void parent_of_sleeper() {
  mp::Process child(mp::fn<&sleeper>, {.name = "sleeper", .daemon = true});
  child.start();
}

TEST(SimProcesses, TakesDaemonsAlongWhenTheirParentEnds) {
  const auto body = [] {
    mp::Process parent(mp::fn<&parent_of_sleeper>, {.name = "parent"});
    parent.start();
    parent.join();
    outcome(static_cast<std::int64_t>(parent.exitcode().value()));
  };
  const Result result = explore(body, {.budget = {.executions = 500}});
  EXPECT_EQ(result.outcomes, std::set<std::string>{"0"});
}

void hold(const mp::Connection&) { mp::exit_now(0); }

std::set<std::string> seen_at_the_end_of(void (*signal)(mp::Process&)) {
  const auto body = [signal] {
    auto [reader, writer] = mp::Pipe(mp::Duplex::no);
    mp::Process child(mp::fn<&hold>, mp::args(writer), {.name = "child"});
    child.start();
    writer.close();
    try {
      static_cast<void>(reader.recv<int>());
    } catch (const mp::EOFError&) {
    }
    const bool is_alive = child.is_alive();
    signal(child);
    child.join();
    outcome(is_alive ? "alive" : "ended");
    outcome(static_cast<std::int64_t>(child.exitcode().value()));
  };
  return explore(body, {.strategy = "exhaustive", .run = {.granularity = Granularity::os}}).outcomes;
}

TEST(SimProcesses, LetGoOfTheirPipesBeforeTheyHaveEnded) {
  EXPECT_EQ(seen_at_the_end_of([](mp::Process&) {}), (std::set<std::string>{"alive, 0", "ended, 0"}));
}

TEST(SimProcesses, DoNotMindSignalsOnceTheyHaveLetGo) {
  EXPECT_EQ(seen_at_the_end_of([](mp::Process& child) { child.kill(); }),
            (std::set<std::string>{"alive, 0", "ended, 0"}));
}

}  // namespace
}  // namespace heddle
