#include <ostream>
#include <utility>
#include <vector>

#include <heddle/api/program_shrinking.hpp>
#include <heddle/core/token.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/reduction.hpp>
#include <properties/checking.hpp>
#include <properties/test_case.hpp>

namespace heddle::properties {
namespace {

rc::Seq<TestCase> smaller(const TestCase& parent) {
  std::vector<TestCase> candidates;
  if (parent.found->has_value())
    for (programs::Program& each : programs::reductions(parent.program))
      candidates.push_back({.property = parent.property,
                            .program = std::move(each),
                            .seed = parent.seed,
                            .executions = parent.executions,
                            .known = *parent.found,
                            .executions_until = parent.executions_until});
  return rc::seq::fromContainer(std::move(candidates));
}

}  // namespace

bool holds(const TestCase& tried) {
  if (tried.known) {
    *tried.found = still_shows(tried.program, *tried.known);
    return !tried.found->has_value();
  }
  Checked checked = check(tried.property, tried.program, tried.seed, tried.executions);
  *tried.executions_until += checked.broken ? checked.broken->found_at : checked.executions;
  *tried.found = std::move(checked.broken);
  return !tried.found->has_value() && checked.lacking.empty();
}

rc::Gen<TestCase> arbitrary_test_case(const Property& property, std::uint64_t executions) {
  constexpr int sizes = 25;  // rapidcheck's go to 100
  const auto executions_until = std::make_shared<std::uint64_t>(0);
  return [=](const rc::Random& random, int size) {
    rc::Random copy = random;
    Random chance(copy.next());
    const std::string text = property.draw(chance, 1 + static_cast<std::uint32_t>(size / sizes));
    return rc::shrinkable::shrinkRecur(TestCase{.property = property,
                                                .program = program_of(text),
                                                .seed = chance.next(),
                                                .executions = executions,
                                                .executions_until = executions_until},
                                       &smaller);
  };
}

void showValue(const TestCase& shown, std::ostream& out) {
  const programs::Program program = programs::numbered(shown.program);
  out << "a program\n" << programs::print(program);
  const auto tell_when = [&] {
    out << "first broken in execution " << *shown.executions_until << " of all programs drawn\n";
  };
  if (!shown.found->has_value()) {
    out << "that does not show what it declares\n";
    return tell_when();
  }
  const Failure& failure = **shown.found;
  out << "in which " << failure.finding.rule << ": " << failure.finding.sentence << "\nheddle replay "
      << write_token({.scenario = program.name + ".program",
                      .run = failure.run,
                      .default_digest = failure.default_digest,
                      .tape = failure.tape})
      << "\n";
  tell_when();
}

}  // namespace heddle::properties
