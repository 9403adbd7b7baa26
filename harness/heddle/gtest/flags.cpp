// See the header.
#include <algorithm>
#include <array>
#include <heddle/core/near.hpp>
#include <heddle/gtest/flags.hpp>
#include <map>

namespace heddle::gtest {
namespace {

struct Flag {
  std::string_view name;
  const char* variable;
};
constexpr std::string_view prefix = "--heddle-";
constexpr std::array flags{Flag{"--heddle-long", "HEDDLE_LONG"},
                           Flag{"--heddle-budget", "HEDDLE_BUDGET"},
                           Flag{"--heddle-seed", "HEDDLE_SEED"},
                           Flag{"--heddle-strategy", "HEDDLE_STRATEGY"},
                           Flag{"--heddle-suppressions", "HEDDLE_SUPPRESSIONS"},
                           Flag{"--heddle-replay", "HEDDLE_REPLAY"}};

}  // namespace

Expected<Lookup> with_flags(std::span<const std::string> arguments, Lookup environment) {
  std::map<std::string, std::string, std::less<>> typed;
  for (const std::string& argument : arguments) {
    if (!argument.starts_with(prefix)) continue;
    const std::size_t end = std::min(argument.find('='), argument.size());
    const std::string name = argument.substr(0, end);
    const auto flag = std::ranges::find(flags, name, &Flag::name);
    if (flag == flags.end())
      return tl::unexpected(
          Error{.code = "usage",
                .what = "there is no flag " + name,
                .hint = near_hint(name, names_of(flags), "--heddle-long, --heddle-seed=7")});
    const bool has_value = end < argument.size();
    if (!has_value && name != "--heddle-long")
      return tl::unexpected(
          Error{.code = "usage", .what = name + " has no value", .hint = "write " + name + "=VALUE"});
    typed[flag->variable] = has_value ? argument.substr(end + 1) : "1";
  }
  return [typed = std::move(typed), environment = std::move(environment)](const char* variable) {
    const auto found = typed.find(std::string_view(variable));
    return found == typed.end() ? environment(variable) : found->second.c_str();
  };
}

}  // namespace heddle::gtest
