// See the header. The pages' Markdown is plain: headings, paragraphs, lists, links on one line, fenced code.
#include <algorithm>

#include <heddle/core/rule_pages.hpp>

namespace heddle {
namespace {

std::string heading(std::string_view line, bool bold) {
  const std::string words(line.substr(line.find_first_not_of("# ")));
  return bold ? "\033[1m" + words + "\033[0m" : words;
}

}  // namespace

std::string_view page_of(std::string_view rule) {
  const auto found = std::ranges::find(rule_pages, rule, &RulePage::rule);
  return found == rule_pages.end() ? std::string_view() : found->text;
}

std::string without_links(std::string_view markdown) {
  std::string text;
  while (!markdown.empty()) {
    const std::size_t middle = markdown.find("](");
    const std::size_t end = middle == std::string_view::npos ? middle : markdown.find(')', middle);
    const std::size_t open = middle == std::string_view::npos ? middle : markdown.rfind('[', middle);
    if (end == std::string_view::npos || open == std::string_view::npos) return text += markdown;
    text += markdown.substr(0, open);
    text += markdown.substr(open + 1, middle - open - 1);
    markdown.remove_prefix(end + 1);
  }
  return text;
}

std::string plain_page(std::string_view markdown, bool bold) {
  const std::string linkless = without_links(markdown);
  std::string_view rest = linkless;
  std::string text;
  bool is_code = false;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find('\n'), rest.size());
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (line.starts_with("```")) {
      is_code = !is_code;
      continue;
    }
    if (!is_code && line.starts_with('#'))
      text += heading(line, bold);
    else
      text += (is_code && !line.empty() ? "    " : "") + std::string(line);
    text += '\n';
  }
  return text;
}

}  // namespace heddle
