// Predictions that another share of the search has refuted: the catches of a file have no places until they
// are worked up.
#include <gtest/gtest.h>

#include <chrono>

#include <heddle/api/search.hpp>
#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

void fill(mp::Value<int>& value) { value.value() = 5; }

void read_after_a_sleep() {
  mp::Value<int> value(0, {.name = "value"});
  auto writer = start<&fill>("writer", value);
  mp::sleep(1s);
  outcome(value.value());
  writer.join();
}

TEST(Refuted, PredictionsOfAFileAreNotTold) {
  const Options options = options_of(100);
  const Result alone = explore(&read_after_a_sleep, options);
  ASSERT_EQ(rules_of(alone), Names{"sleep-as-synchronisation"});
  const Finding finding = std::get<Failed>(alone.verdict).failures.at(0).finding;
  Partial part = search(&read_after_a_sleep, options, "reader", {});
  ASSERT_EQ(part.caught.size(), 1U);
  part.caught[0].finding.parties.clear();
  EXPECT_EQ(rules_of(conclude(&read_after_a_sleep, options, "reader", part)), rules_of(alone));
  part.refuted = {{finding.rule, place_of(finding.parties.at(2).where)}};
  EXPECT_EQ(rules_of(conclude(&read_after_a_sleep, options, "reader", part)), Names{});
}

}  // namespace
}  // namespace heddle
