// An event that is set and cleared before everybody has seen it.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// A starting shot for two runners: who is not at the line yet has not heard it.
namespace starting_shot {

void run(mp::Event& shot) { shot.wait(); }

template <bool is_fixed>
void body() {
  mp::Event shot({.name = "shot"});
  mp::Process runner_1(mp::fn<&run>, mp::args(shot), {.name = "runner-1"});
  mp::Process runner_2(mp::fn<&run>, mp::args(shot), {.name = "runner-2"});
  runner_1.start();
  runner_2.start();
  shot.set();
  if (!is_fixed) shot.clear();
  runner_1.join();
  runner_2.join();
}

}  // namespace starting_shot

// A clock ticks three times, and a display counts.
namespace ticks {

constexpr int count = 3;

void tick(mp::Event& event) {
  for (int i = 0; i < count; ++i) {
    event.set();
    event.clear();
  }
}

void show(mp::Event& event) {
  for (int i = 0; i < count; ++i) event.wait();
}

// A semaphore keeps ticks that nobody waits for yet.
void tick_fixed(mp::Semaphore& event) {
  for (int i = 0; i < count; ++i) event.release();
}

void show_fixed(mp::Semaphore& event) {
  for (int i = 0; i < count; ++i) event.acquire();
}

void body() {
  mp::Event event({.name = "tick"});
  mp::Thread display([&] { show(event); }, {.name = "display"});
  display.start();
  tick(event);
  display.join();
}

void body_fixed() {
  mp::Semaphore event(0, {.name = "tick"});
  mp::Thread display([&] { show_fixed(event); }, {.name = "display"});
  display.start();
  tick_fixed(event);
  display.join();
}

}  // namespace ticks

// Two workers answer that they have seen the order; main waits for the first answer, or for both.
namespace answered {

void obey(mp::Event& order, mp::Semaphore& answers) {
  order.wait();
  answers.release();
}

template <int answers_needed>
void body() {
  mp::Event order({.name = "order"});
  mp::Semaphore answers(0, {.name = "answers"});
  mp::Process left(mp::fn<&obey>, mp::args(order, answers), {.name = "left"});
  mp::Process right(mp::fn<&obey>, mp::args(order, answers), {.name = "right"});
  left.start();
  right.start();
  order.set();
  for (int i = 0; i < answers_needed; ++i) answers.acquire();
  order.clear();
  left.join();
  right.join();
}

}  // namespace answered

}  // namespace

std::vector<Scenario> event_pulse_missed() {
  const std::vector<ExpectedFinding> caught{{.rule = "event-pulse-missed", .with_harm = true}};
  return {
      {.name = "misuse/event-pulse-missed-1",
       .summary = "an event is set and cleared before two runners have come to wait for it",
       .body = &starting_shot::body<false>,
       .expected = caught},
      {.name = "misuse/event-pulse-missed-1-fixed",
       .summary = "an event is set and stays so, whenever two runners come to wait for it",
       .body = &starting_shot::body<true>},
      {.name = "misuse/event-pulse-missed-2",
       .summary = "a clock ticks by setting and clearing an event, and a thread counts",
       .body = &ticks::body,
       .expected = caught},
      {.name = "misuse/event-pulse-missed-2-fixed",
       .summary = "a clock ticks by releasing a semaphore, and a thread counts",
       .body = &ticks::body_fixed},
      {.name = "misuse/event-pulse-missed-3",
       .summary = "main clears an event when the first of two workers has answered to it",
       .body = &answered::body<1>,
       .expected = caught},
      {.name = "misuse/event-pulse-missed-3-fixed",
       .summary = "main clears an event when both of two workers have answered to it",
       .body = &answered::body<2>},
  };
}

}  // namespace heddle::misuse
