// Did an operation come out as expected? A pure question about what happened, and the words for when not.
#pragma once

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/payload.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::programs {

/// How an operation came out.
struct Outcome {
  std::optional<Payload> result = {};             // absent: it raised
  std::vector<std::string_view> exceptions = {};  // what it raised, and that one's bases
  std::optional<Payload> carried = {};            // what the exception has with it
  std::string words = {};                         // of the exception
  std::optional<double> seconds = {};             // how long it took, if somebody asks
};

/// The outcome of something that raised this.
Outcome raised(const std::exception& exception);

/// A matcher whose terms have been evaluated.
struct Wanted {
  Matcher::Kind kind = Matcher::Kind::ok;
  std::vector<Payload> payloads = {};  // of raises: the exception's name as a text, and maybe what it carries
};

/// `seconds_max`: absent if it is not to be judged. Absent: all is as expected; otherwise "expected raises
/// Full, got 3".
std::optional<std::string> mismatch(std::span<const Wanted> alternatives, std::optional<double> seconds_min,
                                    std::optional<double> seconds_max, const Outcome& outcome);

}  // namespace heddle::programs
