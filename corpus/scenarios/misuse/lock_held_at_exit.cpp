// Ending with a lock that nobody asks for any more, this time.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>
#include <stdexcept>

namespace heddle::misuse {
namespace {

// A worker that finds everything up to date returns from the middle of its work.
namespace up_to_date {

void refresh(mp::Lock& lock, mp::RawValue<int>& version) {
  lock.acquire();
  if (version.value() == 1) return;  // the plant
  version.value() = 1;
  lock.release();
}

void refresh_fixed(mp::Lock& lock, mp::RawValue<int>& version) {
  const mp::With held(lock);
  if (version.value() != 1) version.value() = 1;
}

template <auto Refresh>
void body() {
  mp::Lock index_lock({.name = "index-lock"});
  mp::Lock cache_lock({.name = "cache-lock"});
  mp::RawValue<int> index_version(0, {.name = "index-version"});
  mp::RawValue<int> cache_version(1, {.name = "cache-version"});
  mp::Process index(mp::fn<Refresh>, mp::args(index_lock, index_version), {.name = "index"});
  mp::Process cache(mp::fn<Refresh>, mp::args(cache_lock, cache_version), {.name = "cache"});
  index.start();
  cache.start();
  index.join();
  cache.join();
}

}  // namespace up_to_date

// An RLock is acquired on two levels, and released on one. Who else wants it does not wait for it.
namespace one_level_left {

void write(mp::RLock& file) {
  file.acquire();
  file.acquire();  // the plant: once for each of two lines
  file.release();
}

void write_fixed(mp::RLock& file) {
  file.acquire();
  file.acquire();
  file.release();
  file.release();
}

void write_if_free(mp::RLock& file) {
  if (file.acquire(false)) file.release();
}

template <auto Write>
void body() {
  mp::RLock file({.name = "file"});
  mp::Process writer(mp::fn<Write>, mp::args(file), {.name = "writer"});
  mp::Process other(mp::fn<&write_if_free>, mp::args(file), {.name = "other"});
  writer.start();
  other.start();
  writer.join();
  other.join();
}

}  // namespace one_level_left

// An exception leads past the release to the end of the process, which handles it there.
namespace past_the_release {

void parse(int text) {
  if (text < 0) throw std::invalid_argument("no number");
}

void load(mp::Value<int>& setting, int text) {
  try {
    setting.acquire();
    parse(text);
    setting.value() = text;
    setting.release();
  } catch (const std::invalid_argument&) {
    // It stays as it is: the lock too, which is the plant.
  }
}

void load_fixed(mp::Value<int>& setting, int text) {
  try {
    const mp::With held(setting);
    parse(text);
    setting.value() = text;
  } catch (const std::invalid_argument&) {
  }
}

template <auto Load>
void body() {
  mp::Value<int> width(0, {.name = "width"});
  mp::Value<int> height(0, {.name = "height"});
  mp::Process good(mp::fn<Load>, mp::args(width, 1), {.name = "good"});
  mp::Process bad(mp::fn<Load>, mp::args(height, -1), {.name = "bad"});
  good.start();
  bad.start();
  good.join();
  bad.join();
}

}  // namespace past_the_release

}  // namespace

std::vector<Scenario> lock_held_at_exit() {
  const std::vector<ExpectedFinding> caught{{.rule = "lock-held-at-exit"}};
  return {
      {.name = "misuse/lock-held-at-exit-1",
       .summary = "a worker that finds its data up to date returns with their lock",
       .body = &up_to_date::body<&up_to_date::refresh>,
       .expected = caught},
      {.name = "misuse/lock-held-at-exit-1-fixed",
       .summary = "a worker that finds its data up to date releases their lock",
       .body = &up_to_date::body<&up_to_date::refresh_fixed>},
      {.name = "misuse/lock-held-at-exit-2",
       .summary = "a process acquires an RLock twice, releases it once and ends",
       .body = &one_level_left::body<&one_level_left::write>,
       .expected = caught},
      {.name = "misuse/lock-held-at-exit-2-fixed",
       .summary = "a process acquires an RLock twice, releases it twice and ends",
       .body = &one_level_left::body<&one_level_left::write_fixed>},
      {.name = "misuse/lock-held-at-exit-3",
       .summary = "an exception that is handled leads past the release of a Value's lock",
       .body = &past_the_release::body<&past_the_release::load>,
       .expected = caught},
      {.name = "misuse/lock-held-at-exit-3-fixed",
       .summary = "an exception that is handled releases a Value's lock on the way",
       .body = &past_the_release::body<&past_the_release::load_fixed>},
  };
}

}  // namespace heddle::misuse
