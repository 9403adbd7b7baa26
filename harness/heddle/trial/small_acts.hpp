// What small programs consist of: for each granularity the names of its acts, of which the last is main's
// alone, and how a program of them is run.
#pragma once

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

#include <heddle/trial/small_program.hpp>

namespace heddle::trial {

/// What each act of each task gave.
class Gifts {
 public:
  static constexpr int rejected = -2;
  Gifts() {
    for (auto& row : gave_) row.fill(-1);  // the task never came there
  }
  int& at(std::size_t task, std::size_t act) { return gave_[task][act]; }
  void say() const;

 private:
  std::array<std::array<int, 4>, 3> gave_;
};

std::span<const std::string_view> small_operations();
void run_small_operations(const SmallProgram& program);

std::span<const std::string_view> small_calls();
void run_small_calls(const SmallProgram& program);

}  // namespace heddle::trial
