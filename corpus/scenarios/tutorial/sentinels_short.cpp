// sentinels-enough with two consumers and a single None: whichever consumer takes it ends, the other one
// waits in get() for ever, and main with it.
#include <scenarios/tutorial/sentinels.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void body() { sentinels(2, 1); }

}  // namespace

Scenario sentinels_short() {
  return {.name = "tutorial/sentinels-short",
          .summary = "two consumers but one None: one of them waits for ever",
          .body = &body,
          .expected = {{.rule = "sentinel-shortage"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
