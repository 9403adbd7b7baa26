// How a gate explores one scenario after another: which budget each gets, and how far a search goes on.
#pragma once

#include <functional>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/results/baseline.hpp>

namespace heddle::cli {

/// heddle::explore, or something in its place.
using Explore = std::function<Result(const Scenario& scenario, const Options& options)>;

/// Those that are named or, if none is, those that a suite is of; without either all but the hard ones.
/// Error scenario-unknown, also when there is nothing to judge.
Expected<std::vector<const Scenario*>> selected(const JudgeScenarios& asked, const Context& context);

class GateSearch {
 public:
  /// What it is given stays the caller's and has to outlive it.
  GateSearch(const JudgeScenarios& asked, const Context& context, const Explore& explore,
             const results::Baseline& known, const std::vector<const Scenario*>& scenarios);

  Result search(const Scenario& scenario);

 private:
  Budget budget(const Scenario& scenario) const;
  std::uint32_t errors_known(const Scenario& scenario) const;
  Options options_for(const Scenario& scenario) const;

  const JudgeScenarios& asked_;
  const Context& context_;
  const Explore& explore_;
  const results::Baseline& known_;
  const std::size_t count_;
  const double started_;
  std::size_t correct_left_ = 0;
  std::size_t begun_ = 0;
};

}  // namespace heddle::cli
