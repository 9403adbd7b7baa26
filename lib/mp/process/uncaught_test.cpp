#include <mp/process/uncaught.hpp>

#include <gtest/gtest.h>

#include <mp/process/recording_os.hpp>

namespace mp::detail {
namespace {

const Runner runner{.heading = "Process p:", .kind = ObjectKind::process, .object = ObjectId::none};

struct Odd {};

TEST(RunGuarded, GivesZeroForABodyThatReturns) {
  RecordingOs os;
  EXPECT_EQ(run_guarded(os, runner, [] {}), 0);
  EXPECT_EQ(os.lines(), std::vector<std::string>{});
}

TEST(RunGuarded, GivesTheStatusOfASystemExit) {
  RecordingOs os;
  EXPECT_EQ(run_guarded(os, runner, [] { throw SystemExit{259}; }), 3);
  EXPECT_EQ(run_guarded(os, runner, [] { throw SystemExit{-1}; }), 255);
  EXPECT_EQ(os.lines(), std::vector<std::string>{});
}

TEST(RunGuarded, ReportsAnExceptionByItsDynamicType) {
  RecordingOs os;
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_guarded(os, runner, [] { throw KeyError("count"); }), 1);
  EXPECT_EQ(testing::internal::GetCapturedStderr(), "Process p:\n  mp::KeyError: count\n");
  EXPECT_EQ(os.lines(), std::vector<std::string>{"uncaught mp::KeyError: count"});
}

TEST(RunGuarded, ReportsWhatIsNoStandardException) {
  RecordingOs os;
  testing::internal::CaptureStderr();
  EXPECT_EQ(run_guarded(os, runner, [] { throw 5; }), 1);
  EXPECT_EQ(run_guarded(os, runner, [] { throw Odd{}; }), 1);
  testing::internal::GetCapturedStderr();
  EXPECT_EQ(os.lines(),
            (std::vector<std::string>{"uncaught int", "uncaught mp::detail::(anonymous namespace)::Odd"}));
}

}  // namespace
}  // namespace mp::detail
