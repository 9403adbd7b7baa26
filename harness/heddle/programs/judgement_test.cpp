// What counts as coming out as expected, and the words for what does not.
#include <gtest/gtest.h>

#include <heddle/programs/judgement.hpp>
#include <mp/errors.hpp>

namespace heddle::programs {
namespace {

const Outcome one{.result = payload_of(1)};
const Wanted equals_one{.kind = Matcher::Kind::equals, .payloads = {payload_of(1)}};
const Wanted equals_two{.kind = Matcher::Kind::equals, .payloads = {payload_of(2)}};

Wanted raises(const std::string& name) {
  return {.kind = Matcher::Kind::raises, .payloads = {payload_of(name)}};
}
std::optional<std::string> mismatch_of(const std::vector<Wanted>& wanted, const Outcome& outcome) {
  return programs::mismatch(wanted, std::nullopt, std::nullopt, outcome);
}

TEST(ProgramJudgement, TakesAnyAlternative) {
  EXPECT_EQ(mismatch_of({equals_two, equals_one}, one), std::nullopt);
  EXPECT_EQ(mismatch_of({equals_two}, one), "expected 2, got 1");
  EXPECT_EQ(mismatch_of({equals_two, raises("Empty")}, one), "expected 2 or raises Empty, got 1");
}

TEST(ProgramJudgement, TakesAnyResultForOk) {
  EXPECT_EQ(mismatch_of({Wanted{}}, one), std::nullopt);
  EXPECT_EQ(mismatch_of({Wanted{}}, raised(mp::Empty())), "expected ok, got raises Empty");
}

TEST(ProgramJudgement, TakesOneOfASet) {
  const Wanted set{.kind = Matcher::Kind::one_of, .payloads = {payload_of(3), payload_of(1)}};
  EXPECT_EQ(mismatch_of({set}, one), std::nullopt);
  EXPECT_EQ(mismatch_of({set}, {.result = payload_of(2)}), "expected one of {3, 1}, got 2");
}

TEST(ProgramJudgement, TakesAnyOrder) {
  const Payload list{List{{payload_of(1), payload_of(2), payload_of(2)}}};
  const Wanted any_order{.kind = Matcher::Kind::permutes, .payloads = {list}};
  EXPECT_EQ(
      mismatch_of({any_order}, {.result = Payload{List{{payload_of(2), payload_of(1), payload_of(2)}}}}),
      std::nullopt);
  EXPECT_EQ(mismatch_of({any_order}, {.result = Payload{List{{payload_of(2), payload_of(1)}}}}),
            "expected a permutation of [1, 2, 2], got [2, 1]");
  EXPECT_EQ(mismatch_of({any_order}, one), "expected a permutation of [1, 2, 2], got 1");
}

TEST(ProgramJudgement, TakesABeginning) {
  const Wanted text{.kind = Matcher::Kind::begins, .payloads = {payload_of(std::string("ab"))}};
  EXPECT_EQ(mismatch_of({text}, {.result = payload_of(std::string("abc"))}), std::nullopt);
  EXPECT_EQ(mismatch_of({text}, {.result = payload_of(std::string("a"))}),
            "expected something that begins with 'ab', got 'a'");
  EXPECT_NE(mismatch_of({text}, one), std::nullopt);

  const Payload pair{List{{payload_of(1), payload_of(2)}}};
  const Wanted list{.kind = Matcher::Kind::begins, .payloads = {pair}};
  EXPECT_EQ(mismatch_of({list}, {.result = Payload{List{{payload_of(1), payload_of(2), payload_of(3)}}}}),
            std::nullopt);
  EXPECT_EQ(mismatch_of({list}, {.result = Payload{List{{payload_of(1)}}}}),
            "expected something that begins with [1, 2], got [1]");
}

TEST(ProgramJudgement, TakesADerivedExceptionForItsBase) {
  EXPECT_EQ(mismatch_of({raises("OSError")}, raised(mp::BrokenPipeError("gone"))), std::nullopt);
  EXPECT_EQ(mismatch_of({raises("BrokenPipeError")}, raised(mp::OSError("closed"))),
            "expected raises BrokenPipeError, got raises OSError (closed)");
}

TEST(ProgramJudgement, ComparesWhatAnExceptionCarries) {
  const Outcome outcome = raised(mp::BufferTooShort({std::byte{'a'}, std::byte{'b'}}));
  Wanted wanted = raises("BufferTooShort");
  EXPECT_EQ(mismatch_of({wanted}, outcome), std::nullopt);
  wanted.payloads.push_back({Sized{2}});
  EXPECT_EQ(mismatch_of({wanted}, outcome), std::nullopt);
  wanted.payloads[1] = {Sized{3}};
  EXPECT_EQ(mismatch_of({wanted}, outcome),
            "expected raises BufferTooShort(size(3)), got raises " + outcome.words);
  EXPECT_TRUE(outcome.words.ends_with(" with b'ab'")) << outcome.words;
}

TEST(ProgramJudgement, MeasuresBothBounds) {
  const Outcome quick{.result = none(), .seconds = 0.25};
  EXPECT_EQ(programs::mismatch({}, 0.25, 0.25, quick), std::nullopt);
  EXPECT_EQ(programs::mismatch({}, 0.5, std::nullopt, quick),
            "expected it to take 0.5 s at least, it took 0.25 s");
  EXPECT_EQ(programs::mismatch({}, std::nullopt, 0.125, quick),
            "expected it to take 0.125 s at most, it took 0.25 s");
}

}  // namespace
}  // namespace heddle::programs
