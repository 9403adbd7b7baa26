// Two groups share a resource: the first of a group takes it, the last gives it back, and the counting lock
// is held while the resource is waited for. 32 switch points, as in the reference
// (carter01), two idle threads included.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

struct Shared {
  mp::Lock counting{{.name = "counting"}};
  mp::Lock resource{{.name = "resource"}};
};

void enter(Shared& shared, mp::RawValue<int>& members) {
  const mp::With held(shared.counting);
  members.value() += 1;
  if (members.value() == 1) shared.resource.acquire();
}

void leave(Shared& shared, mp::RawValue<int>& members) {
  const mp::With held(shared.counting);
  members.value() -= 1;
  if (members.value() == 0) shared.resource.release();
}

void body() {
  Shared shared;
  mp::RawValue<int> reds(0, {.name = "reds"});
  mp::RawValue<int> blues(0, {.name = "blues"});
  const auto visit = [&](mp::RawValue<int>& members) {
    enter(shared, members);
    leave(shared, members);
  };
  Crew crew;
  crew.start("red", [&] { visit(reds); });
  crew.start("blue", [&] { visit(blues); });
  crew.start(2, "idle", [] {});
  crew.join();
}

}  // namespace

Scenario carter() {
  return {.name = "classic/carter",
          .summary = "two groups count their members under the lock that leaving needs as well",
          .body = &body,
          .expected = {{.rule = "deadlock"}}};
}

}  // namespace heddle::classic
