// Inputs of a fuzzer as executions: what is kept, what is not, and that what is kept can be replayed.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <heddle/api/fuzz.hpp>
#include <heddle/core/random.hpp>
#include <heddle/core/suppressions_text.hpp>
#include <heddle/trial/trial.hpp>
#include <vector>

namespace {
std::array<std::uint8_t, 1'024> counters{};
}  // namespace

// What a fuzzer is linked with.
extern "C" std::uint8_t* heddle_interleaving_counters(std::size_t* count) {
  *count = counters.size();
  return counters.data();
}

namespace heddle {
namespace {

using Bytes = std::vector<std::uint8_t>;

void take_both(mp::Lock& one, mp::Lock& other) {
  const mp::With first(one);
  const mp::With second(other);
}

void abba() {
  mp::Lock a({.name = "a"});
  mp::Lock b({.name = "b"});
  mp::Process there(mp::fn<&take_both>, mp::args(a, b), {.name = "a-then-b"});
  mp::Process back(mp::fn<&take_both>, mp::args(b, a), {.name = "b-then-a"});
  there.start();
  back.start();
  there.join();
  back.join();
}

void one_order() {
  mp::Lock a({.name = "a"});
  mp::Lock b({.name = "b"});
  mp::Process one(mp::fn<&take_both>, mp::args(a, b), {.name = "one"});
  mp::Process other(mp::fn<&take_both>, mp::args(a, b), {.name = "other"});
  one.start();
  other.start();
  one.join();
  other.join();
}

void add_one(mp::Value<int>& counter) { counter.value() += 1; }

void unlocked() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker(mp::fn<&add_one>, mp::args(counter), {.name = "worker"});
  worker.start();
  add_one(counter);
  worker.join();
}

void poll(mp::Event& event) {
  while (!event.is_set()) {
  }
}

void polled() {
  mp::Event event({.name = "event"});
  mp::Process poller(mp::fn<&poll>, mp::args(event), {.name = "poller"});
  poller.start();
  event.set();
  poller.join();
}

Bytes drawn(std::uint64_t seed) {
  Random random(seed);
  Bytes bytes(random.below(60));
  for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random.next());
  return bytes;
}

/// The first of some inputs that is kept.
std::optional<Result> search_inputs(void (*program)(), const FuzzOptions& options = {}) {
  Fuzzing fuzzing(options);
  for (std::uint64_t seed = 0; seed < 500; ++seed)
    if (std::optional<Result> result = fuzzing.run(program, drawn(seed))) return result;
  return std::nullopt;
}

TEST(Fuzz, KeepsAnInputThatDeadlocks) {
  const std::optional<Result> result = search_inputs(&abba);
  ASSERT_TRUE(result);
  EXPECT_EQ(trial::rules_of(*result), trial::Names{"deadlock"});
}

TEST(Fuzz, KeepsNoInputOfACorrectProgram) { EXPECT_FALSE(search_inputs(&one_order)); }

