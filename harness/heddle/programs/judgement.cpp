// See the header.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/judgement.hpp>

namespace heddle::programs {
namespace {

bool is_met(const Wanted& wanted, const Outcome& outcome) {
  if (wanted.kind == Matcher::Kind::raises) {
    const auto& name = std::get<std::string>(wanted.payloads.at(0).kind);
    if (std::ranges::find(outcome.exceptions, name) == outcome.exceptions.end()) return false;
    return wanted.payloads.size() == 1 || (outcome.carried && matches(wanted.payloads[1], *outcome.carried));
  }
  if (!outcome.result) return false;
  if (wanted.kind == Matcher::Kind::permutes) return is_permutation(wanted.payloads.at(0), *outcome.result);
  if (wanted.kind == Matcher::Kind::begins) return begins_with(*outcome.result, wanted.payloads.at(0));
  return wanted.kind == Matcher::Kind::ok || std::ranges::any_of(wanted.payloads, [&](const Payload& each) {
           return matches(each, *outcome.result);
         });
}

std::string words_of(const Wanted& wanted) {
  switch (wanted.kind) {
    case Matcher::Kind::ok:
      return "ok";
    case Matcher::Kind::equals:
      return literal(wanted.payloads.at(0));
    case Matcher::Kind::one_of: {
      std::string text;
      for (const Payload& each : wanted.payloads) text += (text.empty() ? "" : ", ") + literal(each);
      return "one of {" + text + "}";
    }
    case Matcher::Kind::raises: {
      const std::string name = "raises " + std::get<std::string>(wanted.payloads.at(0).kind);
      return wanted.payloads.size() == 1 ? name : name + "(" + literal(wanted.payloads[1]) + ")";
    }
    case Matcher::Kind::permutes:
      return "a permutation of " + literal(wanted.payloads.at(0));
    case Matcher::Kind::begins:
      return "something that begins with " + literal(wanted.payloads.at(0));
  }
  return "";
}

std::string words_of(std::span<const Wanted> alternatives) {
  std::string text;
  for (const Wanted& each : alternatives) text += (text.empty() ? "" : " or ") + words_of(each);
  return text;
}

/// Long results are cut: what differs is said by the expectation.
std::string words_of(const Outcome& outcome) {
  constexpr std::size_t shown_max = 200;
  std::string text = outcome.result ? literal(*outcome.result) : "raises " + outcome.words;
  if (text.size() > shown_max) text = text.substr(0, shown_max) + "...";
  return text;
}

}  // namespace

Outcome raised(const std::exception& exception) {
  Outcome outcome{.words = name_of(exception)};
  for (const ExceptionRow& row : exceptions())
    if (row.matches(exception)) {
      outcome.exceptions.push_back(row.name);
      if (row.carried != nullptr && !outcome.carried) outcome.carried = row.carried(exception);
    }
  if (!outcome.exceptions.empty() && outcome.words != exception.what())
    outcome.words += fmt::format(" ({})", exception.what());
  if (outcome.carried) outcome.words += " with " + literal(*outcome.carried);
  return outcome;
}

std::optional<std::string> mismatch(std::span<const Wanted> alternatives, std::optional<double> seconds_min,
                                    std::optional<double> seconds_max, const Outcome& outcome) {
  const bool is_right =
      alternatives.empty()
          ? outcome.result.has_value()
          : std::ranges::any_of(alternatives, [&](const Wanted& each) { return is_met(each, outcome); });
  if (!is_right)
    return fmt::format("expected {}, got {}", alternatives.empty() ? "ok" : words_of(alternatives),
                       words_of(outcome));
  if (seconds_min && outcome.seconds && *outcome.seconds < *seconds_min)
    return fmt::format("expected it to take {} s at least, it took {} s", *seconds_min, *outcome.seconds);
  if (seconds_max && outcome.seconds && *outcome.seconds > *seconds_max)
    return fmt::format("expected it to take {} s at most, it took {} s", *seconds_max, *outcome.seconds);
  return std::nullopt;
}

}  // namespace heddle::programs
