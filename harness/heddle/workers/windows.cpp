// See the header. A worker first says what it found in a window and then that it has passed it: whoever sees
// the second sees the first.
#include <sched.h>
#include <sys/mman.h>
#include <time.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstddef>
#include <new>
#include <system_error>

#include <heddle/workers/windows.hpp>

namespace heddle::workers {
namespace {

constexpr std::uint64_t window_least = 16;  // executions
constexpr std::uint64_t growth = 8;         // a window is at least one part in so many of what was done
constexpr std::uint64_t never = UINT64_MAX;
constexpr int looks_before_sleeping = 64;
constexpr long sleep_nanoseconds = 50'000;

std::uint64_t next_end(std::uint64_t end) { return end + std::max(window_least, end / growth); }

std::uint64_t window_of(std::uint64_t made) {
  std::uint64_t window = 0;
  for (std::uint64_t end = window_least; end < made; end = next_end(end)) ++window;
  return window;
}

struct Place {
  std::atomic<std::uint64_t> passed = 0;  // windows
  std::atomic<std::uint64_t> made = 0;
  std::atomic<bool> has_enough = false;
};

}  // namespace

// In memory that the workers share; places follow it.
struct Windows::Shared {
  std::uint32_t count = 0;
  std::atomic<std::uint64_t> enough_in = never;  // the first window in which somebody had enough
  std::atomic<bool> interrupted = false;

  Place* places() { return reinterpret_cast<Place*>(this + 1); }
  static std::size_t bytes(std::uint32_t count) { return sizeof(Shared) + count * sizeof(Place); }

  void found_enough_in(std::uint64_t window) {
    std::uint64_t known = enough_in.load();
    while (window < known && !enough_in.compare_exchange_weak(known, window)) {
    }
  }
  bool all_have_passed(std::uint64_t window) {
    return std::all_of(places(), places() + count, [&](const Place& each) { return each.passed > window; });
  }
};

static_assert(std::atomic<std::uint64_t>::is_always_lock_free, "it works between processes");

Windows::Windows(std::uint32_t workers) {
  void* const memory =
      ::mmap(nullptr, Shared::bytes(workers), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  if (memory == MAP_FAILED) throw std::system_error(errno, std::generic_category(), "memory for workers");
  shared_ = new (memory) Shared;
  shared_->count = workers;
  for (std::uint32_t worker = 0; worker < workers; ++worker) new (shared_->places() + worker) Place;
}

Windows::~Windows() { ::munmap(shared_, Shared::bytes(shared_->count)); }

void Windows::leave(std::uint32_t worker) { shared_->places()[worker].passed = never; }

void Windows::found_enough(std::uint32_t worker, std::uint64_t made) {
  shared_->found_enough_in(window_of(made));
  shared_->places()[worker].has_enough = true;
}

void Windows::interrupt() { shared_->interrupted = true; }
bool Windows::is_interrupted() const { return shared_->interrupted; }

Windows::Sums Windows::sums() const {
  Sums all;
  for (std::uint32_t worker = 0; worker < shared_->count; ++worker) {
    all.made += shared_->places()[worker].made;
    if (shared_->places()[worker].has_enough) ++all.with_enough;
  }
  return all;
}

Member::Member(Windows& windows, std::uint32_t worker, std::uint64_t made)
    : windows_(windows), worker_(worker), end_(window_least) {
  for (; end_ < made; end_ = next_end(end_)) ++window_;
  windows_.shared_->places()[worker_].passed = window_;
}

Heard Member::listen(std::uint64_t made, bool has_enough) {
  Place& place = windows_.shared_->places()[worker_];
  place.made.store(made, std::memory_order_relaxed);
  if (has_enough && !has_told_) tell_of_enough();
  if (made < end_) return Heard::nothing;
  place.passed = window_ + 1;
  const Heard heard = wait_for_others();
  if (heard == Heard::interruption) return heard;
  ++window_;
  end_ = next_end(end_);
  return heard;
}

void Member::tell_of_enough() {
  windows_.shared_->found_enough_in(window_);
  windows_.shared_->places()[worker_].has_enough = true;
  has_told_ = true;
}

// What somebody found in a later window is not heard yet: who comes here later would not have heard it
// either.
Heard Member::wait_for_others() {
  Windows::Shared& shared = *windows_.shared_;
  for (int looks = 0; !shared.all_have_passed(window_); ++looks) {
    if (shared.interrupted) return Heard::interruption;
    if (looks < looks_before_sleeping) {
      ::sched_yield();
    } else {
      const timespec pause{.tv_sec = 0, .tv_nsec = sleep_nanoseconds};
      ::nanosleep(&pause, nullptr);
    }
  }
  return shared.enough_in <= window_ ? Heard::enough : Heard::nothing;
}

}  // namespace heddle::workers
