// Suppressions files are written by hand. Whatever the bytes are, they are read or refused with the line that
// is wrong; what is read says the same when it is written again, and any pattern can be matched.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <heddle/core/suppressions_text.hpp>
#include <string_view>

namespace {

using namespace heddle;

constexpr Date today{std::chrono::year(2026), std::chrono::month(11), std::chrono::day(22)};

std::string text_of(const Suppressions& suppressions) {
  std::string text;
  for (const Suppression& each : suppressions.lines)
    text += fmt::format("{}:\"{}\" {} {}\n", each.rule, each.pattern,
                        each.until ? "until=" + words_of(*each.until) : "", each.reason);
  return text;
}

void require(bool holds) {
  if (!holds) std::abort();
}

void check_again(const Suppressions& suppressions, std::string_view bytes) {
  for (const Suppression& each : suppressions.lines) {
    require(!each.reason.empty() && !each.pattern.empty() && each.line > 0);
    Finding finding;
    finding.rule = each.rule;
    finding.object = std::string(bytes.substr(0, 200));
    require(!matches(each.pattern, finding.object) || each.is_expired ||
            suppressions.match(finding, {}) != nullptr);
    if (each.pattern.find('"') != std::string::npos) return;  // stands without quotes only
  }
  auto again = read_suppressions(text_of(suppressions), "input", today);
  require(again && again->lines.size() == suppressions.lines.size());
  for (std::size_t i = 0; i < again->lines.size(); ++i) {
    again->lines[i].line = suppressions.lines[i].line;
    require(again->lines[i] == suppressions.lines[i]);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto suppressions = read_suppressions(text, "input", today);
  if (suppressions)
    check_again(*suppressions, text);
  else
    require(suppressions.error().what.starts_with("input:") && !suppressions.error().hint.empty());
  return 0;
}
