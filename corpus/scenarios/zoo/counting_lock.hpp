// A recursive lock over a Semaphore, which keeps in its process who holds it there and how often: a holder
// that acquires again only counts.
//
// What has to hold: what a process remembers is about itself. A forked child has a copy of all that its
// parent remembers, and its first thread has the identity of the one that forked.
#pragma once

#include <mp/multiprocessing.hpp>
#include <utility>

namespace heddle::zoo {

enum class OwnerMistake : std::uint8_t { none, outlives_the_fork };

class CountingLock {
 public:
  explicit CountingLock(OwnerMistake mistake) : CountingLock(mp::Semaphore(1, {.name = "lock"}), mistake) {}

  void acquire(bool = true, mp::Timeout = std::nullopt, mp::Location where = mp::Location::current()) {
    if (!is_mine()) semaphore_.acquire(true, std::nullopt, where);
    holder_ = mp::current_thread_name();
    holder_process_ = mp::current_process().pid();
    ++times_held_;
  }
  /// By its holder.
  void release(mp::Location where = mp::Location::current()) {
    if (--times_held_ == 0) semaphore_.release(where);
  }

  // How this library says that a child has a copy of its parent's memory.
  void encode(mp::Encoder& encoder) const {
    semaphore_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(mistake_));
    encoder.text(holder_);
    encoder.integer(static_cast<std::int64_t>(holder_process_));
    encoder.integer(times_held_);
  }
  static CountingLock decode(mp::Decoder& decoder) {
    mp::Semaphore semaphore = mp::Semaphore::decode(decoder);
    CountingLock copy(std::move(semaphore), static_cast<OwnerMistake>(decoder.natural()));
    copy.holder_ = decoder.text();
    copy.holder_process_ = static_cast<mp::ProcessId>(decoder.integer());
    copy.times_held_ = mp::codec<int>::decode(decoder);
    return copy;
  }

 private:
  CountingLock(mp::Semaphore semaphore, OwnerMistake mistake)
      : semaphore_(std::move(semaphore)), mistake_(mistake) {}

  bool is_mine() {
    const bool is_of_this_process = holder_process_ == mp::current_process().pid();
    if (mistake_ == OwnerMistake::none && !is_of_this_process) times_held_ = 0;
    return times_held_ > 0 && holder_ == mp::current_thread_name();
  }

  mp::Semaphore semaphore_;
  OwnerMistake mistake_;
  std::string holder_;  // of the thread
  mp::ProcessId holder_process_ = mp::ProcessId::none;
  int times_held_ = 0;
};

}  // namespace heddle::zoo
