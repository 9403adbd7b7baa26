// In which time mode each execution of a search runs, and who makes its choices. A program that holds only
// while nothing takes long is worth a word, so a search in `maximal` may spend a fifth of its executions
// outside it, half of them in `explore` and half in `races`; a strategy of their own makes their choices, as
// what it learns there says nothing of the others.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>

#include <heddle/core/options.hpp>
#include <heddle/core/strategy.hpp>

namespace heddle {

struct Turn {
  Strategy& strategy;
  std::uint64_t number;  // of its executions
  const RunOptions& run;
  bool is_beyond;  // outside the time mode that was asked for
};

class TimeTurns {
 public:
  TimeTurns(const RunOptions& asked, bool looks_beyond,
            const std::function<std::unique_ptr<Strategy>()>& make_strategy)
      : asked_(asked), explore_(asked), races_(asked), strategy_(make_strategy()) {
    explore_.time = TimeMode::explore;
    races_.time = TimeMode::races;
    if (looks_beyond && asked.time == TimeMode::maximal) beyond_ = make_strategy();
  }

  Turn at(std::uint64_t execution) {
    if (beyond_ == nullptr) return {*strategy_, execution, asked_, false};
    const std::uint64_t round = execution / every;
    if (execution % every != every - 1) return {*strategy_, execution - round, asked_, false};
    return {*beyond_, round, round % 2 == 0 ? explore_ : races_, true};
  }

 private:
  static constexpr std::uint64_t every = 5;

  const RunOptions asked_;
  RunOptions explore_;
  RunOptions races_;
  const std::unique_ptr<Strategy> strategy_;
  std::unique_ptr<Strategy> beyond_;  // null: all are as asked
};

}  // namespace heddle
