// Catch2 tests of programs that are explored: a test asks heddle::explore for a result and says what it
// should be. Where it is otherwise, the report is shown with it, and its last line runs that interleaving
// again.
#include <catch2/catch.hpp>
#include <cstdio>
#include <heddle/api/heddle.hpp>
#include <heddle/api/text_report.hpp>
#include <mp/multiprocessing.hpp>
#include <string>

namespace {

void increment(mp::Value<int>& counter) { counter.value() += 1; }

void increment_locked(mp::Value<int>& counter) {
  mp::With held(counter.get_lock());
  counter.value() += 1;
}

/// The program: its body's own assertions are heddle's, for each of a thousand executions comes by them.
template <void (*step)(mp::Value<int>&)>
void count_by_two() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker(mp::fn<step>, mp::args(counter), {.name = "worker"});
  worker.start();
  step(counter);
  worker.join();
  heddle::check(counter.value() == 2, "two increments make 2");
}

/// Prints the report, as it is: Catch2 would break the line to paste. That names the token first,
/// HEDDLE_REPLAY=h1-... examples/counter_catch2
void show(const heddle::Result& result, const std::string& name) {
  const std::string command = "HEDDLE_REPLAY";
  std::string text = heddle::text_report(result, {.scenario = name, .replay_command = command});
  if (const std::size_t at = text.rfind(command + " "); at != std::string::npos) {
    text[at + command.size()] = '=';
    text.insert(text.find_last_not_of('\n') + 1, " examples/counter_catch2");
  }
  std::fputs(text.c_str(), stdout);
}

TEST_CASE("two increments under the lock make 2") {
  const heddle::Result result = heddle::explore(&count_by_two<&increment_locked>, {}, "locked");
  const bool has_passed = std::holds_alternative<heddle::Passed>(result.verdict);
  if (!has_passed) show(result, "locked");
  CHECK(has_passed);
}

TEST_CASE("of two increments without the lock one is lost") {
  const heddle::Result result = heddle::explore(&count_by_two<&increment>, {}, "unlocked");
  show(result, "unlocked");
  REQUIRE(std::holds_alternative<heddle::Failed>(result.verdict));
  const heddle::Failure& failure = std::get<heddle::Failed>(result.verdict).failures.front();
  CHECK(failure.finding.rule == "unlocked-shared-value");
}

}  // namespace
