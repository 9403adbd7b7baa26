// A condition variable made of semaphores, of the design in which a notifier waits until the waiter that it
// woke says that it is awake. Without that a second notification might go to the same waiter again.
//
// What has to hold: the notifier comes back whatever has become of the waiter. Our own Condition needs no
// acknowledgement.
#pragma once

#include <chrono>
#include <mp/multiprocessing.hpp>

namespace heddle::zoo {

enum class NotifyMistake : std::uint8_t { none, waits_for_the_dead };

/// Over a Lock of the program's, which whoever calls holds.
class AcknowledgedCondition {
 public:
  // In braces, so that the parts are made in this order by every compiler.
  explicit AcknowledgedCondition(NotifyMistake mistake)
      : AcknowledgedCondition{mp::Semaphore(0, {.name = "sleeping"}), mp::Semaphore(0, {.name = "wake-up"}),
                              mp::Semaphore(0, {.name = "awake"}), mistake} {}

  void wait(mp::Lock& lock) {
    sleeping_.release();
    lock.release();
    wake_up_.acquire();
    awake_.release();
    lock.acquire();
  }

  void notify() {
    if (!sleeping_.acquire(false)) return;
    wake_up_.release();
    if (mistake_ == NotifyMistake::waits_for_the_dead) {
      awake_.acquire();
    } else if (!awake_.acquire(true, patience)) {
      wake_up_.acquire(false);  // nobody was left to take it
    }
  }

  void encode(mp::Encoder& encoder) const {
    sleeping_.encode(encoder);
    wake_up_.encode(encoder);
    awake_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(mistake_));
  }
  static AcknowledgedCondition decode(mp::Decoder& decoder) {
    mp::Semaphore sleeping = mp::Semaphore::decode(decoder);
    mp::Semaphore wake_up = mp::Semaphore::decode(decoder);
    mp::Semaphore awake = mp::Semaphore::decode(decoder);
    return AcknowledgedCondition(std::move(sleeping), std::move(wake_up), std::move(awake),
                                 static_cast<NotifyMistake>(decoder.natural()));
  }

 private:
  AcknowledgedCondition(mp::Semaphore sleeping, mp::Semaphore wake_up, mp::Semaphore awake,
                        NotifyMistake mistake)
      : sleeping_(std::move(sleeping)),
        wake_up_(std::move(wake_up)),
        awake_(std::move(awake)),
        mistake_(mistake) {}

  static constexpr std::chrono::seconds patience{1};

  mp::Semaphore sleeping_;  // how many wait and were not notified
  mp::Semaphore wake_up_;
  mp::Semaphore awake_;
  NotifyMistake mistake_;
};

}  // namespace heddle::zoo
