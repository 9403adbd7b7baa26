// Waiting for a notification that has been.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// A child waits for its parent's sign and does not ask whether it has been given.
namespace no_question {

void follow(mp::Condition& sign, mp::Value<bool>&) {
  const mp::With held(sign);
  sign.wait();  // the plant
}

void follow_fixed(mp::Condition& sign, mp::Value<bool>& is_given) {
  const mp::With held(sign);
  sign.wait_for([&] { return is_given.value(); });
}

template <auto Follow>
void body() {
  mp::Condition sign({.name = "sign"});
  mp::Value<bool> is_given(false, {.name = "is-given"});
  mp::Process follower(mp::fn<Follow>, mp::args(sign, is_given), {.name = "follower"});
  follower.start();
  {
    const mp::With held(sign);
    is_given.value() = true;
    sign.notify();
  }
  follower.join();
}

}  // namespace no_question

// The question is asked before the lock is taken; the answer may be another by then.
namespace asked_too_early {

void wait_until_loaded(mp::Condition& changed, mp::Value<int>& loaded) {
  if (loaded.value() > 0) return;  // the plant: to save the lock
  const mp::With held(changed);
  changed.wait();
}

void wait_until_loaded_fixed(mp::Condition& changed, mp::Value<int>& loaded) {
  if (loaded.value() > 0) return;
  const mp::With held(changed);
  while (loaded.value() == 0) changed.wait();
}

void load(mp::Condition& changed, mp::Value<int>& loaded) {
  const mp::With held(changed);
  loaded.value() = 1;
  changed.notify_all();
}

template <auto WaitUntilLoaded>
void body() {
  mp::Lock lock({.name = "lock"});
  mp::Condition changed(lock, {.name = "changed"});
  mp::Value<int> loaded(0, {.name = "loaded"});
  mp::Process loader(mp::fn<&load>, mp::args(changed, loaded), {.name = "loader"});
  loader.start();
  WaitUntilLoaded(changed, loaded);
  loader.join();
}

}  // namespace asked_too_early

// The notifier says that something has changed and changes it then.
namespace told_too_early {

struct Door {
  mp::Condition changed{{.name = "changed"}};
  mp::Value<bool> is_open{false, {.name = "is-open"}};
};

void open(Door& door) {
  {
    const mp::With held(door.changed);
    door.changed.notify();  // the plant: it is not open yet
  }
  const mp::With held(door.changed);
  door.is_open.value() = true;
}

void open_fixed(Door& door) {
  const mp::With held(door.changed);
  door.changed.notify();  // nobody wakes before the lock is released
  door.is_open.value() = true;
}

void pass(Door& door) {
  const mp::With held(door.changed);
  if (!door.is_open.value()) door.changed.wait();  // by the only one who opens it
}

template <auto Open>
void body() {
  Door door;
  mp::Thread guest([&] { pass(door); }, {.name = "guest"});
  mp::Thread porter([&] { Open(door); }, {.name = "porter"});
  guest.start();
  porter.start();
  guest.join();
  porter.join();
}

}  // namespace told_too_early

}  // namespace

std::vector<Scenario> lost_wakeup() {
  const std::vector<ExpectedFinding> caught{{.rule = "lost-wakeup"}};
  return {
      {.name = "misuse/lost-wakeup-1",
       .summary = "a child waits for a sign and does not ask whether it has been given",
       .body = &no_question::body<&no_question::follow>,
       .expected = caught},
      {.name = "misuse/lost-wakeup-1-fixed",
       .summary = "a child waits for a sign unless it has been given",
       .body = &no_question::body<&no_question::follow_fixed>},
      {.name = "misuse/lost-wakeup-2",
       .summary = "main asks whether all is loaded before it takes the lock, and waits then",
       .body = &asked_too_early::body<&asked_too_early::wait_until_loaded>,
       .expected = caught},
      {.name = "misuse/lost-wakeup-2-fixed",
       .summary = "main asks whether all is loaded before it takes the lock, and again under it",
       .body = &asked_too_early::body<&asked_too_early::wait_until_loaded_fixed>},
      {.name = "misuse/lost-wakeup-3",
       .summary = "a porter notifies, releases the lock and opens the door then",
       .body = &told_too_early::body<&told_too_early::open>,
       .expected = caught},
      {.name = "misuse/lost-wakeup-3-fixed",
       .summary = "a porter notifies and opens the door before it releases the lock",
       .body = &told_too_early::body<&told_too_early::open_fixed>},
  };
}

}  // namespace heddle::misuse
