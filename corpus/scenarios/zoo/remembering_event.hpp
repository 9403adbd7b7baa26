// An event over a Condition: a flag under its lock, and a number that says how often the flag was set.
//
// What has to hold: who waits when the flag is set is told so, even if the flag is cleared before it looks.
// Card 11 looks at the flag again.
#pragma once

#include <mp/multiprocessing.hpp>

namespace heddle::zoo {

enum class EventMistake : std::uint8_t { none, reads_the_flag_again };

class RememberingEvent {
 public:
  // In braces, so that the parts are made in this order by every compiler.
  explicit RememberingEvent(EventMistake mistake)
      : RememberingEvent{mp::Condition({.name = "changed"}), mp::RawValue<bool>(false, {.name = "is-set"}),
                         mp::RawValue<int>(0, {.name = "times-set"}),
                         mp::RawValue<int>(0, {.name = "waiting"}), mistake} {}

  void set() {
    const mp::With held(changed_);
    is_set_.value() = true;
    times_set_.value() = times_set_.value() + 1;
    changed_.notify_all();
  }
  void clear() {
    const mp::With held(changed_);
    is_set_.value() = false;
  }

  /// Was it set?
  bool wait() {
    const mp::With held(changed_);
    if (is_set_.value()) return true;
    waiting_.value() = waiting_.value() + 1;
    const bool was_set = wait_until_set();
    waiting_.value() = waiting_.value() - 1;
    return was_set;
  }
  /// How many wait.
  int waiting() {
    const mp::With held(changed_);
    return waiting_.value();
  }

  void encode(mp::Encoder& encoder) const {
    changed_.encode(encoder);
    is_set_.encode(encoder);
    times_set_.encode(encoder);
    waiting_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(mistake_));
  }
  static RememberingEvent decode(mp::Decoder& decoder) {
    mp::Condition changed = mp::Condition::decode(decoder);
    auto is_set = mp::RawValue<bool>::decode(decoder);
    auto times_set = mp::RawValue<int>::decode(decoder);
    auto waiting = mp::RawValue<int>::decode(decoder);
    return RememberingEvent(std::move(changed), std::move(is_set), std::move(times_set), std::move(waiting),
                            static_cast<EventMistake>(decoder.natural()));
  }

 private:
  RememberingEvent(mp::Condition changed, mp::RawValue<bool> is_set, mp::RawValue<int> times_set,
                   mp::RawValue<int> waiting, EventMistake mistake)
      : changed_(std::move(changed)),
        is_set_(std::move(is_set)),
        times_set_(std::move(times_set)),
        waiting_(std::move(waiting)),
        mistake_(mistake) {}

  bool wait_until_set() {
    if (mistake_ == EventMistake::reads_the_flag_again) {
      changed_.wait();
      return is_set_.value();
    }
    const int before = times_set_.value();
    return changed_.wait_for([&] { return times_set_.value() != before; });
  }

  mp::Condition changed_;
  mp::RawValue<bool> is_set_;    // these under the condition's lock
  mp::RawValue<int> times_set_;  // grows
  mp::RawValue<int> waiting_;
  EventMistake mistake_;
};

}  // namespace heddle::zoo
