// Who is blocked, in the order in which they fell asleep: by what they sleep on, by whether time wakes them,
// and by whether they watch for the end of a process. Each question visits those alone whom it concerns.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <heddle/core/choice.hpp>

namespace heddle::sim {

/// What a blocked task sleeps on: the address of whatever will change. Compared, never ordered.
using WaitKey = const void*;

class Sleepers {
 public:
  void clear() {
    if (asleep_ != 0)
      for (Bucket& each : buckets_) each.clear();
    asleep_ = 0;
    timed_.clear();
    watchers_.clear();
  }

  void add(TaskIndex task, WaitKey key, bool is_timed, bool watches) {
    buckets_[place_of(key)].push_back({key, task});
    ++asleep_;
    if (is_timed) timed_.push_back(task);
    if (watches) watchers_.push_back(task);
  }

  void remove(TaskIndex task, WaitKey key) {
    std::erase(buckets_[place_of(key)], Sleeper{key, task});
    --asleep_;
    if (!timed_.empty()) std::erase(timed_, task);
    if (!watchers_.empty()) std::erase(watchers_, task);
  }

  /// Calls visit(task) for all who sleep on this key. It may wake that task and no other.
  template <class Visit>
  void visit_on(WaitKey key, Visit visit) const {
    const Bucket& bucket = buckets_[place_of(key)];
    for (std::size_t i = 0; i < bucket.size();) {
      const Sleeper each = bucket[i];
      if (each.key == key) visit(each.task);
      if (i < bucket.size() && bucket[i] == each) ++i;
    }
  }
  const std::vector<TaskIndex>& timed() const { return timed_; }
  const std::vector<TaskIndex>& watchers() const { return watchers_; }

 private:
  struct Sleeper {
    WaitKey key = nullptr;
    TaskIndex task = no_task;
    friend bool operator==(const Sleeper&, const Sleeper&) = default;
  };
  using Bucket = std::vector<Sleeper>;

  // Addresses are of words of four bytes, or of things larger than those. Which of them share a bucket
  // differs from run to run and decides nothing: who sleep on one key are in one bucket, in their order, and
  // no other is visited.
  static std::size_t place_of(WaitKey key) {
    const auto address = reinterpret_cast<std::uintptr_t>(key);
    return ((address >> 2) ^ (address >> 8) ^ (address >> 14)) % places;
  }

  static constexpr std::size_t places = 64;
  std::array<Bucket, places> buckets_;
  std::vector<TaskIndex> timed_;
  std::vector<TaskIndex> watchers_;
  std::size_t asleep_ = 0;
};

}  // namespace heddle::sim
