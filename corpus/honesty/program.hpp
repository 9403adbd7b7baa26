// What the programs of the honesty check are made of. Each is as small as its question: two or three tasks,
// a race that the primitives allow, and one who says what came out of it.
//
// Only the main process records, and only what the data it has tell it: two processes that record something
// each would be compared by who is faster to say so, which is no affair of the primitives.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::honesty {

struct HonestyProgram {
  std::string_view name;     // "queues/two-producers"
  std::string_view summary;  // what differs from run to run
  void (*body)() = nullptr;
};

using Counter = mp::Value<int>;
using Numbers = mp::Queue<int>;
using Milliseconds = std::chrono::duration<double, std::milli>;

template <auto target, class... A>
mp::Process start(std::string_view name, A&... arguments) {
  mp::Process process(mp::fn<target>, mp::args(arguments...), {.name = name});
  process.start();
  return process;
}

/// Joins and gives the exit status, in which a child may say a small number.
inline int status_of(mp::Process& process) {
  process.join();
  return process.exitcode().value();
}

inline void record(bool holds) { outcome(holds ? "yes" : "no"); }
inline void record(int number) { outcome(static_cast<std::int64_t>(number)); }
inline void record(std::optional<int> number) {
  if (number) return record(*number);
  outcome("-");
}

/// One item if there is one in time.
inline std::optional<int> get(Numbers& numbers, bool block, mp::Timeout timeout = std::nullopt) {
  try {
    return numbers.get(block, timeout);
  } catch (const mp::Empty&) {
    return std::nullopt;
  }
}

}  // namespace heddle::honesty
