// Joining a producer before getting what it put: fine with a short item, for ever with a long one.
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>

namespace heddle::tutorial {
namespace {

constexpr std::size_t item_bytes = 1'000'000;

void put_much(mp::Queue<std::string>& results) { results.put(std::string(item_bytes, 'x')); }

void body() {
  mp::Queue<std::string> results(0, {.name = "results"});
  mp::Process producer(mp::fn<&put_much>, mp::args(results), {.name = "producer"});
  producer.start();
  producer.join();
  results.get();
}

}  // namespace

Scenario join_before_drain() {
  return {.name = "tutorial/join-before-drain",
          .summary = "a producer of 1 MB is joined before anybody gets it",
          .body = &body,
          .expected = {{.rule = "join-before-drain"}}};
}

}  // namespace heddle::tutorial
