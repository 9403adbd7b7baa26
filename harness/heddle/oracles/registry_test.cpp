// The table of oracles: each has one name and makes what it names.
#include <gtest/gtest.h>

#include <set>

#include <heddle/oracles/registry.hpp>

namespace heddle {
namespace {

TEST(OracleRegistry, NamesEachOracleOnce) {
  std::set<std::string_view> names;
  for (const OracleRow& row : oracles()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
}

TEST(OracleRegistry, MakesOraclesThatWantToBeToldSomething) {
  for (const OracleRow& row : oracles()) {
    EXPECT_FALSE(row.summary.empty()) << row.name;
    EXPECT_NE(row.make()->interests(), 0U) << row.name;
  }
}

TEST(OracleRegistry, MakesAFreshOracleEachTime) {
  for (const OracleRow& row : oracles()) EXPECT_NE(row.make(), row.make()) << row.name;
}

}  // namespace
}  // namespace heddle
