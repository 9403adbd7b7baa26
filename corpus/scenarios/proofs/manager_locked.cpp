// Each process counts a managed entry down under the one Lock. The server's start and each process's
// connection to it, and the end, are not explored: what is proved is about the calls.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <optional>
#include <scenarios/proofs/crew.hpp>
#include <scenarios/proofs/proofs.hpp>
#include <string>

namespace heddle::proofs {
namespace {

using Counts = mp::DictProxy<std::string, int>;

void connect(Counts& counts) {
  const Unexplored set_up;
  counts.size();  // a process's first call makes its connection
}

void decrement(Counts& counts, mp::Lock& lock) {
  connect(counts);
  mp::With held(lock);
  counts["count"] = counts["count"] - 1;
}

constexpr int workers = 2;

void body() {
  std::optional<Unexplored> set_up(std::in_place);
  mp::Manager manager;
  Counts counts = manager.dict<std::string, int>("counts");
  mp::Lock lock({.name = "lock"});
  counts["count"] = 100;
  set_up.reset();
  run_crew<workers>(mp::fn<&decrement>, counts, lock);
  const Unexplored end;
  check(counts["count"] == 100 - workers, "each has counted down by one");
}

}  // namespace

Scenario manager_locked_2() {
  return {.name = "proofs/manager-locked-2",
          .summary = "two processes decrement a managed entry under a Lock",
          .body = &body};
}

}  // namespace heddle::proofs
