// Every rule has its page with it, and what is read of a page can be read without the others.
#include <gtest/gtest.h>

#include <heddle/core/rule_pages.hpp>
#include <heddle/core/rules.hpp>

namespace heddle {
namespace {

TEST(RulePages, AreThereForEveryRule) {
  EXPECT_EQ(rule_pages.size(), rules().size());
  for (const Rule& rule : rules())
    EXPECT_TRUE(page_of(rule.id).starts_with("# " + std::string(rule.id) + "\n")) << rule.id;
  EXPECT_TRUE(page_of("no-such-rule").empty());
}

TEST(RulePages, SayWhatHelps) {
  for (const RulePage& page : rule_pages)
    EXPECT_NE(page.text.find("\n## Fix\n"), std::string_view::npos) << page.rule;
}

TEST(RulePages, LeadNowhere) {
  for (const RulePage& page : rule_pages)
    EXPECT_EQ(without_links(page.text).find("]("), std::string::npos) << page.rule;
  EXPECT_EQ(without_links("see [one](a.md#b), `x[1]` and [two](../c.md)."), "see one, `x[1]` and two.");
  EXPECT_EQ(without_links("no links [here]"), "no links [here]");
}

TEST(RulePages, ArePlainWithoutMarks) {
  const char* const page = "# rule\n\n## Fix\n\nDo [this](a.md):\n\n```cpp\n# not a heading\n\nf();\n```\n";
  EXPECT_EQ(plain_page(page), "rule\n\nFix\n\nDo this:\n\n    # not a heading\n\n    f();\n");
  EXPECT_TRUE(plain_page(page, true).starts_with("\033[1mrule\033[0m\n"));
}

}  // namespace
}  // namespace heddle
