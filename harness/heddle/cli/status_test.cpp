// The status neither floods a log nor stays on the screen.
#include <gtest/gtest.h>

#include <heddle/cli/status.hpp>

namespace heddle::cli {
namespace {

class StatusOn : public testing::Test {
 protected:
  Status make(bool is_live) {
    return Status(
        {.is_live = is_live, .colour = false, .width = 40}, [this] { return now_; },
        [this](std::string_view text) { written_ += text; });
  }
  double now_ = 0;
  std::string written_;
};

TEST_F(StatusOn, ATerminalIsOneRewrittenLine) {
  Status status = make(true);
  for (now_ = 0.15; now_ < 1; now_ += 0.15) status.show("going on");
  EXPECT_EQ(written_.find('\n'), std::string::npos);
  EXPECT_NE(written_.find("going on"), std::string::npos);
}

TEST_F(StatusOn, ATerminalIsTakenAway) {
  {
    Status status = make(true);
    now_ = 1;
    status.show("going on");
  }
  EXPECT_TRUE(written_.ends_with("\r\033[K"));
}

TEST_F(StatusOn, ATerminalNeverWraps) {
  Status status = make(true);
  now_ = 1;
  status.show(std::string(100, 'x'));
  EXPECT_LT(written_.size(), 50u);
}

TEST_F(StatusOn, ALogIsALineEveryFewSeconds) {
  Status status = make(false);
  for (now_ = 0; now_ < 14; now_ += 0.5) status.show("going on");
  EXPECT_EQ(written_, "going on\ngoing on\n");
}

TEST_F(StatusOn, AnythingSaysNothingAboutWhatIsQuick) {
  Status status = make(true);
  status.show("done already");
  status.clear();
  EXPECT_TRUE(written_.empty());
}

}  // namespace
}  // namespace heddle::cli
