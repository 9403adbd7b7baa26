// Checks of rapidcheck that are the same in every run: with seed 1, unless the environment's RC_PARAMS has
// another (the night's) or `reproduce=`, as a failure prints it.
#pragma once

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include <rapidcheck/detail/Configuration.h>
#include <rapidcheck/detail/TestListenerAdapter.h>
#include <cstdlib>
#include <sstream>
#include <utility>

namespace heddle::trial {

/// Fails the test that calls it if one of `cases` draws does not hold. `testable`: as of rc::check.
template <class Testable>
void check_by_chance(Testable&& testable, int cases = 100) {
  const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
  rc::detail::TestMetadata metadata;
  metadata.id = std::string(test->test_suite_name()) + "/" + test->name();
  metadata.description = test->name();
  rc::detail::Configuration defaults;
  defaults.testParams.seed = 1;
  defaults.testParams.maxSuccess = cases;
  const char* const asked = std::getenv("RC_PARAMS");
  const auto configuration = rc::detail::configFromString(asked == nullptr ? "" : asked, defaults);
  rc::detail::TestListenerAdapter silent;
  const auto result = rc::detail::checkTestable(std::forward<Testable>(testable), metadata,
                                                configuration.testParams, silent, configuration.reproduce);
  if (result.template is<rc::detail::SuccessResult>()) return;
  std::ostringstream words;
  rc::detail::printResultMessage(result, words);
  ADD_FAILURE() << words.str();
}

}  // namespace heddle::trial
