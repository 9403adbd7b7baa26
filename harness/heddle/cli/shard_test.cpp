// Which shard a process is, by its flag and by each environment that heddle knows.
#include <gtest/gtest.h>

#include <map>
#include <string>

#include <heddle/cli/shard.hpp>

namespace heddle::cli {
namespace {

using results::Shard;
using Variables = std::map<std::string, std::string>;

Expected<Shard> shard_in(const Variables& variables, std::string_view text = "auto") {
  return shard_of(text, [&](const char* name) -> const char* {
    const auto found = variables.find(name);
    return found == variables.end() ? nullptr : found->second.c_str();
  });
}

TEST(Shard, IsSaidFromOne) {
  EXPECT_EQ(shard_in({}, "1/8").value(), (Shard{.index = 0, .count = 8}));
  EXPECT_EQ(shard_in({}, "8/8").value(), (Shard{.index = 7, .count = 8}));
  EXPECT_EQ(shard_in({}, "1/1").value(), Shard{});
}

TEST(Shard, ThatIsNoneIsRefused) {
  for (const char* text : {"", "/", "3", "0/8", "9/8", "1/0", "-1/8", "1/8x", "1 / 8", "a/b", "1/9999999"})
    EXPECT_EQ(shard_in({}, text).error().code, "shard-malformed") << text;
}

TEST(Shard, IsAskedOfEachEnvironment) {
  const Shard third{.index = 2, .count = 8};
  EXPECT_EQ(shard_in({{"GTEST_SHARD_INDEX", "2"}, {"GTEST_TOTAL_SHARDS", "8"}}).value(), third);
  EXPECT_EQ(shard_in({{"TEST_SHARD_INDEX", "2"}, {"TEST_TOTAL_SHARDS", "8"}}).value(), third);
  EXPECT_EQ(shard_in({{"SLURM_ARRAY_TASK_ID", "2"}, {"SLURM_ARRAY_TASK_COUNT", "8"}}).value(), third);
  EXPECT_EQ(shard_in({{"JOB_COMPLETION_INDEX", "2"}, {"JOB_COMPLETIONS", "8"}}).value(), third);
  EXPECT_EQ(shard_in({{"CI_NODE_INDEX", "3"}, {"CI_NODE_TOTAL", "8"}}).value(), third);
}

TEST(Shard, OfASlurmArrayCountsFromTheArraysFirst) {
  Variables array{
      {"SLURM_ARRAY_TASK_ID", "12"}, {"SLURM_ARRAY_TASK_COUNT", "8"}, {"SLURM_ARRAY_TASK_MIN", "10"}};
  EXPECT_EQ(shard_in(array).value(), (Shard{.index = 2, .count = 8}));
  array["SLURM_ARRAY_TASK_ID"] = "18";
  EXPECT_EQ(shard_in(array).error().code, "shard-environment");
}

TEST(Shard, IsThatOfTheFirstSystemThatSaysAnything) {
  EXPECT_EQ(shard_in({{"GTEST_SHARD_INDEX", "0"},
                      {"GTEST_TOTAL_SHARDS", "2"},
                      {"CI_NODE_INDEX", "3"},
                      {"CI_NODE_TOTAL", "8"}})
                .value(),
            (Shard{.index = 0, .count = 2}));
}

TEST(Shard, ThatTheEnvironmentDoesNotSayIsAnError) {
  EXPECT_EQ(shard_in({}).error().code, "shard-environment");
  EXPECT_EQ(shard_in({{"JOB_COMPLETION_INDEX", "2"}}).error().code, "shard-environment");
  EXPECT_EQ(shard_in({{"CI_NODE_INDEX", "0"}, {"CI_NODE_TOTAL", "8"}}).error().code, "shard-environment");
  EXPECT_EQ(shard_in({{"GTEST_SHARD_INDEX", "8"}, {"GTEST_TOTAL_SHARDS", "8"}}).error().code,
            "shard-environment");
}

}  // namespace
}  // namespace heddle::cli
