// The table of properties and the page about them name the same.
#include <gtest/gtest.h>

#include <fstream>
#include <properties/checking.hpp>
#include <properties/registry.hpp>
#include <set>
#include <sstream>
#include <string>

namespace heddle::properties {
namespace {

std::string page() {
  std::ostringstream text;
  text << std::ifstream("docs/reference/properties.md").rdbuf();
  return text.str();
}

TEST(PropertyTable, HasEachNameOnceAndARowOfThePageForIt) {
  const std::string text = page();
  std::set<std::string_view> names;
  for (const Property& each : properties()) {
    EXPECT_TRUE(names.insert(each.name).second) << each.name;
    const std::string row = "| `" + std::string(each.name) + "` | " + std::string(each.sentence) + " |";
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
  std::size_t rows = 0;
  for (std::size_t at = text.find("\n| `"); at != std::string::npos; at = text.find("\n| `", at + 1)) ++rows;
  EXPECT_EQ(rows, names.size());
}

TEST(PropertyTable, DrawsProgramsOfTheirNameThatAreNotAllTheSame) {
  for (const Property& each : properties()) {
    std::set<std::string> texts;
    for (std::uint64_t number = 0; number < 20; ++number) {
      Random chance(1, number);
      const std::string text = each.draw(chance, 4);
      EXPECT_EQ(program_of(text).name, each.name);
      texts.insert(text);
    }
    EXPECT_GT(texts.size(), 2U) << each.name;
  }
}

TEST(PropertyTable, GivesThoseOfOnePrimitive) {
  for (const Property& each : properties_of("pool/")) EXPECT_TRUE(each.name.starts_with("pool/"));
  EXPECT_FALSE(properties_of("pool/").empty());
  EXPECT_TRUE(properties_of("no-such/").empty());
}

}  // namespace
}  // namespace heddle::properties
