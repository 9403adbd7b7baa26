// Baselines read what they write, and nothing else.
#include <gtest/gtest.h>

#include <heddle/results/baseline.hpp>

namespace heddle::results {
namespace {

const Baseline two{{.scenario = "a/b", .rule = "crash", .object = "jobs", .fingerprint = "01"},
                   {.scenario = "a/c", .rule = "deadlock", .object = "", .fingerprint = "02"}};

TEST(Baseline, ReadsWhatItWrites) {
  EXPECT_EQ(read_baseline(text_of(two), "file"), two);
  EXPECT_EQ(read_baseline(text_of({}), "file"), Baseline{});
}

TEST(Baseline, HasALineForEachFinding) {
  const std::string text = text_of(two);
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 4);
}

TEST(Baseline, RefusesWhatItDoesNotKnow) {
  for (const char* text : {"", "{}", "[]", R"({"heddle-baseline": 2, "findings": []})",
                           R"({"heddle-baseline": 1, "findings": [{"rule": "crash"}]})"})
    EXPECT_EQ(read_baseline(text, "file").error().code, "baseline-malformed") << text;
}

}  // namespace
}  // namespace heddle::results
