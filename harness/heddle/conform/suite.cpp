// See the header. What a case pins stands in the comment above it: "Pins QUEUE-02, QUEUE-12."
#include <fmt/format.h>
#include <fnmatch.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include <heddle/conform/suite.hpp>
#include <heddle/conform/suite_texts.hpp>
#include <heddle/programs/parse.hpp>

namespace heddle::conform {
namespace {

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

/// Row -> C, Q or H.
const std::map<std::string, char, std::less<>>& kinds_of_rows() {
  static const auto kinds = [] {
    std::map<std::string, char, std::less<>> made;
    for (const std::string_view line : lines_of(contract_rows))
      if (const std::size_t space = line.find(' '); !line.starts_with('#') && space + 1 < line.size())
        made.emplace(line.substr(0, space), line[space + 1]);
    return made;
  }();
  return kinds;
}

/// The comment before the program's name, as one line.
std::string comment_above(std::string_view text) {
  std::string comment;
  for (std::string_view line : lines_of(text)) {
    if (!line.starts_with('#')) break;
    line.remove_prefix(std::min(line.find_first_not_of("# "), line.size()));
    comment += (comment.empty() ? "" : " ") + std::string(line);
  }
  return comment;
}

std::vector<std::string> rows_in(std::string_view pins) {
  std::vector<std::string> rows;
  for (std::size_t at = 0; at < pins.size();) {
    const std::size_t end = std::min(pins.find_first_of(", .", at), pins.size());
    if (const std::string_view word = pins.substr(at, end - at); kinds_of_rows().contains(word))
      rows.emplace_back(word);
    at = end + 1;
  }
  return rows;
}

Level level_of(const std::vector<std::string>& rows) {
  const auto is_there = [&](char kind) {
    return std::ranges::any_of(rows, [&](const std::string& row) { return kinds_of_rows().at(row) == kind; });
  };
  if (is_there('C')) return Level::required;
  return is_there('H') ? Level::hazard : Level::recommended;
}

Expected<std::vector<std::pair<std::string, std::string>>> texts_below(const std::string& folder) {
  std::vector<std::pair<std::string, std::string>> texts;
  std::error_code error;
  for (std::filesystem::recursive_directory_iterator at(folder, error), end; !error && at != end;
       at.increment(error))
    if (at->path().extension() == ".program") {
      std::ostringstream text;
      text << std::ifstream(at->path()).rdbuf();
      texts.emplace_back(at->path(), text.str());
    }
  if (error || texts.empty())
    return tl::unexpected(
        Error{.code = "suite-unreadable",
              .what = fmt::format("there are no programs below '{}'", folder),
              .hint = "name a folder with files that end in .program, or leave --suite out"});
  return texts;
}

}  // namespace

Expected<Case> case_of(const std::string& text, std::string_view file) {
  auto program = programs::parse(text, file);
  if (!program) return tl::unexpected(program.error());
  Case made{.id = program->name, .text = text};
  auto plan = programs::plan(*std::move(program), file);
  if (!plan) return tl::unexpected(plan.error());
  made.plan = *plan;
  const std::string comment = comment_above(text);
  const std::size_t pins = comment.find("Pins ");
  made.summary = comment.substr(0, pins);
  while (made.summary.ends_with(' ')) made.summary.pop_back();
  if (pins != std::string::npos) made.rows = rows_in(std::string_view(comment).substr(pins + 5));
  made.level = primitive_of(made.id) == "hazards" ? Level::hazard : level_of(made.rows);
  return made;
}

Expected<std::vector<Case>> load_suite(const std::string& folder) {
  std::vector<std::pair<std::string, std::string>> texts;
  if (folder.empty()) {
    for (const CaseText& each : case_texts) texts.emplace_back(each.file, each.text);
  } else {
    auto below = texts_below(folder);
    if (!below) return tl::unexpected(below.error());
    texts = *std::move(below);
  }
  std::vector<Case> cases;
  for (const auto& [file, text] : texts) {
    auto made = case_of(text, file);
    if (!made) return tl::unexpected(made.error());
    cases.push_back(*std::move(made));
  }
  std::ranges::sort(cases, {}, &Case::id);
  return cases;
}

std::vector<Case> chosen(std::vector<Case> cases, const std::string& pattern) {
  const auto fits = [&](const std::string& name) { return ::fnmatch(pattern.c_str(), name.c_str(), 0) == 0; };
  if (!pattern.empty())
    std::erase_if(cases,
                  [&](const Case& each) { return !fits(each.id) && std::ranges::none_of(each.rows, fits); });
  return cases;
}

char kind_of_row(std::string_view row) {
  const auto found = kinds_of_rows().find(row);
  return found == kinds_of_rows().end() ? ' ' : found->second;
}

// The first of each primitive that needs no second one: they are sorted, and the first ones are the simplest.
std::vector<Case> for_smoke(const std::vector<Case>& cases) {
  std::vector<Case> few;
  std::set<std::string_view> primitives;
  for (const Case& each : cases)
    if (each.level != Level::hazard && primitives.insert(primitive_of(each.id)).second) few.push_back(each);
  return few;
}

}  // namespace heddle::conform
