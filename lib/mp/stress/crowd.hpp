// What the stress tests share: how much work they do, many processes on one target, and that nothing is left
// behind. The work is small by default, so that every run of the tests has some; ci/stress asks for all of it
// by the environment.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <iterator>
#include <string>
#include <vector>

#include <mp/multiprocessing.hpp>

namespace mp::stress {

inline int count_from(const char* variable, int usual) {
  const char* const text = std::getenv(variable);
  return text == nullptr ? usual : std::stoi(text);
}

/// How often each process of a crowd does its operation.
inline int operations() { return count_from("HEDDLE_STRESS_OPERATIONS", 500); }
/// How many processes a storm kills.
inline int kills() { return count_from("HEDDLE_STRESS_KILLS", 20); }

inline constexpr int crowd_size = 8;

/// Runs the target in so many processes at once, each with these handles, and demands that each ends well.
template <auto Target, class... A>
void run_crowd(int size, A&... handles) {
  std::vector<Process> processes;
  for (int i = 0; i < size; ++i) processes.emplace_back(fn<Target>, args(handles...));
  for (Process& process : processes) process.start();
  for (Process& process : processes) process.join();
  for (Process& process : processes) EXPECT_EQ(process.exitcode(), 0) << process.name();
}

/// The named segments of the tests of this process begin so, and nobody else's.
inline std::string segment_prefix() {
  return "heddle-stress-" + std::to_string(static_cast<std::int32_t>(os().process_id())) + "-";
}

/// A test after which the process has as many descriptors as before, and no named segments and no children.
class Stress : public testing::Test {
 protected:
  void SetUp() override {
    const Lock first;  // what lib keeps for good it has after its first object
    descriptors_ = descriptors();
  }
  void TearDown() override {
    EXPECT_EQ(descriptors(), descriptors_);
    EXPECT_EQ(segments(), 0);
    EXPECT_TRUE(active_children().empty());
  }

 private:
  static std::ptrdiff_t descriptors() {
    const std::filesystem::directory_iterator entries("/proc/self/fd");
    return std::distance(begin(entries), end(entries));
  }
  static std::ptrdiff_t segments() {
    const std::filesystem::directory_iterator entries("/dev/shm");
    return std::count_if(begin(entries), end(entries), [](const auto& entry) {
      return entry.path().filename().string().starts_with(segment_prefix());
    });
  }
  std::ptrdiff_t descriptors_ = 0;
};

}  // namespace mp::stress
