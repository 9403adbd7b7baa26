// Three processes count a managed entry down, each under one Lock. Reading and writing through a proxy are
// two requests, but the Lock makes them one step for everybody who takes it: 97 in every interleaving.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>

namespace heddle::tutorial {
namespace {

using Counts = mp::DictProxy<std::string, int>;

void decrement(Counts& counts, mp::Lock& lock) {
  mp::With held(lock);
  counts["count"] = counts["count"] - 1;
}

void body() {
  mp::Manager manager;
  Counts counts = manager.dict<std::string, int>("counts");
  mp::Lock lock({.name = "lock"});
  counts["count"] = 100;
  mp::Process worker_1(mp::fn<&decrement>, mp::args(counts, lock), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&decrement>, mp::args(counts, lock), {.name = "worker-2"});
  mp::Process worker_3(mp::fn<&decrement>, mp::args(counts, lock), {.name = "worker-3"});
  worker_1.start();
  worker_2.start();
  worker_3.start();
  worker_1.join();
  worker_2.join();
  worker_3.join();
  check(counts["count"] == 97, "three decrements under the lock leave 97");
}

}  // namespace

Scenario manager_locked() {
  return {.name = "tutorial/manager-locked",
          .summary = "three processes decrement a managed entry under a Lock",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
