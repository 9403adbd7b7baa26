// Sleeps that stand for an order: main shows a result when it will be there, a server reads its settings when
// they will have been made, main empties a queue when everything will be in it. Mended by join(), by an
// event, by getting as many items as there are.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

void compute(mp::Value<int>& result) { result.value() = 42; }

void wait_a_second(mp::Process&) { mp::sleep(1s); }
void wait_for_the_end(mp::Process& computer) { computer.join(); }

template <auto wait>
void result_shown() {
  mp::Value<int> result(0, {.name = "result"});
  mp::Process computer(mp::fn<&compute>, mp::args(result), {.name = "computer"});
  computer.start();
  wait(computer);
  outcome(result.value());
  computer.join();
}

using Settings = mp::DictProxy<std::string, int>;

void warm_up(mp::Event&) { mp::sleep(500ms); }
void wait_for_settings(mp::Event& made) { made.wait(); }

template <auto wait>
void serve(Settings& settings, mp::Event& made) {
  wait(made);
  outcome(settings.get("port", 80));
}

template <auto wait>
void settings_read() {
  mp::Manager manager;
  Settings settings = manager.dict<std::string, int>("settings");
  mp::Event made({.name = "made"});
  mp::Process server(mp::fn<&serve<wait>>, mp::args(settings, made), {.name = "server"});
  server.start();
  settings.set("port", 443);
  made.set();
  server.join();
}

void find(mp::Queue<int>& found, int treasure) { found.put(treasure); }

int sum_in_a_while(mp::Queue<int>& found) {
  int sum = 0;
  mp::sleep(2s);
  for (int left = found.qsize(); left > 0; --left) sum += found.get();
  return sum;
}

int sum_of_two(mp::Queue<int>& found) {
  const int first = found.get();
  return first + found.get();
}

template <auto sum_up>
void treasures() {
  mp::Queue<int> found(0, {.name = "found"});
  mp::Process diver_1(mp::fn<&find>, mp::args(found, 3), {.name = "diver-1"});
  mp::Process diver_2(mp::fn<&find>, mp::args(found, 4), {.name = "diver-2"});
  diver_1.start();
  diver_2.start();
  outcome(sum_up(found));
  diver_1.join();
  diver_2.join();
}

}  // namespace

std::vector<Scenario> sleep_as_synchronisation() {
  const std::vector<ExpectedFinding> guessed = {{.rule = "sleep-as-synchronisation"}};
  return {
      {.name = "misuse/sleep-as-synchronisation-1",
       .summary = "main shows what a process has computed after a second",
       .body = &result_shown<&wait_a_second>,
       .expected = guessed},
      {.name = "misuse/sleep-as-synchronisation-1-fixed",
       .summary = "main shows what a process has computed after joining it",
       .body = &result_shown<&wait_for_the_end>,
       .outcomes = {"42"}},
      {.name = "misuse/sleep-as-synchronisation-2",
       .summary = "a server reads a managed setting when it has slept, and main makes it meanwhile",
       .body = &settings_read<&warm_up>,
       .expected = guessed},
      {.name = "misuse/sleep-as-synchronisation-2-fixed",
       .summary = "a server reads a managed setting when main has set an Event",
       .body = &settings_read<&wait_for_settings>,
       .outcomes = {"443"}},
      {.name = "misuse/sleep-as-synchronisation-3",
       .summary = "main sleeps and then gets as many items from a Queue as are in it",
       .body = &treasures<&sum_in_a_while>,
       .expected = guessed},
      {.name = "misuse/sleep-as-synchronisation-3-fixed",
       .summary = "main gets as many items from a Queue as are put",
       .body = &treasures<&sum_of_two>,
       .outcomes = {"7"}},
  };
}

}  // namespace heddle::misuse
