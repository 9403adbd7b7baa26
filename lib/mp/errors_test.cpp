#include <mp/errors.hpp>

#include <gtest/gtest.h>

#include <cerrno>
#include <type_traits>

namespace mp {
namespace {

TEST(Errors, ABrokenPipeIsAnOSErrorWithItsNumber) {
  const BrokenPipeError error("nobody reads");
  EXPECT_EQ(static_cast<const OSError&>(error).number(), EPIPE);
  EXPECT_STREQ(error.what(), "nobody reads");
}

TEST(Errors, ASystemExitIsNoError) { EXPECT_FALSE((std::is_base_of_v<std::exception, SystemExit>)); }

}  // namespace
}  // namespace mp
