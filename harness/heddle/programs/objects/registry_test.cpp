// The vocabulary and its page agree, and the tables are sound.
#include <gtest/gtest.h>

#include <fstream>
#include <set>
#include <sstream>

#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::programs {
namespace {

std::string page() {
  std::ifstream stream("docs/reference/program-text.md");  // tests run in the source root
  std::stringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// Every kind there is, by way of what makes it.
std::vector<const KindRow*> kinds() {
  std::vector<const KindRow*> kinds{&functions(), &process_kind(), &thread_kind()};
  for (const MakerRow* maker : makers()) kinds.push_back(maker->kind);
  return kinds;
}

std::string as_documented(const OperationRow& row) {
  const bool is_call = row.form == Form::call;
  return "`" + std::string(row.name) +
         (is_call                   ? "("
          : is_item(row.form)       ? "["
          : row.form == Form::write ? " = "
                                    : "`");
}

TEST(Vocabulary, IsDocumented) {
  const std::string text = page();
  for (const KindRow* kind : kinds())
    for (const OperationRow& row : kind->operations)
      EXPECT_TRUE(row.name.empty() || text.find(as_documented(row)) != std::string::npos)
          << kind->name << " " << as_documented(row);
  for (const MakerRow* maker : makers())
    EXPECT_NE(text.find(std::string(maker->name) + "("), std::string::npos) << maker->name;
  for (const ExceptionRow& row : exceptions())
    EXPECT_NE(text.find("`" + std::string(row.name) + "`"), std::string::npos) << row.name;
}

TEST(Vocabulary, HasAnExampleThatIsAProgram) {
  const std::string text = page();
  const std::size_t first = text.find("# one producer");
  const auto program = parse(text.substr(first, text.find("```", first) - first), "example");
  ASSERT_TRUE(program) << program.error().what;
  const auto planned = plan(*program, "example");
  EXPECT_TRUE(planned) << planned.error().what;
}

TEST(Vocabulary, HasEachOperationOnce) {
  for (const KindRow* kind : kinds()) {
    std::set<std::pair<std::string_view, Form>> seen;
    for (const OperationRow& row : kind->operations) {
      EXPECT_TRUE(seen.emplace(row.name, row.form).second) << kind->name << " " << row.name;
      EXPECT_NE(row.run, nullptr);
    }
  }
}

TEST(Vocabulary, PutsOptionalParametersLast) {
  for (const KindRow* kind : kinds())
    for (const OperationRow& row : kind->operations)
      for (std::size_t i = 1; i < row.parameters.size(); ++i)
        EXPECT_FALSE(row.parameters[i - 1].is_optional && !row.parameters[i].is_optional) << row.name;
}

TEST(Vocabulary, NamesDerivedExceptionsBeforeTheirBases) {
  for (const ExceptionRow& row : exceptions()) {
    try {
      row.raise("words");
    } catch (const std::exception& exception) {
      EXPECT_EQ(name_of(exception), row.name);
    }
  }
}

}  // namespace
}  // namespace heddle::programs
