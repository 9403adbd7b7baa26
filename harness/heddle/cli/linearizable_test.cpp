#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

#include <heddle/cli/linearizable.hpp>

namespace heddle::cli {
namespace {

constexpr const char* legal =
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 1, :type :invoke, :f :read}\n"
    "{:process 0, :type :ok, :f :write, :value 1}\n"
    "{:process 1, :type :ok, :f :read, :value 1}\n";
constexpr const char* illegal =
    "{:process 0, :type :invoke, :f :write, :value 1}\n"
    "{:process 0, :type :ok, :f :write, :value 1}\n"
    "{:process 2, :type :invoke, :f :cas, :value [1 2]}\n"
    "{:process 1, :type :invoke, :f :read}\n"
    "{:process 1, :type :ok, :f :read, :value 3}\n"
    "{:process 2, :type :ok, :f :cas, :value [1 2]}\n";

class Linearizable : public testing::Test {
 protected:
  Linearizable() {
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directory(folder_);
  }
  ~Linearizable() override {
    for (const int fd : ends_) ::close(fd);
    std::filesystem::remove_all(folder_);
  }
  static std::array<int, 2> open_pipe() {
    std::array<int, 2> ends{};
    if (::pipe(ends.data()) != 0) throw std::runtime_error("no pipe");
    return ends;
  }
  std::string file(const std::string& name, std::string_view text) const {
    std::ofstream(folder_ / name) << text;
    return folder_ / name;
  }
  Expected<ExitCode> judge(std::vector<std::string> files) {
    const auto* const model = linearizability::find_model("cas-register");
    return judge_histories({.files = std::move(files), .model = model}, context_);
  }
  std::string printed() const {
    std::string text(60'000, '\0');
    text.resize(static_cast<std::size_t>(::read(ends_[0], text.data(), text.size())));
    return text;
  }

  const std::filesystem::path folder_ = std::filesystem::path(testing::TempDir()) / "linearizable_test";
  const std::array<int, 2> ends_ = open_pipe();
  Output output_{ends_[1]};
  Status status_{{}, [] { return 0.0; }, [](std::string_view) {}};
  bool is_interrupted_ = false;
  double seconds_ = 0;
  double seconds_between_ = 10;  // from one look at the clock to the next
  Context context_{.scenarios = {},
                   .replay_command = "",
                   .terminal = {},
                   .output = output_,
                   .status = status_,
                   .is_interrupted = [this] { return is_interrupted_; },
                   .seconds = [this] { return seconds_ += seconds_between_; }};
};

TEST_F(Linearizable, ALegalHistoryIsClean) {
  const std::string name = file("legal", legal);
  EXPECT_EQ(judge({name}), ExitCode::clean);
  EXPECT_EQ(printed(), name + ": linearizable, 2 calls, 10.000 s\n");
}

TEST_F(Linearizable, AnIllegalHistoryIsAFindingAndSaysWhereItBecomesOne) {
  const std::string name = file("illegal", illegal);
  EXPECT_EQ(judge({name}), ExitCode::findings);
  EXPECT_EQ(printed(), name +
                           ": NOT linearizable, 3 calls, 10.000 s\n"
                           "  no order explains line 5, the end of: line 4, process 1: read() -> 3\n"
                           "  the 3 calls begun before it have an order:\n"
                           "    line 1, process 0: write(1) -> 1\n"
                           "    line 3, process 2: cas(1, 2), open\n"
                           "    line 4, process 1: read(), open\n"
                           "    after which the object is [2]\n");
}

TEST_F(Linearizable, OfALongOrderTheEndIsShown) {
  std::string text;
  for (int each = 1; each <= 8; ++each)
    for (const char* type : {"invoke", "ok"})
      text += "{:process 0, :f :write, :value " + std::to_string(each) + ", :type :" + type + "}\n";
  const std::string name = file(
      "long", text + "{:process 0, :type :invoke, :f :read}\n{:process 0, :type :ok, :f :read, :value 1}\n");
  EXPECT_EQ(judge({name}), ExitCode::findings);
  EXPECT_NE(printed().find("order, which ends in:\n    line 3, process 0: write(2) -> 2\n"),
            std::string::npos);
}

TEST_F(Linearizable, OneIllegalHistoryAmongOthersIsAFinding) {
  const std::string bad = file("bad", illegal);
  EXPECT_EQ(judge({bad, file("good", legal)}), ExitCode::findings);
}

/// Appends side by side and a read that fits none of their orders: too many to try in no time.
std::string hard() {
  std::string begins;
  std::string ends;
  for (int each = 1; each <= 24; ++each) {
    const std::string call =
        "{:process " + std::to_string(each) + ", :f :write, :value " + std::to_string(each);
    begins += call + ", :type :invoke}\n";
    ends += call + ", :type :ok}\n";
  }
  return begins + "{:process 99, :type :invoke, :f :read}\n" + ends +
         "{:process 99, :type :ok, :f :read, :value 0}\n";
}

TEST_F(Linearizable, WhatTakesTooLongIsInconclusive) {
  const std::string name = file("hard", hard());
  EXPECT_EQ(judge({name, file("good", legal)}), ExitCode::inconclusive);
  EXPECT_NE(printed().find(name + ": unknown: the budget ended first, 25 calls"), std::string::npos);
}

TEST_F(Linearizable, AnInterruptEndsTheSearch) {
  is_interrupted_ = true;
  seconds_between_ = 0;
  EXPECT_EQ(judge({file("hard", hard())}), ExitCode::inconclusive);
}

TEST_F(Linearizable, AMalformedHistoryKeepsTheVerdictsBeforeIt) {
  const std::string good = file("good", legal);
  const auto judged = judge({good, file("odd", "{")});
  ASSERT_FALSE(judged);
  EXPECT_EQ(judged.error().code, "history-malformed");
  EXPECT_EQ(printed(), good + ": linearizable, 2 calls, 10.000 s\n");
}

}  // namespace
}  // namespace heddle::cli
