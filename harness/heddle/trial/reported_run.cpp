// See the header.
#include <heddle/api/heddle.hpp>
#include <heddle/trial/reported_run.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

void take_both(mp::Lock& one, mp::Lock& other) {
  one.acquire();
  other.acquire();
  other.release();
  one.release();
}

void in_both_orders() {
  mp::Lock one({.name = "one"});
  mp::Lock other({.name = "other"});
  mp::Thread first([&] { take_both(one, other); }, {.name = "first"});
  mp::Thread second([&] { take_both(other, one); }, {.name = "second"});
  first.start();
  second.start();
  first.join();
  second.join();
}

Result explored(void (*body)(), const std::string& name) {
  Options options;
  options.budget.executions = 200;
  return explore(body, options, name);
}

}  // namespace

ReportRun reported_run() {
  ReportRun run{.command = "heddle gate --budget 200x"};
  run.began = std::chrono::sys_days(std::chrono::year(2026) / 1 / 31) + std::chrono::hours(12);
  run.items.push_back({.scenario = "locks/both-orders",
                       .replay_command = "heddle replay",
                       .result = explored(&in_both_orders, "locks/both-orders"),
                       .declared = Declared{}});
  run.items.push_back({.scenario = "locks/declared",
                       .replay_command = "heddle replay",
                       .result = explored(&in_both_orders, "locks/declared"),
                       .declared = Declared{.rules = {"deadlock", "lock-order-inversion"}, .wrong = {}}});
  run.items.push_back({.scenario = "alone", .result = explored([] { outcome("done"); }, "alone")});
  Result careful;
  careful.verdict = GaveUp{std::string(careful_words)};
  run.items.push_back({.scenario = "words/careful", .result = careful});
  return run;
}

}  // namespace heddle::trial
