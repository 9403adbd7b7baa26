// Threads for small programs, straight from the Os: no step of theirs is any other than the program's own.
#pragma once

#include <functional>
#include <mp/os/os.hpp>
#include <vector>

namespace heddle::trial {

using Bodies = std::vector<std::function<void()>>;

inline void enter_body(void* body) { (*static_cast<std::function<void()>*>(body))(); }

inline mp::ThreadId start_body(std::function<void()>& body) {
  return mp::os().start_thread({.name = "t", .entry = &enter_body, .argument = &body}).value();
}

/// Each in a thread, started and joined in this order.
inline void run_bodies(Bodies bodies) {
  std::vector<mp::ThreadId> threads;
  for (auto& body : bodies) threads.push_back(start_body(body));
  for (const mp::ThreadId thread : threads) static_cast<void>(mp::os().join_thread(thread, mp::never));
}

}  // namespace heddle::trial
