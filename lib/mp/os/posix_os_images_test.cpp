#include <mp/os/posix_os_images.hpp>

#include <gnu/libc-version.h>
#include <gtest/gtest.h>

namespace mp::posix_images {
namespace {

int answer() { return 42; }

const void* address_in_code(int (*function)()) { return reinterpret_cast<const void*>(function); }

TEST(Images, FindAFunctionOfTheProgramAgain) {
  const std::optional<CodePlace> place = place_of(address_in_code(&answer));
  ASSERT_TRUE(place);
  EXPECT_EQ(place->image, "");
  EXPECT_FALSE(place->build_id.empty());
  EXPECT_EQ(address_of(*place), address_in_code(&answer));
}

TEST(Images, FindAFunctionOfALibraryAgain) {
  const auto* const function =
      reinterpret_cast<const void*>(&::gnu_get_libc_version);  // which no sanitizer replaces
  const std::optional<CodePlace> place = place_of(function);
  ASSERT_TRUE(place);
  EXPECT_NE(place->image, "");
  EXPECT_EQ(address_of(*place), function);
}

TEST(Images, KnowNoFunctionWhereThereIsNoCode) {
  static int data = 0;
  EXPECT_FALSE(place_of(&data));
  CodePlace place = *place_of(address_in_code(&answer));
  place.offset = ~std::uint64_t{0};
  EXPECT_EQ(address_of(place), nullptr);
}

TEST(Images, AreAnotherWhenTheirBuildIdDiffers) {
  CodePlace place = *place_of(address_in_code(&answer));
  place.build_id.at(0) ^= std::byte{1};
  EXPECT_EQ(address_of(place), nullptr);
}

}  // namespace
}  // namespace mp::posix_images
