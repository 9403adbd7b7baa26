// The pages of the rules, docs/reference/rules/*.md, as every program carries them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace heddle {

struct RulePage {
  std::string_view rule;
  std::string_view text;  // Markdown
};

extern const std::span<const RulePage> rule_pages;

/// Empty for what is no rule, and for one that nothing observes.
std::string_view page_of(std::string_view rule);

/// A page of which no link is left but its words: where it is read, the pages it leads to are not.
std::string without_links(std::string_view markdown);

/// The same for people without a reader of Markdown: headings without marks, or in bold letters of a
/// terminal, code set in by four columns.
std::string plain_page(std::string_view markdown, bool bold = false);

}  // namespace heddle
