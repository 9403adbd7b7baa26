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

TEST(Errors, OSErrorsOfANumberOfTheirOwnCarryIt) {
  EXPECT_EQ(ConnectionResetError("reset").number(), ECONNRESET);
  EXPECT_EQ(FileNotFoundError("gone").number(), ENOENT);
  EXPECT_EQ(FileExistsError("there").number(), EEXIST);
}

TEST(Errors, ABufferTooShortKeepsTheMessageThroughCopies) {
  const std::vector<std::byte> message(3, std::byte{7});
  const BufferTooShort error(message);
  EXPECT_EQ(BufferTooShort(error).message(), message);
}

// multiprocessing's own errors are caught apart from those of the language.
TEST(Errors, ProcessErrorsAreOfTheirOwnKind) {
  EXPECT_TRUE((std::is_base_of_v<ProcessError, BufferTooShort>));
  EXPECT_TRUE((std::is_base_of_v<ProcessError, TimeoutError>));
  EXPECT_TRUE((std::is_base_of_v<ProcessError, AuthenticationError>));
  EXPECT_FALSE((std::is_base_of_v<OSError, ProcessError>));
}

TEST(Errors, ARemoteErrorKnowsTypeAndWordsApart) {
  const RemoteError error("Storm", "windy");
  EXPECT_EQ(error.type(), "Storm");
  EXPECT_EQ(error.words(), "windy");
  EXPECT_STREQ(error.what(), "Storm: windy");
  EXPECT_STREQ(RemoteError("only words").what(), "only words");
  EXPECT_STREQ(RemoteError("Storm", "").what(), "Storm");
}

TEST(Errors, ASystemExitIsNoError) { EXPECT_FALSE((std::is_base_of_v<std::exception, SystemExit>)); }

}  // namespace
}  // namespace mp
