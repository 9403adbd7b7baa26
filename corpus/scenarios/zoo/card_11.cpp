// Card 11: a waiter that was woken looks at the flag again, which was cleared meanwhile, and says that the
// event was not set.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/remembering_event.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void run(RememberingEvent& gate) { check(gate.wait(), "a runner leaves the gate when it was opened"); }

// The gate is opened for a moment, when both runners stand at it.
template <EventMistake mistake>
void body() {
  RememberingEvent gate(mistake);
  mp::Process runner_1(mp::fn<&run>, mp::args(gate), {.name = "runner-1"});
  mp::Process runner_2(mp::fn<&run>, mp::args(gate), {.name = "runner-2"});
  runner_1.start();
  runner_2.start();
  while (gate.waiting() < 2) mp::sleep(std::chrono::milliseconds(10));
  gate.set();
  gate.clear();
  runner_1.join();
  runner_2.join();
}

}  // namespace

Rows card_11() {
  return {
      {.name = "zoo/card-11",
       .summary = "a gate is opened for a moment, and a runner that wakes looks whether it is open",
       .body = &body<EventMistake::reads_the_flag_again>,
       .expected = {{.rule = "assertion"}}},
      {.name = "zoo/card-11-fixed",
       .summary = "a gate is opened for a moment, and a runner that wakes knows that it was opened",
       .body = &body<EventMistake::none>},
  };
}

}  // namespace heddle::zoo
