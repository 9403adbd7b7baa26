// ten-in-ten-out with three producers and three consumers: executions are short, so a search covers more.
#include <scenarios/tutorial/in_and_out.hpp>
#include <scenarios/tutorial/tutorial.hpp>

namespace heddle::tutorial {
namespace {

void body() { in_and_out(3); }

}  // namespace

Scenario three_in_three_out() {
  return {.name = "tutorial/three-in-three-out",
          .summary = "ten-in-ten-out with three of each, small enough to search long",
          .body = &body,
          .expected = {},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
