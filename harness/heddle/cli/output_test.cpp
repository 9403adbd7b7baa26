// Output arrives, or its loss is known.
#include <fcntl.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <csignal>

#include <heddle/cli/output.hpp>

namespace heddle::cli {
namespace {

TEST(Output, Arrives) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  Output output(ends[1]);
  output.write("some");
  output.write("thing");
  std::array<char, 9> read{};
  ASSERT_EQ(::read(ends[0], read.data(), read.size()), 9);
  EXPECT_EQ(std::string_view(read.data(), read.size()), "something");
  EXPECT_TRUE(output.state());
  ::close(ends[0]);
  ::close(ends[1]);
}

TEST(Output, KnowsThatTheDiskIsFull) {
  const int full = ::open("/dev/full", O_WRONLY);
  ASSERT_GE(full, 0);
  Output output(full);
  output.write("something");
  ASSERT_FALSE(output.state());
  EXPECT_EQ(output.state().error().code, "output-failed");
  EXPECT_EQ(output.state().error().exit, ExitCode::internal);
  ::close(full);
}

TEST(Output, KnowsThatNobodyReads) {
  std::array<int, 2> ends{};
  ASSERT_EQ(::pipe(ends.data()), 0);
  ::close(ends[0]);
  std::signal(SIGPIPE, SIG_IGN);
  Output output(ends[1]);
  output.write("something");
  EXPECT_FALSE(output.state());
  ::close(ends[1]);
}

TEST(Output, ToNowhereLosesNothing) {
  Output output(-1);
  output.write("a result that nobody reads");
  EXPECT_TRUE(output.state());
}

}  // namespace
}  // namespace heddle::cli
