// The manual page has everything that can be typed, and groff, where there is one, finds nothing wrong with
// it.
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include <heddle/cli/arguments.hpp>
#include <heddle/cli/manual.hpp>

namespace heddle::cli {
namespace {

std::string page() {
  const std::array words{"heddle", "man"};
  return std::get<ShowText>(read_arguments(2, words.data()).value()).text;
}

TEST(Manual, HasItsSections) {
  const std::string text = page();
  EXPECT_TRUE(text.starts_with(".TH HEDDLE 1 "));
  std::size_t at = 0;
  for (const char* section : {"NAME", "SYNOPSIS", "DESCRIPTION", "COMMANDS", "EXIT STATUS", "ENVIRONMENT"}) {
    at = text.find(std::string("\n.SH ") + section + "\n", at);
    EXPECT_NE(at, std::string::npos) << section;
  }
}

TEST(Manual, HasCommandsAndFlags) {
  const std::string text = page();
  for (const char* part : {"\n.SS gate\n", "\\fBheddle replay\\fR \\fItoken\\fR ... [flags]\n",
                           "\n\\fB\\-\\-granularity\\fR \\fI{op,os}\\fR\n", "\n\\fB\\-\\-json\\fR\n"})
    EXPECT_NE(text.find(part), std::string::npos) << part;
}

TEST(Manual, LeavesNoLetterToTroffThatItWouldTakeForItsOwn) {
  const std::string text = manual({.program = "it",
                                   .summary = ".begins with a dot, 'quotes' and a \\ in it",
                                   .flags = {},
                                   .commands = {}});
  EXPECT_NE(text.find("\\&.begins with a dot, \\(aqquotes\\(aq and a \\e in it\n"), std::string::npos)
      << text;
}

TEST(Manual, SatisfiesGroff) {
  if (std::system("command -v groff >/dev/null 2>&1") != 0) return;  // the structure is tested above
  const std::string file =
      std::filesystem::path(testing::TempDir()) / ("manual_test." + std::to_string(::getpid()));
  std::ofstream(file) << page();
  std::FILE* const pipe = ::popen(("groff -man -ww -z -Tutf8 " + file + " 2>&1").c_str(), "r");
  std::string said(1'000, '\0');
  said.resize(std::fread(said.data(), 1, said.size(), pipe));
  EXPECT_EQ(::pclose(pipe), 0);
  EXPECT_EQ(said, "");
  std::filesystem::remove(file);
}

}  // namespace
}  // namespace heddle::cli
