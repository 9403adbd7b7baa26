// See the header. The worlds and oracles are kept from one input to the next, one set for each set of rules
// that are put aside.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <stdexcept>

#include <heddle/api/program_shrinking.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/programs/interpreter.hpp>
#include <heddle/programs/plan.hpp>
#include <heddle/programs/print.hpp>
#include <properties/checking.hpp>
#include <properties/fuzzing/target.hpp>

namespace heddle::properties {
namespace {

using Rules = std::set<std::string>;

/// Of an edited program only an assertion counts: the exceptions that programs know are expected of every
/// operation, so it is about another one.
Rules rules_put_aside(const Drawn& drawn) {
  Rules aside;
  if (drawn.is_edited) {
    for (const Rule& each : rules())
      if (each.id != "assertion") aside.emplace(each.id);
    return aside;
  }
  for (const programs::RuleExpectation& each : drawn.program.findings) aside.insert(each.rule);
  if (drawn.property->despite_a_kill)
    for (const std::string_view each : rules_about_a_death()) aside.emplace(each);
  return aside;
}

Suppressions suppressing(const Rules& aside) {
  Suppressions suppressions{.file = "fuzzer"};
  for (const std::string& rule : aside)
    suppressions.lines.push_back({.rule = rule, .pattern = "*", .reason = "put aside"});
  return suppressions;
}

std::function<void()> body_of(const programs::Program& program) {
  const auto planned = programs::plan(program);
  if (!planned) throw std::invalid_argument(planned.error().what);
  return programs::body_of(*planned, programs::Time::simulated);
}

/// ThreadSanitizer's reports pass by suppressions, and a program that may misuse what it likes has one thread
/// start what another one looks at.
bool is_put_aside(const Result& result, const Rules& aside) {
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  return failed != nullptr && std::ranges::all_of(failed->failures, [&](const Failure& failure) {
           return aside.contains(std::string(failure.finding.rule));
         });
}

/// With a smaller program, if there is one and it is worth shrinking.
Target::Found shrunk(Target::Found found, const Suppressions& suppressions) {
  auto* const failed = std::get_if<Failed>(&found.result.verdict);
  if (failed == nullptr) return found;
  try {
    ShrunkProgram small = shrink_program(found.program, failed->failures.front(), suppressions);
    found.program = std::move(small.program);
    failed->failures = {std::move(small.failure)};
  } catch (const std::invalid_argument&) {  // shown by this program alone
  }
  return found;
}

}  // namespace

std::string Target::Found::words() const {
  return "In the program\n\n" + programs::print(program) + "\n" +
         text_report(result, {.scenario = program.name + ".program", .replay_command = "heddle replay"});
}

Fuzzing& Target::fuzzing_for(const Key& key) {
  std::unique_ptr<Fuzzing>& place = fuzzings_[key];
  if (place == nullptr) {
    FuzzOptions options;
    options.suppressions = suppressing(key.first);
    options.keeps_warnings = true;
    options.checks_determinism = key.second;
    place = std::make_unique<Fuzzing>(std::move(options));
  }
  return *place;
}

std::optional<Target::Found> Target::run(std::span<const std::uint8_t> bytes) {
  const Input input = read_input(bytes);
  const Drawn drawn = drawn_from(input, properties_);
  const Rules aside = rules_put_aside(drawn);
  Fuzzing& fuzzing = fuzzing_for({aside, drawn.is_run_twice});
  std::optional<Result> result = fuzzing.run(body_of(drawn.program), input.choices, drawn.way);
  if (!result || is_put_aside(*result, aside)) return std::nullopt;
  return shrunk({.program = drawn.program, .result = *std::move(result)}, fuzzing.options().suppressions);
}

void fuzz(std::span<const Property> properties, std::span<const std::uint8_t> bytes) {
  static Target target(properties);
  static const bool shows = std::getenv("HEDDLE_FUZZ_SHOW") != nullptr;
  if (shows) std::fputs(programs::print(drawn_from(read_input(bytes), properties).program).c_str(), stderr);
  const std::optional<Target::Found> found = target.run(bytes);
  if (!found) return;
  std::fputs(found->words().c_str(), stderr);
  std::abort();
}

}  // namespace heddle::properties
