// Raw shared memory touched by two processes at once: parts of an image that overlap by one pixel, settings
// that are read while they are written, a Value that is changed past its lock. Mended by parts that do not
// overlap, and by the lock taken on both sides.
#include <cstdint>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_state.hpp>
#include <scenarios/misuse/team.hpp>
#include <vector>

namespace heddle::misuse {
namespace {

constexpr int pixels_max = 4;

void brighten(mp::SharedMemory& image, int first, int last) {
  const mp::SharedMemoryView pixels = image.buf();
  for (int i = first; i < last; ++i) pixels[i] += std::uint8_t{16};
}

template <int overlap>
void image_in_two_parts() {
  mp::SharedMemory image = mp::SharedMemory::create(pixels_max);
  Team team;
  team.start("upper", mp::fn<&brighten>, mp::args(image, 0, pixels_max / 2 + overlap));
  team.start("lower", mp::fn<&brighten>, mp::args(image, pixels_max / 2, pixels_max));
  team.join();
  outcome(image.buf()[pixels_max / 2]);
  image.close();
  image.unlink();
}

void change_settings(mp::ShareableList& settings, mp::Lock& lock) {
  const mp::With held(lock);
  settings.set(0, "https");
  settings.set(1, 443);
}

void read_settings(mp::ShareableList& settings, mp::Lock&) {
  const mp::ShareableItem scheme = settings.get(0);
  const bool is_secure = settings.get(1) == mp::ShareableItem(443);
  outcome(is_secure == (scheme == mp::ShareableItem("https")) ? "whole" : "half");
}

void read_settings_locked(mp::ShareableList& settings, mp::Lock& lock) {
  const mp::With held(lock);
  read_settings(settings, lock);
}

template <auto read>
void settings_changed() {
  mp::ShareableList settings(std::vector<mp::ShareableItem>{"http ", 80});
  mp::Lock lock({.name = "lock"});
  Team team;
  team.start("administrator", mp::fn<&change_settings>, mp::args(settings, lock));
  team.start("server", mp::fn<read>, mp::args(settings, lock));
  team.join();
  settings.close();
  settings.shm().unlink();
}

void count_visitor(mp::Value<int>& visitors) { visitors.get_obj().value() += 1; }

void count_visitor_locked(mp::Value<int>& visitors) {
  const mp::With held(visitors.get_lock());
  visitors.get_obj().value() += 1;
}

template <auto count>
void two_doors() {
  mp::Value<int> visitors(0, {.name = "visitors"});
  Team team;
  team.start("front-door", mp::fn<count>, mp::args(visitors));
  team.start("back-door", mp::fn<count>, mp::args(visitors));
  team.join();
  outcome(visitors.value());
}

}  // namespace

std::vector<Scenario> shared_memory_race() {
  return {
      {.name = "misuse/shared-memory-race-1",
       .summary = "two processes brighten parts of an image in shared memory that overlap by one pixel",
       .body = &image_in_two_parts<1>,
       .expected = {{.rule = "shared-memory-race", .with_harm = true}}},
      {.name = "misuse/shared-memory-race-1-fixed",
       .summary = "two processes brighten the two halves of an image in shared memory",
       .body = &image_in_two_parts<0>,
       .outcomes = {"16"}},
      {.name = "misuse/shared-memory-race-2",
       .summary = "a ShareableList of settings is changed under a Lock and read without it",
       .body = &settings_changed<&read_settings>,
       .expected = {{.rule = "shared-memory-race"}}},
      {.name = "misuse/shared-memory-race-2-fixed",
       .summary = "a ShareableList of settings is changed and read under a Lock",
       .body = &settings_changed<&read_settings_locked>,
       .outcomes = {"whole"}},
      {.name = "misuse/shared-memory-race-3",
       .summary = "two processes count in a Value past its lock, by get_obj()",
       .body = &two_doors<&count_visitor>,
       .expected = {{.rule = "shared-memory-race", .with_harm = true}}},
      {.name = "misuse/shared-memory-race-3-fixed",
       .summary = "two processes count in a Value by get_obj() with its lock in hand",
       .body = &two_doors<&count_visitor_locked>,
       .outcomes = {"2"}},
  };
}

}  // namespace heddle::misuse
