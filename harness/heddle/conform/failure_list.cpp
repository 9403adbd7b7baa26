// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <regex>

#include <heddle/conform/failure_list.hpp>

namespace heddle::conform {
namespace {

constexpr std::string_view opening =
    "# Known failures, for heddle conform --failures; written anew by --fix. A case  # the message it has.\n";

std::string trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return "";
  return std::string(text.substr(first, text.find_last_not_of(" \t\r") + 1 - first));
}

std::string one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return trimmed(text);
}

/// Greedy from the left, and back to the last star where that does not fit.
bool fits(std::string_view pattern, std::string_view text) {
  std::size_t at = 0;
  std::size_t star = std::string_view::npos;
  std::size_t behind_star = 0;
  for (std::size_t i = 0; i < text.size();) {
    if (at < pattern.size() && pattern[at] == '*') {
      star = at++;
      behind_star = i;
    } else if (at < pattern.size() && pattern[at] == text[i]) {
      ++at;
      ++i;
    } else if (star != std::string_view::npos) {
      at = star + 1;
      i = ++behind_star;
    } else {
      return false;
    }
  }
  return pattern.find_first_not_of('*', at) == std::string_view::npos;
}

std::string without_times(const std::string& message) {
  static const std::regex seconds(R"(took [0-9.e-]+ s)");
  return std::regex_replace(message, seconds, "took * s");
}

}  // namespace

Expected<FailureList> failure_list_in(std::string_view text, std::string_view file) {
  FailureList list;
  for (int line = 1; !text.empty(); ++line) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string words = trimmed(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (words.empty() || words.starts_with('#')) continue;
    const std::size_t mark = words.find('#');
    const std::string id = trimmed(std::string_view(words).substr(0, mark));
    const std::string message =
        mark == std::string::npos ? "" : trimmed(std::string_view(words).substr(mark + 1));
    if (message.empty() || id.find(' ') != std::string::npos || !list.emplace(id, message).second)
      return tl::unexpected(
          Error{.code = "failures-malformed",
                .what = fmt::format("{}:{}: '{}' is no known failure, or is known twice", file, line, words),
                .hint = "write the case, #, and the message it fails with; --fix does"});
  }
  return list;
}

std::vector<std::string> unexpected(const PortReport& report, const FailureList& known) {
  std::vector<std::string> sentences;
  for (const CaseReport& each : report.cases) {
    const auto listed = known.find(each.id);
    const std::string message = one_line(each.result.message);
    if (listed == known.end()) {
      if (is_bad(each))
        sentences.push_back(fmt::format("{} {}: {}", each.id, name_of(each.result.status), message));
    } else if (!is_bad(each)) {
      sentences.push_back(
          fmt::format("{} {}, though it is a known failure", each.id, name_of(each.result.status)));
    } else if (!fits(listed->second, message)) {
      sentences.push_back(
          fmt::format("{} {} otherwise than is known: {}", each.id, name_of(each.result.status), message));
    }
  }
  return sentences;
}

std::string fixed(const PortReport& report, const FailureList& known) {
  FailureList list = known;
  for (const CaseReport& each : report.cases) {
    const auto listed = list.find(each.id);
    const std::string message = one_line(each.result.message);
    if (!is_bad(each))
      list.erase(each.id);
    else if (listed == list.end() || !fits(listed->second, message))
      list[each.id] = without_times(message);
  }
  std::string text(opening);
  for (const auto& [id, message] : list) text += fmt::format("{}  # {}\n", id, message);
  return text;
}

}  // namespace heddle::conform
