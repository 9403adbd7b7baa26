// Files that are whole or not there.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>

#include <heddle/results/whole_file.hpp>

namespace heddle::results {
namespace {

class WholeFile : public testing::Test {
 protected:
  WholeFile() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
  }
  ~WholeFile() override { std::filesystem::remove_all(folder_); }
  std::ptrdiff_t files() const {
    return std::distance(std::filesystem::directory_iterator(folder_), std::filesystem::directory_iterator());
  }
  const std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "whole_file_test";
  const std::string path_ = folder_ / "result.json";
};

/// As a full disk: nothing can be written beyond the limit.
class NoRoom {
 public:
  NoRoom() : handler_(std::signal(SIGXFSZ, SIG_IGN)) {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit tight{.rlim_cur = 4'096, .rlim_max = before_.rlim_max};
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~NoRoom() {
    ::setrlimit(RLIMIT_FSIZE, &before_);
    std::signal(SIGXFSZ, handler_);
  }

 private:
  void (*handler_)(int);
  rlimit before_{};
};

TEST_F(WholeFile, IsReadAsItWasWritten) {
  const std::string text(200'000, 'x');
  ASSERT_TRUE(write_whole(path_, text));
  EXPECT_EQ(read_whole(path_), text);
  EXPECT_EQ(files(), 1);
}

TEST_F(WholeFile, TakesThePlaceOfAnEarlierOne) {
  ASSERT_TRUE(write_whole(path_, "first"));
  ASSERT_TRUE(write_whole(path_, "second"));
  EXPECT_EQ(read_whole(path_), "second");
  EXPECT_EQ(files(), 1);
}

TEST_F(WholeFile, StaysAsItWasWhenTheDiskIsFull) {
  ASSERT_TRUE(write_whole(path_, "first"));
  {
    const NoRoom full;
    const auto written = write_whole(path_, std::string(100'000, 'x'));
    ASSERT_FALSE(written);
    EXPECT_EQ(written.error().code, "result-unwritable");
    EXPECT_EQ(written.error().exit, ExitCode::internal);
  }
  EXPECT_EQ(read_whole(path_), "first");
  EXPECT_EQ(files(), 1);
}

TEST_F(WholeFile, CannotBeInAFolderThatIsNot) {
  const std::string path = folder_ / "nowhere" / "result.json";
  EXPECT_EQ(check_writable(path).error().code, "result-unwritable");
  EXPECT_EQ(write_whole(path, "x").error().code, "result-unwritable");
  EXPECT_EQ(read_whole(path).error().code, "result-unreadable");
}

TEST_F(WholeFile, CannotBeAFolder) {
  EXPECT_EQ(check_writable(folder_).error().code, "result-unwritable");
  EXPECT_EQ(read_whole(folder_).error().code, "result-unreadable");
}

TEST_F(WholeFile, IsNotMadeByACheck) {
  ASSERT_TRUE(check_writable(path_));
  EXPECT_EQ(files(), 0);
}

}  // namespace
}  // namespace heddle::results
