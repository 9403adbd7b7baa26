// See the header.
#include <charconv>
#include <cstdlib>
#include <heddle/api/environment.hpp>
#include <stdexcept>
#include <string_view>

namespace heddle {
namespace {

constexpr std::uint64_t executions_short = 1'000;   // the bar of tests
constexpr std::uint64_t executions_long = 100'000;  // that of a night

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

Expected<Budget> read_budget(const Lookup& lookup) {
  if (const auto text = value_of(lookup, "HEDDLE_BUDGET")) {
    if (const std::optional<Budget> budget = budget_of(*text)) return *budget;
    return malformed("budget-malformed", "HEDDLE_BUDGET", *text, "write 10000x, 30s or 2m");
  }
  const std::string_view is_long = value_of(lookup, "HEDDLE_LONG").value_or("0");
  if (is_long != "0" && is_long != "1")
    return malformed("usage", "HEDDLE_LONG", is_long, "write 1 for long explorations, 0 for short ones");
  return Budget{.executions = is_long == "1" ? executions_long : executions_short};
}

}  // namespace

Expected<Options> read_options(const Lookup& lookup) {
  Options options;
  const Expected<Budget> budget = read_budget(lookup);
  if (!budget) return tl::unexpected(budget.error());
  options.budget = *budget;
  if (const auto text = value_of(lookup, "HEDDLE_SEED")) {
    const std::optional<std::uint64_t> seed = number_of(*text);
    if (!seed) return malformed("usage", "HEDDLE_SEED", *text, "write a whole number");
    options.seed = *seed;
    options.run.seed = *seed;
  }
  if (const auto text = value_of(lookup, "HEDDLE_STRATEGY")) options.strategy = *text;
  if (const auto file = value_of(lookup, "HEDDLE_SUPPRESSIONS")) {
    Expected<Suppressions> suppressions = load_suppressions(std::string(*file));
    if (!suppressions) return tl::unexpected(suppressions.error());
    options.suppressions = *std::move(suppressions);
  }
  return options;
}

Options options_of_environment() {
  const Expected<Options> options = read_options([](const char* variable) { return std::getenv(variable); });
  if (options) return *options;
  const Error& error = options.error();
  throw std::invalid_argument(error.code + ": " + error.what + "; " + error.hint);
}

}  // namespace heddle
