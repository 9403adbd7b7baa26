// Looking up scenarios.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/cli/context.hpp>
#include <heddle/core/near.hpp>

namespace heddle::cli {

Expected<const Scenario*> find_scenario(std::span<const Scenario> scenarios, std::string_view name) {
  const auto found = std::ranges::find(scenarios, name, &Scenario::name);
  if (found != scenarios.end()) return &*found;
  return tl::unexpected(
      Error{.code = "scenario-unknown",
            .what = fmt::format("nothing selected: no scenario is called '{}'", name),
            .hint = near_hint(name, names_of(scenarios), "the command list shows the scenarios there are"),
            .exit = ExitCode::nothing});
}

}  // namespace heddle::cli
