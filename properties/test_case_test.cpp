// Primitives as they are hold their properties, so the shrinking of rapidcheck is shown on a program that is
// wrong: an update that nothing guards.
#include <gtest/gtest.h>

#include <algorithm>
#include <heddle/programs/reduction.hpp>
#include <properties/checking.hpp>
#include <properties/test_case.hpp>
#include <properties/writer.hpp>
#include <string>

namespace heddle::properties {
namespace {

std::string unguarded(Random& random, std::uint32_t size) {
  Writer writer(random, size);
  writer.object("total = RawValue('i', 0)");
  writer.object("other = Queue()");
  const std::uint32_t tasks = writer.between(2, 4);
  for (std::uint32_t task = 1; task <= tasks; ++task) {
    writer.joined(fmt::format("task{}", task));
    writer.script(fmt::format("process task{}", task));
    writer.line(writer.pause());
    writer.line("x = total.value");
    writer.line("other.put(1)");
    writer.line("total.value = x + 1");
    writer.main("other.get()");
  }
  writer.last(fmt::format("total.value == {}", tasks));
  return writer.text("test/unguarded");
}

constexpr Property wrong{"test/unguarded", "updates without a lock are exact", &unguarded};

/// The first case that does not hold, and what rapidcheck makes of it.
TestCase shrunk(std::uint64_t seed) {
  const auto cases = arbitrary_test_case(wrong, 100);
  auto best = cases(rc::Random(seed), 60);
  TestCase found = best.value();
  EXPECT_FALSE(holds(found));
  for (bool is_smaller = true; is_smaller;) {
    is_smaller = false;
    auto candidates = best.shrinks();
    while (auto candidate = candidates.next()) {
      const TestCase tried = candidate->value();
      if (holds(tried)) continue;
      best = *candidate;
      found = tried;
      is_smaller = true;
      break;
    }
  }
  return found;
}

TEST(TestCases, AreShrunkInProgramAndTape) {
  const TestCase small = shrunk(1);
  const Failure& failure = small.found->value();
  EXPECT_LE(programs::operations_in(small.program), 6U);
  EXPECT_LE(failure.tape.entries.size(), 2U);
  EXPECT_FALSE(failure.finding.sentence.empty());
}

TEST(TestCases, AreTheSameForTheSameSeed) {
  const auto cases = arbitrary_test_case(wrong, 100);
  const TestCase one = cases(rc::Random(7), 60).value();
  const TestCase again = cases(rc::Random(7), 60).value();
  EXPECT_EQ(one.program, again.program);
  EXPECT_EQ(one.seed, again.seed);
}

TEST(TestCases, ThatLackWhatTheyDeclareDoNotHold) {
  const TestCase silent{.property = wrong,
                        .program = program_of("program p\nexpect findings: crash\nprocess main:\n  pass\n"),
                        .executions = 5};
  EXPECT_FALSE(holds(silent));
  EXPECT_FALSE(silent.found->has_value());
}

}  // namespace
}  // namespace heddle::properties
