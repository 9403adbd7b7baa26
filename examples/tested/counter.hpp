// What is under test: something that two processes do to one Value, once wrongly and once rightly.
#pragma once

#include <mp/multiprocessing.hpp>

inline void increment(mp::Value<int>& counter) { counter.value() += 1; }

inline void increment_locked(mp::Value<int>& counter) {
  mp::With held(counter.get_lock());
  counter.value() += 1;
}

/// Two processes do it once each; gives what the counter says then.
template <void (*step)(mp::Value<int>&)>
int count_by_two() {
  mp::Value<int> counter(0, {.name = "counter"});
  mp::Process worker(mp::fn<step>, mp::args(counter), {.name = "worker"});
  worker.start();
  step(counter);
  worker.join();
  return counter.value();
}
