// Reading the HEDDLE_ variables. An empty variable counts as one that is not set.
#include <charconv>
#include <heddle/gtest/settings.hpp>
#include <string_view>

namespace heddle::gtest {
namespace {

constexpr std::uint64_t executions_default = 1'000;  // the bar of tests; a gate sets HEDDLE_BUDGET

std::optional<std::string_view> value_of(const Lookup& lookup, const char* variable) {
  const char* const text = lookup(variable);
  if (text == nullptr || *text == '\0') return std::nullopt;
  return text;
}

std::optional<std::uint64_t> number_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || rest != text.data() + text.size()) return std::nullopt;
  return number;
}

tl::unexpected<Error> malformed(std::string code, const char* variable, std::string_view text,
                                std::string hint) {
  return tl::unexpected(Error{.code = std::move(code),
                              .what = std::string(variable) + "=" + std::string(text) + " cannot be read",
                              .hint = std::move(hint)});
}

}  // namespace

Expected<Settings> read_settings(const Lookup& lookup) {
  Settings settings;
  settings.options.budget.executions = executions_default;
  if (const auto text = value_of(lookup, "HEDDLE_BUDGET")) {
    const std::optional<Budget> budget = budget_of(*text);
    if (!budget) return malformed("budget-malformed", "HEDDLE_BUDGET", *text, "write 10000x, 30s or 2m");
    settings.options.budget = *budget;
  }
  if (const auto text = value_of(lookup, "HEDDLE_SEED")) {
    const std::optional<std::uint64_t> seed = number_of(*text);
    if (!seed) return malformed("usage", "HEDDLE_SEED", *text, "write a whole number");
    settings.options.seed = *seed;
    settings.options.run.seed = *seed;
  }
  if (const auto text = value_of(lookup, "HEDDLE_STRATEGY")) settings.options.strategy = *text;
  if (const auto text = value_of(lookup, "HEDDLE_REPLAY")) {
    Expected<Token> token = read_token(*text);
    if (!token) return tl::unexpected(token.error());
    settings.replay = std::move(*token);
  }
  return settings;
}

}  // namespace heddle::gtest
