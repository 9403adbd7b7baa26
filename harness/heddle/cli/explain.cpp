// See the header.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/cli/explain.hpp>
#include <heddle/core/near.hpp>
#include <heddle/core/rule_pages.hpp>
#include <heddle/core/rules.hpp>

namespace heddle::cli {

Expected<std::string> explained(std::string_view rule, const Terminal& terminal) {
  if (const std::string_view page = page_of(rule); !page.empty()) return plain_page(page, terminal.colour);
  const auto unobserved = unobserved_rules();
  if (const auto found = std::ranges::find(unobserved, rule, &UnobservedRule::id); found != unobserved.end())
    return fmt::format("{}\n\nNot observed: {}.\n", found->id, found->why);
  std::vector<std::string_view> ids;
  for (const Rule& each : rules()) ids.push_back(each.id);
  return tl::unexpected(Error{.code = "rule-unknown",
                              .what = fmt::format("no rule is called '{}'", rule),
                              .hint = near_hint(rule, ids, "heddle rules lists them")});
}

}  // namespace heddle::cli
