// Several processes of one target, started in a loop, kept in a vector and joined in another loop.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <set>
#include <vector>

namespace heddle::tutorial {
namespace {

void square(int number, mp::Queue<int>& squares) { squares.put(number * number); }

void body() {
  constexpr int processes_max = 4;
  mp::Queue<int> squares(0, {.name = "squares"});
  std::vector<mp::Process> processes;
  for (int i = 0; i < processes_max; ++i) processes.emplace_back(mp::fn<&square>, mp::args(i, squares));
  for (mp::Process& process : processes) process.start();
  std::set<int> seen;
  for (int i = 0; i < processes_max; ++i) seen.insert(squares.get());
  for (mp::Process& process : processes) {
    process.join();
    check(process.exitcode() == 0, "each process ends well");
  }
  check(seen == std::set{0, 1, 4, 9}, "each process has its own argument");
}

}  // namespace

Scenario process_many() {
  return {.name = "tutorial/process-many",
          .summary = "four processes started in one loop and joined in another, each with its own argument",
          .body = &body};
}

}  // namespace heddle::tutorial
