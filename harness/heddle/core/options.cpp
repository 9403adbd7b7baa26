// Reading options from the words a user types.
#include <charconv>

#include <heddle/core/options.hpp>

namespace heddle {

std::string_view name_of(Granularity granularity) {
  switch (granularity) {
    case Granularity::op:
      return "op";
    case Granularity::os:
      return "os";
  }
  return "unknown";
}

std::optional<Granularity> granularity_of(std::string_view name) {
  if (name == "op") return Granularity::op;
  if (name == "os") return Granularity::os;
  return std::nullopt;
}

std::string_view name_of(TimeMode time) {
  switch (time) {
    case TimeMode::maximal:
      return "maximal";
    case TimeMode::explore:
      return "explore";
    case TimeMode::races:
      return "races";
  }
  return "unknown";
}

std::optional<TimeMode> time_mode_of(std::string_view name) {
  for (const TimeMode each : {TimeMode::maximal, TimeMode::explore, TimeMode::races})
    if (name_of(each) == name) return each;
  return std::nullopt;
}

std::optional<Budget> budget_of(std::string_view text) {
  std::uint64_t number = 0;
  const auto [rest, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc{} || number == 0) return std::nullopt;
  const std::string_view unit(rest, static_cast<std::size_t>(text.data() + text.size() - rest));
  constexpr std::uint64_t unbounded = UINT64_MAX;
  if (unit == "x") return Budget{.executions = number, .time = std::nullopt};
  if (unit == "s") return Budget{.executions = unbounded, .time = std::chrono::seconds(number)};
  if (unit == "m") return Budget{.executions = unbounded, .time = std::chrono::minutes(number)};
  return std::nullopt;
}

}  // namespace heddle
