// What the tests of the portable cases share: every program under corpus/cases, one test each, named after
// its file. Each declares in its text what is to come out.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <heddle/cli/subject.hpp>
#include <heddle/core/verdict.hpp>
#include <heddle/programs/parse.hpp>

namespace heddle::cli {

inline constexpr const char* folder = "corpus/cases";  // tests run in the source root

inline std::vector<std::string> case_files() {
  std::vector<std::string> files;
  std::error_code absent;  // a test says so
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder, absent))
    if (entry.path().extension() == ".program") files.push_back(entry.path());
  std::ranges::sort(files);
  return files;
}

/// corpus/cases/queue/033-fresh.program -> queue_033_fresh.
inline std::string name_of(const testing::TestParamInfo<std::string>& file) {
  std::string name = std::filesystem::path(file.param).lexically_relative(folder).replace_extension();
  std::ranges::replace_if(
      name, [](char letter) { return letter == '/' || letter == '-'; }, '_');
  return name;
}

inline std::string words_of(const std::vector<std::string>& sentences, const Result& result) {
  std::string words;
  for (const std::string& sentence : sentences) words += sentence + "\n";
  if (const Failed* failed = std::get_if<Failed>(&result.verdict))
    for (const Failure& failure : failed->failures) words += failure.finding.sentence + "\n";
  return words;
}

class Case : public testing::TestWithParam<std::string> {
 protected:
  Case() {
    const auto loaded = LoadedProgram::load(GetParam());
    if (loaded)
      program_ = *loaded;
    else
      ADD_FAILURE() << loaded.error().what << "\n" << loaded.error().hint;
  }
  std::optional<LoadedProgram> program_;
};

/// Declares something else than what comes out.
inline std::shared_ptr<const programs::Plan> wrong_case() {
  const auto program = programs::parse(
      "program wrong\nobject tasks = Queue()\nprocess main:\n  child.start()\n  tasks.get() == 2\n"
      "  child.join()\nprocess child:\n  tasks.put(1)\n",
      "wrong");
  if (!program) return nullptr;
  const auto planned = programs::plan(*program, "wrong");
  return planned ? *planned : nullptr;
}

}  // namespace heddle::cli
