// Properties for rapidcheck: a test case is a program and the interleaving that shows it broken. Both are
// shrunk together by the engine: a candidate is a reduction of the program, run by the tape of its parent and
// near it, and its own tape is minimal before it becomes the next parent.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <optional>

#include <heddle/core/verdict.hpp>
#include <heddle/programs/program.hpp>
#include <properties/property.hpp>

namespace heddle::properties {

struct TestCase {
  Property property;
  programs::Program program;
  std::uint64_t seed = 0;             // of the search, where there is no tape to begin with
  std::uint64_t executions = 0;       // likewise
  std::optional<Failure> known = {};  // of the larger program
  std::shared_ptr<std::optional<Failure>> found = std::make_shared<std::optional<Failure>>();
  // Of all programs drawn with it: executions so far, the one that showed a break being the last.
  std::shared_ptr<std::uint64_t> executions_until = std::make_shared<std::uint64_t>(0);
};

/// Runs it. False: it shows the property broken, and `found` has how.
bool holds(const TestCase& tried);

/// `executions`: of each program.
rc::Gen<TestCase> arbitrary_test_case(const Property& property, std::uint64_t executions);

/// The program, what was found, the line to replay it by once the program is in a file, and how many
/// executions it took.
void showValue(const TestCase& shown, std::ostream& out);

}  // namespace heddle::properties
