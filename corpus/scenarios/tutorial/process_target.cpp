// Four processes with a target, an argument and a name. Two are joined and asked for their exit code, two
// are left to the exit sequence of main, which waits for them.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>

namespace heddle::tutorial {
namespace {

void greet(const std::string& name) {
  check(mp::current_process().name() == name, "a process knows the name it was given");
}

void body() {
  mp::Process first(mp::fn<&greet>, mp::args("first"), {.name = "first"});
  mp::Process second(mp::fn<&greet>, mp::args("second"), {.name = "second"});
  mp::Process third(mp::fn<&greet>, mp::args("third"), {.name = "third"});
  mp::Process fourth(mp::fn<&greet>, mp::args("fourth"), {.name = "fourth"});
  check(!first.exitcode().has_value() && !first.is_alive(), "nothing runs before start()");
  first.start();
  second.start();
  third.start();
  fourth.start();
  first.join();
  second.join();
  check(first.exitcode() == 0 && second.exitcode() == 0, "a target that returns makes exit code 0");
  check(!first.is_alive(), "a joined process is not alive");
}

}  // namespace

Scenario process_target() {
  return {.name = "tutorial/process-target",
          .summary = "four processes with targets and names; two joined, two left to the end of main",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
