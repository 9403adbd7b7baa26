// A JoinableQueue made of a Queue and a count of what is unfinished: task_done() counts down, join() waits
// for zero.
//
// What has to hold: an item is counted before anybody can get it. Card 1 counts it after it was put.
#pragma once

#include <mp/queue/queue.hpp>
#include <mp/shared/value.hpp>
#include <mp/sync/condition.hpp>
#include <mp/sync/with.hpp>
#include <utility>

namespace heddle::zoo {

enum class CountMistake : std::uint8_t { none, counts_after_put };

template <class T>
class CountedQueue {
 public:
  explicit CountedQueue(CountMistake mistake)
      : items_(0, {.name = "items"}),
        unfinished_(0, {.name = "unfinished"}),
        all_done_({.name = "all-done"}),
        mistake_(mistake) {}

  void put(const T& item) {
    if (mistake_ == CountMistake::counts_after_put) items_.put(item);
    count_up();
    if (mistake_ == CountMistake::none) items_.put(item);
  }
  T get() { return items_.get(); }

  /// ValueError: nothing is unfinished.
  void task_done() {
    const mp::With held(all_done_);
    if (unfinished_.value() == 0) throw mp::ValueError("task_done() called too many times");
    unfinished_.value() = unfinished_.value() - 1;
    if (unfinished_.value() == 0) all_done_.notify_all();
  }
  void join() {
    const mp::With held(all_done_);
    all_done_.wait_for([this] { return unfinished_.value() == 0; });
  }

  void encode(mp::Encoder& encoder) const {
    items_.encode(encoder);
    unfinished_.encode(encoder);
    all_done_.encode(encoder);
    encoder.natural(static_cast<std::uint64_t>(mistake_));
  }
  static CountedQueue decode(mp::Decoder& decoder) {
    auto items = mp::Queue<T>::decode(decoder);
    auto unfinished = mp::RawValue<int>::decode(decoder);
    auto all_done = mp::Condition::decode(decoder);
    const auto mistake = static_cast<CountMistake>(decoder.natural());
    return CountedQueue(std::move(items), std::move(unfinished), std::move(all_done), mistake);
  }

 private:
  CountedQueue(mp::Queue<T> items, mp::RawValue<int> unfinished, mp::Condition all_done, CountMistake mistake)
      : items_(std::move(items)),
        unfinished_(std::move(unfinished)),
        all_done_(std::move(all_done)),
        mistake_(mistake) {}

  void count_up() {
    const mp::With held(all_done_);
    unfinished_.value() = unfinished_.value() + 1;
  }

  mp::Queue<T> items_;
  mp::RawValue<int> unfinished_;  // under the condition's lock
  mp::Condition all_done_;
  CountMistake mistake_;
};

}  // namespace heddle::zoo
