// The table of worlds.
#include <gtest/gtest.h>

#include <set>

#include <heddle/worlds/registry.hpp>

namespace heddle {
namespace {

TEST(WorldRegistry, NamesEachWorldOnce) {
  std::set<std::string_view> names;
  for (const WorldRow& row : worlds()) EXPECT_TRUE(names.insert(row.name).second) << row.name;
}

TEST(WorldRegistry, FindsByNameOnly) {
  EXPECT_TRUE(find_world("sim")->decides);
  EXPECT_FALSE(find_world("host")->decides);
  EXPECT_EQ(find_world("simulated"), nullptr);
}

}  // namespace
}  // namespace heddle