TEST(Fuzz, LetsNobodySpinWhereTheInputHasEnded) {
  EXPECT_FALSE(search_inputs(&polled, {.run = {.steps_max = 5'000}}));
  Fuzzing fuzzing({.run = {.steps_max = 5'000}});
  fuzzing.run(&polled, {});
  EXPECT_LT(fuzzing.choices(), 1'000U);
}

TEST(Fuzz, GivesAMinimalTapeThatReplays) {
  const std::optional<Result> result = search_inputs(&abba);
  ASSERT_TRUE(result);
  const Failure& failure = std::get<Failed>(result->verdict).failures.at(0);
  EXPECT_LE(failure.tape.entries.size(), 3U);
  const Token token{.scenario = "program", .run = failure.run, .tape = failure.tape};
  EXPECT_EQ(trial::rules_of(replay(&abba, token)), trial::Names{"deadlock"});
}

TEST(Fuzz, KeepsPredictionsUnlessToldNotTo) {
  Fuzzing keeping({});
  const std::optional<Result> kept = keeping.run(&unlocked, {});
  ASSERT_TRUE(kept);
  EXPECT_EQ(trial::rules_of(*kept), trial::Names{"unlocked-shared-value"});
  EXPECT_EQ(std::get<Failed>(kept->verdict).failures.at(0).finding.harm, Harm::seen)
      << "damage is looked for at granularity os";
  Fuzzing waiting({.keeps_predictions = false});
  EXPECT_FALSE(waiting.run(&unlocked, {}));
}

void keep(mp::Lock& lock) { lock.acquire(); }

/// Ends with a lock held, which is a warning.
void kept() {
  mp::Lock lock({.name = "lock"});
  mp::Process keeper(mp::fn<&keep>, mp::args(lock), {.name = "keeper"});
  keeper.start();
  keeper.join();
}

TEST(Fuzz, KeepsWarningsIfToldTo) {
  Fuzzing indulgent({});
  EXPECT_FALSE(indulgent.run(&kept, {}));
  Fuzzing strict({.keeps_warnings = true});
  const std::optional<Result> result = strict.run(&kept, {});
  ASSERT_TRUE(result);
  EXPECT_EQ(trial::rules_of(*result), trial::Names{"lock-held-at-exit"});
}

/// Decides by how often it was run.
void forgetful() {
  static int runs = 0;
  ++runs;
  mp::Event event({.name = "event"});
  if (runs % 2 == 0) event.set();
}

TEST(Fuzz, TellsAProgramThatIsNotTheSameTwiceIfAsked) {
  Fuzzing trusting({});
  EXPECT_FALSE(trusting.run(&forgetful, {}));
  Fuzzing checking({.checks_determinism = true});
  const std::optional<Result> result = checking.run(&forgetful, {});
  ASSERT_TRUE(result);
  EXPECT_TRUE(std::holds_alternative<Broken>(result->verdict));
  EXPECT_FALSE(checking.run(&one_order, {}));
}

TEST(Fuzz, RunsAnInputInAWayOfItsOwn) {
  Fuzzing fuzzing({});
  fuzzing.run(&one_order, {});
  const std::size_t choices = fuzzing.choices();
  fuzzing.run(&one_order, {}, {.granularity = Granularity::os});
  EXPECT_GT(fuzzing.choices(), choices);
}

/// Waits for what nobody does.
void forsaken() {
  mp::Semaphore never(0, {.name = "never"});
  never.acquire();
}

TEST(Fuzz, DoesNotSearchWhatASuppressedFindingExplains) {
  FuzzOptions options;
  options.suppressions.lines.push_back({.rule = "deadlock", .pattern = "*", .reason = "on purpose"});
  EXPECT_FALSE(Fuzzing(options).run(&forsaken, {}));
  EXPECT_TRUE(Fuzzing({}).run(&forsaken, {}));
}

TEST(Fuzz, KeepsNothingThatIsSuppressed) {
  const Date today{std::chrono::year(2026), std::chrono::month(1), std::chrono::day(1)};
  FuzzOptions options;
  options.suppressions = read_suppressions("deadlock:* a known one", "known.txt", today).value();
  EXPECT_FALSE(search_inputs(&abba, options));
}

TEST(Fuzz, CountsHandOversBetweenTasks) {
  counters.fill(0);
  Fuzzing fuzzing({});
  fuzzing.run(&one_order, {});
  const auto before = counters;
  EXPECT_GT(std::ranges::count_if(before, [](std::uint8_t counter) { return counter != 0; }), 0);
  counters.fill(0);
  fuzzing.run(&one_order, Bytes{1, 1, 1, 1, 1, 1});
  EXPECT_NE(counters, before) << "another order of the two is other coverage";
  counters.fill(0);
  Fuzzing({.has_interleavings = false}).run(&one_order, {});
  EXPECT_EQ(std::ranges::count(counters, 0), static_cast<std::ptrdiff_t>(counters.size()));
}

TEST(Fuzz, ReportsTheLineThatReplays) {
  const std::optional<Result> result = search_inputs(&abba, {.name = "abba"});
  ASSERT_TRUE(result);
  const std::string report = fuzz_report(*result, {.name = "abba"}, "build/abba_fuzz");
  const std::size_t at = report.find("HEDDLE_REPLAY=h1-");
  ASSERT_NE(at, std::string::npos) << report;
  const std::string line = report.substr(at, report.find('\n', at) - at);
  EXPECT_TRUE(line.ends_with(" build/abba_fuzz")) << line;
  const std::size_t token = line.find("h1-");
  EXPECT_TRUE(read_token(line.substr(token, line.find(' ') - token)));
}

TEST(FuzzDeathTest, AbortsWithTheReportAndReplaysItsToken) {
  Bytes found;
  Fuzzing fuzzing({.name = "abba"});
  for (std::uint64_t seed = 0; found.empty(); ++seed)
    if (fuzzing.run(&abba, drawn(seed))) found = drawn(seed);
  EXPECT_DEATH(fuzz(&abba, found, {.name = "abba"}), "deadlock.*HEDDLE_REPLAY=h1-");
  const std::optional<Result> result = fuzzing.run(&abba, found);
  const Failure& failure = std::get<Failed>(result->verdict).failures.at(0);
  const Token token{.scenario = "abba", .run = failure.run, .tape = failure.tape};
  const auto replayed = [&] {
    ::setenv("HEDDLE_REPLAY", write_token(token).c_str(), 1);
    fuzz(&abba, {}, {.name = "abba"});
  };
  EXPECT_EXIT(replayed(), testing::ExitedWithCode(1), "deadlock");
}

}  // namespace
}  // namespace heddle
