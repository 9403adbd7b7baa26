// What a name on the command line stands for.
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <fstream>

#include <heddle/cli/subject.hpp>

namespace heddle::cli {
namespace {

void nothing() {}

Scenario scenario(std::string_view name) {
  Scenario made;
  made.name = name;
  made.body = &nothing;
  return made;
}

class SubjectOf : public testing::Test {
 protected:
  SubjectOf() : folder_(std::filesystem::path(testing::TempDir()) / "subject_test") {
    std::filesystem::create_directories(folder_);
  }
  ~SubjectOf() override { std::filesystem::remove_all(folder_); }

  std::string file(const std::string& name, const std::string& text) const {
    const std::string path = folder_ / name;
    std::ofstream(path) << text;
    return path;
  }
  Expected<Subject> find(const std::string& name) const {
    return find_subject(scenarios_, name, programs::Time::simulated);
  }

  std::filesystem::path folder_;
  std::vector<Scenario> scenarios_{scenario("tutorial/one")};
};

TEST_F(SubjectOf, AScenariosNameIsTheScenario) {
  const auto subject = find("tutorial/one");
  ASSERT_TRUE(subject);
  EXPECT_EQ(subject->declared.name, "tutorial/one");
  EXPECT_FALSE(subject->program);
}

TEST_F(SubjectOf, AFilesNameIsTheProgramAndWhatItDeclares) {
  const std::string path = file("p.program",
                                "program p\nexpect findings: crash, pipe-multi-reader with harm\n"
                                "expect outcomes: (1, 2)\nprocess main:\n  pass\n");
  const auto subject = find(path);
  ASSERT_TRUE(subject) << subject.error().what;
  EXPECT_EQ(subject->declared.name, path);
  ASSERT_EQ(subject->declared.expected.size(), 2U);
  EXPECT_EQ(subject->declared.expected[0].rule, "crash");
  EXPECT_TRUE(subject->declared.expected[1].with_harm);
  EXPECT_EQ(subject->declared.outcomes, std::vector<std::string_view>{"1, 2"});
}

TEST_F(SubjectOf, AnyFileIsTakenForAProgram) {
  EXPECT_TRUE(find(file("bare", "program p\nprocess main:\n  pass\n")));
  EXPECT_EQ(find(file("junk", "\x01\x02")).error().code, "program-malformed");
}

TEST_F(SubjectOf, TheEndingAloneMakesItAProgram) {
  EXPECT_EQ(find("nowhere.program").error().code, "program-unreadable");
  EXPECT_EQ(find("nowhere").error().code, "scenario-unknown");
}

}  // namespace
}  // namespace heddle::cli
