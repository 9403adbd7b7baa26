// Programs that try for ever: main asks whether a server is ready that has ended, a consumer comes back for
// an item that nobody puts, two processes raise a flag each and wait for the other's to come down. Mended by
// asking as well whether the server lives, by a last item, by a lock.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/misuse/misuse_processes.hpp>
#include <scenarios/misuse/team.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

void serve(mp::Event& ready, int port) {
  if (port == 0) mp::exit(2);
  ready.set();
}

template <bool looks_after_it>
void server_awaited() {
  mp::Event ready({.name = "ready"});
  mp::Process server(mp::fn<&serve>, mp::args(ready, 0), {.name = "server"});
  server.start();
  while (!ready.is_set() && (!looks_after_it || server.is_alive())) mp::sleep(10ms);
  server.join();
  outcome(server.exitcode().value_or(0));
}

using Numbers = mp::Queue<std::optional<int>>;

void put_the_positive(Numbers& numbers, bool ends) {
  for (const int number : {3, -1, 5})
    if (number > 0) numbers.put(number);
  if (ends) numbers.put(std::nullopt);
}

// Of three numbers.
int sum_of_three(Numbers& numbers) {
  int sum = 0;
  for (int received = 0; received < 3;) {
    try {
      sum += numbers.get_nowait().value_or(0);
      ++received;
    } catch (const mp::Empty&) {
      mp::sleep(1ms);
    }
  }
  return sum;
}

template <bool ends>
void three_numbers() {
  Numbers numbers(0, {.name = "numbers"});
  mp::Process producer(mp::fn<&put_the_positive>, mp::args(numbers, ends), {.name = "producer"});
  producer.start();
  outcome(sum_of_three(numbers));
  producer.join();
}

// Nobody crosses while the other is about to.
void cross_by_flags(mp::Event& mine, mp::Event& yours, mp::Lock&) {
  mine.set();
  while (yours.is_set()) mp::sleep(1ms);
  mine.clear();
}

void cross_by_lock(mp::Event& mine, mp::Event&, mp::Lock& bridge) {
  const mp::With held(bridge);
  mine.set();
  mine.clear();
}

template <auto cross>
void narrow_bridge() {
  mp::Event left({.name = "left"});
  mp::Event right({.name = "right"});
  mp::Lock bridge({.name = "bridge"});
  Team team;
  team.start("goat-1", mp::fn<cross>, mp::args(left, right, bridge));
  team.start("goat-2", mp::fn<cross>, mp::args(right, left, bridge));
  team.join();
}

}  // namespace

std::vector<Scenario> livelock() {
  const std::vector<ExpectedFinding> stuck = {{.rule = "livelock"}};
  return {
      {.name = "misuse/livelock-1",
       .summary = "main polls an Event that a server would set which has ended",
       .body = &server_awaited<false>,
       .expected = stuck},
      {.name = "misuse/livelock-1-fixed",
       .summary = "main polls an Event and whether the server is alive that would set it",
       .body = &server_awaited<true>,
       .outcomes = {"2"}},
      {.name = "misuse/livelock-2",
       .summary = "main comes back for the third number of a producer that leaves one out",
       .body = &three_numbers<false>,
       .expected = stuck},
      {.name = "misuse/livelock-2-fixed",
       .summary = "main comes back for the third item of a producer that puts two numbers and None",
       .body = &three_numbers<true>,
       .outcomes = {"8"}},
      {.name = "misuse/livelock-3",
       .summary = "two goats set an Event each and poll the other's until it is cleared",
       .body = &narrow_bridge<&cross_by_flags>,
       .expected = stuck},
      {.name = "misuse/livelock-3-fixed",
       .summary = "two goats cross a bridge under a Lock and set an Event each",
       .body = &narrow_bridge<&cross_by_lock>},
  };
}

}  // namespace heddle::misuse
