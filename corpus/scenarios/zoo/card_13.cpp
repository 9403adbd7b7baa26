// Card 13: a handle crosses to a child as the bare number of a descriptor. A forked child has it, a spawned
// one does not.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/token_semaphore.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void eat(TokenSemaphore& table) {
  table.acquire();
  mp::sleep(std::chrono::minutes(20));
  table.release();
}

template <HandleMistake mistake>
void body() {
  TokenSemaphore table(1, mistake);
  const mp::Context spawning = mp::get_context("spawn");
  mp::Process guest = spawning.Process(mp::fn<&eat>, mp::args(table), {.name = "guest"});
  guest.start();
  eat(table);
  guest.join();
}

}  // namespace

Rows card_13() {
  return {
      {.name = "zoo/card-13",
       .summary = "a spawned guest at a table whose semaphore crosses as a descriptor's number",
       .body = &body<HandleMistake::crosses_as_a_number>,
       .expected = {{.rule = "crash"}},
       .granularity = Granularity::os},
      {.name = "zoo/card-13-fixed",
       .summary = "a spawned guest at a table whose semaphore crosses with its descriptors",
       .body = &body<HandleMistake::none>,
       .granularity = Granularity::os},
  };
}

}  // namespace heddle::zoo
