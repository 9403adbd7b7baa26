// The command conform by its words: what it prints into files, and its exit codes.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <heddle/api/heddle.hpp>
#include <heddle/core/error.hpp>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

struct Ran {
  int code;
  std::string printed;
};

Ran ran(std::vector<std::string> words) {
  std::vector<char*> argv;
  words.insert(words.begin(), {"heddle", "conform"});
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  testing::internal::CaptureStdout();
  testing::internal::CaptureStderr();
  const int code = main(static_cast<int>(words.size()), argv.data(), {});
  testing::internal::GetCapturedStderr();
  return {code, testing::internal::GetCapturedStdout()};
}

class Conform : public testing::Test {
 protected:
  Conform() : folder_(testing::TempDir() + "/conform-" + std::to_string(::getpid())) {
    std::filesystem::create_directories(folder_ + "/suite");
    std::ofstream(folder_ + "/suite/q.program") << "# A queue. Pins QUEUE-02.\nprogram q/1\nobject q = "
                                                   "Queue()\nprocess main:\n  q.put(1)\n  q.get() == 1\n";
  }
  ~Conform() override { std::filesystem::remove_all(folder_); }

  int code(const std::string& fault, const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words{"--suite", folder_ + "/suite", "--adapter",
                                   "python3 harness/heddle/conform/scripted_adapter.py " + fault};
    words.insert(words.end(), more.begin(), more.end());
    return ran(words).code;
  }
  std::string file(const std::string& name) const { return folder_ + "/" + name; }

  std::string folder_;
};

int number(ExitCode code) { return static_cast<int>(code); }

TEST_F(Conform, GivesTheVerdictAsItsExitCode) {
  EXPECT_EQ(code(""), number(ExitCode::clean));
  EXPECT_EQ(code("errs"), number(ExitCode::findings));
  EXPECT_EQ(code("silent"), number(ExitCode::internal));
  EXPECT_EQ(code("", {"--only", "nothing"}), number(ExitCode::nothing));
}

TEST_F(Conform, RefusesWhatMakesNoSense) {
  EXPECT_EQ(ran({}).code, number(ExitCode::usage));
  EXPECT_EQ(ran({"dance"}).code, number(ExitCode::usage));
  EXPECT_EQ(code("", {"--fix"}), number(ExitCode::usage));
  EXPECT_EQ(code("", {"--strategy", "luck"}), number(ExitCode::usage));
  EXPECT_EQ(code("", {"--report", "stone"}), number(ExitCode::usage));
  EXPECT_EQ(code("", {"--deadline", "soon"}), number(ExitCode::usage));
  EXPECT_EQ(code("", {"--order", "main:many"}), number(ExitCode::usage));
  EXPECT_EQ(ran({"--adapter", "mine", "--order", "main"}).code, number(ExitCode::usage));
}

TEST_F(Conform, KnownFailuresAreNoFindingsAndOthersAre) {
  const std::string list = file("failures");
  EXPECT_EQ(code("errs", {"--failures", list, "--fix"}), number(ExitCode::clean));
  EXPECT_EQ(code("errs", {"--failures", list}), number(ExitCode::clean));
  EXPECT_EQ(code("", {"--failures", list}), number(ExitCode::findings));
  EXPECT_EQ(code("skips", {"--failures", list}), number(ExitCode::findings));
}

TEST_F(Conform, ComparesWhatItHasWritten) {
  EXPECT_EQ(code("errs", {"--report", "json:" + file("a.json"), "--report", "html:" + file("a.html"), "-V"}),
            number(ExitCode::findings));
  const Ran compared = ran({"matrix", file("a.json"), file("a.json")});
  EXPECT_EQ(compared.code, number(ExitCode::clean));
  EXPECT_NE(compared.printed.find("QUEUE-02"), std::string::npos);
  EXPECT_TRUE(std::filesystem::exists(file("a.html")));
}

TEST_F(Conform, EndsAFailureWithALineThatRunsItAgain) {
  const std::string adapter = "python3 harness/heddle/conform/scripted_adapter.py errs";
  const Ran failed = ran({"--suite", folder_ + "/suite", "--adapter", adapter, "--seed", "7"});
  const std::string line =
      fmt::format("  again: heddle conform --adapter '{}' --suite {} --seed 7 --only q/1 --order main:4\n",
                  adapter, folder_ + "/suite");
  EXPECT_NE(failed.printed.find(line), std::string::npos) << failed.printed;
  const Ran again = ran({"--suite", folder_ + "/suite", "--adapter", adapter, "--seed", "7", "--only", "q/1",
                         "--order", "main:4"});
  EXPECT_NE(again.printed.find(line), std::string::npos) << again.printed;
}

TEST(ConformList, IsJson) {
  const Ran listed = ran({"list", "--json", "--only", "queue/034*"});
  const auto list = nlohmann::json::parse(listed.printed);
  ASSERT_EQ(list.size(), 1U);
  EXPECT_EQ(list[0]["id"], "queue/034-put-forms");
  EXPECT_EQ(list[0]["level"], "required");
}

}  // namespace
}  // namespace heddle
