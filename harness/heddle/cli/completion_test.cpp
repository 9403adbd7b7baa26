// Bash is asked what it would complete, by the script that heddle writes; of the other shells, which may not
// be there, the scripts must name everything that can be written.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <heddle/cli/arguments.hpp>

namespace heddle::cli {
namespace {

std::string script_for(const char* shell) {
  const std::array words{"bin/heddle", "completion", shell};
  return std::get<ShowText>(read_arguments(3, words.data()).value()).text;
}

class BashCompletion : public testing::Test {
 protected:
  BashCompletion() { std::ofstream(file_) << script_for("bash"); }
  ~BashCompletion() override { std::filesystem::remove(file_); }

  std::string said(const std::string& commands) const {
    const std::string file = file_ + ".ask";
    std::ofstream(file) << "source " << file_
                        << "\nheddle() { printf '%s  words\\n' heading $1-one $1-two; }\n"
                        << commands << "\n";
    std::FILE* const pipe = ::popen(("bash " + file + " 2>&1").c_str(), "r");
    std::string text(20'000, '\0');
    text.resize(std::fread(text.data(), 1, text.size(), pipe));
    EXPECT_EQ(::pclose(pipe), 0) << text;
    std::filesystem::remove(file);
    return text;
  }

  /// What is offered for the last of these words, sorted.
  std::vector<std::string> offered(const std::vector<std::string>& words) const {
    std::string line = "COMP_WORDS=(heddle";
    for (const std::string& word : words) line += " '" + word + "'";
    const std::string before = words.size() > 1 ? words[words.size() - 2] : "heddle";
    std::istringstream lines(said(line + ")\nCOMP_CWORD=" + std::to_string(words.size()) +
                                  "\n_heddle heddle '" + words.back() + "' '" + before +
                                  "'\nprintf '%s\\n' \"${COMPREPLY[@]}\""));
    std::vector<std::string> all;
    for (std::string each; std::getline(lines, each);)
      if (!each.empty()) all.push_back(each);
    std::ranges::sort(all);
    return all;
  }

  const std::string file_ =
      std::filesystem::path(testing::TempDir()) / ("completion_test." + std::to_string(::getpid()));
};

using Offers = std::vector<std::string>;

TEST_F(BashCompletion, OffersCommands) {
  EXPECT_EQ(offered({"re"}), (Offers{"replay", "reports"}));
  EXPECT_EQ(offered({"--v"}), Offers{"--version"});
}

TEST_F(BashCompletion, OffersTheFlagsOfTheCommand) {
  EXPECT_EQ(offered({"run", "--fa"}), (Offers{"--fail-on", "--faults", "--faults-max"}));
  EXPECT_EQ(offered({"replay", "--fa"}), Offers{});
  EXPECT_EQ(offered({"gate", "--js"}), Offers{"--json"});
}

TEST_F(BashCompletion, OffersWhatAFlagTakes) {
  EXPECT_EQ(offered({"run", "--granularity", ""}), (Offers{"op", "os"}));
  EXPECT_EQ(offered({"run", "--time", "=", "ra"}), Offers{"races"});
  EXPECT_EQ(offered({"run", "--seed", ""}), Offers{});
}

TEST_F(BashCompletion, AsksForNames) {
  EXPECT_EQ(offered({"run", "--strategy", ""}), (Offers{"strategies-one", "strategies-two"}));
  EXPECT_EQ(offered({"explain", "rules-o"}), Offers{"rules-one"});
  EXPECT_EQ(offered({"gate", "list-two", "list-o"}), Offers{"list-one"});
}

TEST_F(BashCompletion, OffersFiles) {
  EXPECT_EQ(offered({"gate", "--config", file_}), (Offers{file_, file_ + ".ask"}));
  EXPECT_EQ(offered({"run", file_ + ".a"}), Offers{file_ + ".ask"});
}

TEST_F(BashCompletion, IsRegistered) {
  EXPECT_NE(said("complete -p heddle").find("-F _heddle heddle"), std::string::npos);
}

TEST(ZshCompletion, NamesCommandsFlagsAndChoices) {
  const std::string script = script_for("zsh");
  EXPECT_TRUE(script.starts_with("#compdef heddle\n"));
  for (const char* part :
       {"'replay:run one interleaving again'", "    gate)\n", "'--json[", "{op,os}:(op os)'",
        ":STRATEGY: _heddle_table strategies'", ":FILE:_files'", "compdef _heddle heddle"})
    EXPECT_NE(script.find(part), std::string::npos) << part;
}

TEST(FishCompletion, NamesCommandsFlagsAndChoices) {
  const std::string script = script_for("fish");
  for (const char* part :
       {"-n __fish_use_subcommand -a replay -d 'run one interleaving again'", "from gate' -l json -d '",
        "from run' -l granularity -r -a 'op os' -d", "-l strategy -r -a '(heddle strategies ",
        "-l config -r -F -d", "-l regressions -r -a '(__fish_complete_directories)'"})
    EXPECT_NE(script.find(part), std::string::npos) << part;
}

}  // namespace
}  // namespace heddle::cli
