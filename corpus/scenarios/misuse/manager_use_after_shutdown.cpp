// Proxies that outlive their server: a function that returns one of a manager of its own, workers that are
// joined when the manager is gone, a monitor that looks once more. Mended by a manager that lives as long as
// its proxies, and by ending whoever uses them first.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_state.hpp>
#include <scenarios/misuse/team.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using Totals = mp::DictProxy<std::string, int>;

void buy(Totals& totals) { totals["pears"] = 3; }

Totals go_shopping(mp::Manager& manager) {
  Totals totals = manager.dict<std::string, int>("totals");
  mp::Process buyer(mp::fn<&buy>, mp::args(totals), {.name = "buyer"});
  buyer.start();
  buyer.join();
  return totals;
}

Totals go_shopping() {
  mp::Manager manager;
  return go_shopping(manager);
}

void totals_of_a_function() {
  const Totals totals = go_shopping();
  check(totals.at("pears") == 3, "three were bought");
}

void totals_of_a_manager() {
  mp::Manager manager;
  const Totals totals = go_shopping(manager);
  check(totals.at("pears") == 3, "three were bought");
}

using Lines = mp::ListProxy<std::string>;

void log_line(Lines& lines) { lines.append("done"); }

void start_loggers(Team& team, Lines& lines) {
  team.start("worker-1", mp::fn<&log_line>, mp::args(lines));
  team.start("worker-2", mp::fn<&log_line>, mp::args(lines));
}

void joined_outside() {
  Team team;
  {
    mp::Manager manager;
    Lines lines = manager.list<std::string>("lines");
    start_loggers(team, lines);
  }
  team.join();
}

void joined_inside() {
  mp::Manager manager;
  Lines lines = manager.list<std::string>("lines");
  Team team;
  start_loggers(team, lines);
  team.join();
  check(lines.size() == 2, "each worker has written its line");
}

enum class Last { server, monitor };

template <Last last>
void monitored() {
  mp::Manager manager;
  mp::QueueProxy<int> tasks = manager.Queue<int>(0, "tasks");
  mp::Event done({.name = "done"});
  mp::Thread monitor(
      [&] {
        do outcome(tasks.qsize());
        while (!done.wait(std::chrono::seconds(1)));
        outcome(tasks.qsize());  // the last word
      },
      {.name = "monitor"});
  monitor.start();
  tasks.put(1);
  tasks.get();
  if (last == Last::monitor) manager.shutdown();
  done.set();
  monitor.join();
  if (last == Last::server) manager.shutdown();
}

}  // namespace

std::vector<Scenario> manager_use_after_shutdown() {
  const std::vector<ExpectedFinding> gone = {{.rule = "manager-use-after-shutdown"}};
  return {
      {.name = "misuse/manager-use-after-shutdown-1",
       .summary = "a function returns a proxy of a manager that ends with the function",
       .body = &totals_of_a_function,
       .expected = gone},
      {.name = "misuse/manager-use-after-shutdown-1-fixed",
       .summary = "a function returns a proxy of its caller's manager",
       .body = &totals_of_a_manager},
      {.name = "misuse/manager-use-after-shutdown-2",
       .summary = "workers append to a managed list and are joined when the manager has gone out of scope",
       .body = &joined_outside,
       .expected = gone},
      {.name = "misuse/manager-use-after-shutdown-2-fixed",
       .summary = "workers append to a managed list and are joined before the manager goes out of scope",
       .body = &joined_inside},
      {.name = "misuse/manager-use-after-shutdown-3",
       .summary = "a thread that shows the size of a managed queue is stopped after the manager",
       .body = &monitored<Last::monitor>,
       .expected = gone},
      {.name = "misuse/manager-use-after-shutdown-3-fixed",
       .summary = "a thread that shows the size of a managed queue is stopped before the manager",
       .body = &monitored<Last::server>},
  };
}

}  // namespace heddle::misuse
