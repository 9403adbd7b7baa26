// Locations made of a file's name and a line.
#include <gtest/gtest.h>

#include <heddle/core/location_at.hpp>
#include <string>
#include <string_view>

namespace heddle {
namespace {

TEST(LocationAt, HasTheFileAndLineItWasMadeOf) {
  const mp::Location here = mp::Location::current();
  const mp::Location made = location_at(here.file_name(), static_cast<int>(here.line()));
  EXPECT_STREQ(made.file_name(), here.file_name());
  EXPECT_EQ(made.line(), here.line());
  EXPECT_EQ(made.column(), 0u);
  EXPECT_STREQ(made.function_name(), "");
}

TEST(LocationAt, OutlivesTheTextItWasMadeOf) {
  mp::Location made;
  {
    const std::string file = "some/file.cpp";
    made = location_at(file, 3);
  }
  EXPECT_STREQ(made.file_name(), "some/file.cpp");
  EXPECT_EQ(made.line(), 3u);
}

TEST(LocationAt, IsEmptyWithoutAPlace) {
  EXPECT_EQ(std::string_view(location_at("", 3).file_name()), "");
  EXPECT_EQ(location_at("file.cpp", 0).line(), 0u);
}

}  // namespace
}  // namespace heddle
