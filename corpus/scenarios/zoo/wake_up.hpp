// A pipe that wakes a thread up.
//
// What has to hold: to wake up never waits and never meets a closed pipe. So it has a lock of its own, and
// one message at most is in the pipe: a second one would tell the thread nothing new.
#pragma once

#include <mp/multiprocessing.hpp>
#include <string>
#include <utility>

namespace heddle::zoo {

enum class WakeUpMistake : std::uint8_t { none, looks_and_writes_apart, sends_each_message };

class WakeUp {
 public:
  explicit WakeUp(WakeUpMistake mistake) : WakeUp(mistake, mp::Pipe(mp::Duplex::no, {.name = "wake-up"})) {}

  void send(const std::string& message) {
    if (mistake_ == WakeUpMistake::sends_each_message) return writer_.send(message);
    if (mistake_ == WakeUpMistake::looks_and_writes_apart) return send_apart(message);
    const mp::With held(lock_);
    if (begin()) writer_.send(message);
  }
  void wait() { reader_.poll(std::nullopt); }
  void clear() {
    const mp::With held(lock_);
    while (reader_.poll()) reader_.recv<std::string>();
    is_sent_ = false;
  }
  void close() {
    const mp::With held(lock_);
    is_closed_ = true;
    writer_.close();
    reader_.close();
  }

 private:
  WakeUp(WakeUpMistake mistake, std::pair<mp::Connection, mp::Connection> ends)
      : mistake_(mistake), reader_(std::move(ends.first)), writer_(std::move(ends.second)) {}

  /// With the lock held: is there to be a message now?
  bool begin() { return !is_closed_ && !std::exchange(is_sent_, true); }

  /// Each of the two steps is whole, as by an interpreter's lock, and between them others come in.
  void send_apart(const std::string& message) {
    if (!is_needed()) return;
    const mp::With held(lock_);
    writer_.send(message);
  }
  bool is_needed() {
    const mp::With held(lock_);
    return begin();
  }

  WakeUpMistake mistake_;
  mp::Lock lock_{{.name = "wake-up-lock"}};
  mp::Connection reader_;
  mp::Connection writer_;
  bool is_sent_ = false;
  bool is_closed_ = false;
};

}  // namespace heddle::zoo
