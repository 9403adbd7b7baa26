// A daemon that sleeps for a second while main ends: main does not wait for it but terminates it, so what
// it has to say after its sleep is never said.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void work_slowly() {
  mp::sleep(std::chrono::seconds(1));
  outcome("the daemon speaks");
}

void body() {
  mp::Process background(mp::fn<&work_slowly>, {.name = "background", .daemon = true});
  background.start();
  outcome("main ends");
}

}  // namespace

Scenario daemon_cut_off() {
  return {.name = "tutorial/daemon-cut-off",
          .summary = "a daemon is stopped in its sleep when main ends",
          .body = &body,
          .expected = {},
          .outcomes = {"main ends"}};
}

}  // namespace heddle::tutorial
