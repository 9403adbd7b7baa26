// A daemonic process tries to start a process. When it is stopped at the end of main, nobody would be left to
// stop the other, so start() refuses.
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void work() {}

void delegate() {
  mp::Process worker(mp::fn<&work>, {.name = "worker"});
  worker.start();
  worker.join();
}

void body() {
  mp::Process background(mp::fn<&delegate>, {.name = "background", .daemon = true});
  background.start();
  background.join();
}

}  // namespace

Scenario daemon_with_children() {
  return {.name = "tutorial/daemon-with-children",
          .summary = "a daemonic process starts a process, which is refused",
          .body = &body,
          .expected = {{.rule = "daemon-with-children"}}};
}

}  // namespace heddle::tutorial
