// What is written is what is read, and what is no result is told from one.
#include <gtest/gtest.h>

#include <algorithm>

#include <heddle/results/result_file.hpp>

namespace heddle::results {
namespace {

Suppressions known() {
  return {.file = "known.txt",
          .lines = {{.rule = "crash",
                     .pattern = "w*",
                     .reason = "meant",
                     .line = 4,
                     .until = date_of("2026-02-28"),
                     .is_expired = true},
                    {.rule = "deadlock", .pattern = "*", .reason = "r", .line = 5}}};
}

StoredResult full() {
  StoredResult result;
  result.asked = {.version = "0.1.0",
                  .program = "tutorial/queue",
                  .program_digest = 0xfedcba9876543210u,
                  .strategy = "pct:5",
                  .seed = UINT64_MAX,
                  .budget = {.executions = 1'000, .time = std::chrono::duration<double>(2.5)},
                  .run = {.granularity = Granularity::os,
                          .time = TimeMode::races,
                          .seed = 9,
                          .faults = {ChoiceKind::kill, ChoiceKind::enospc},
                          .faults_max = 2},
                  .findings_max = 3,
                  .looks_beyond_maximal = true,
                  .suppressions = known()};
  result.shard = {.index = 2, .count = 8};
  Partial part;
  part.share = {.first = 2, .step = 16};
  part.made = 70;
  part.ended = true;
  part.coverage = {.executions = 69,
                   .abandoned = 1,
                   .interleavings = 3,
                   .choice_points = 400,
                   .steps = 900,
                   .steps_longest = 17,
                   .exhausted = true,
                   .seconds = 1.25};
  part.interleavings = {UINT64_MAX, 1, 77};
  part.outcomes = {"1, 2", "no text: \xff\xfe", ""};
  Catch caught;
  caught.finding.rule = "crash";
  caught.finding.object = "worker-2";
  caught.finding.harm = Harm::predicted;
  caught.run = result.asked.run;
  caught.tape.entries = {{.task = "main", .kind = ChoiceKind::task, .ordinal = 3, .chosen = "main/a"}};
  caught.found_at = 51;
  caught.found_by = "surw";
  caught.is_beyond = true;
  part.caught = {caught};
  part.refuted = {{"sleep-as-synchronisation", "a.cpp:3:7"}};
  part.suppressed = {{.by = "known.txt:5", .reason = "r", .rule = "deadlock", .object = "a"}};
  part.harm_attempts = 4;
  part.given_up = 5;
  part.left_open = 7;
  part.first_schedule = 6;
  part.has_varied = part.was_cut = part.others_have_enough = true;
  result.parts = {part, Partial{.share = {.first = 10, .step = 16}}};
  result.verdict = "failed";
  result.findings = {
      {.rule = "crash", .object = "o", .severity = "error", .harm = "h", .sentence = "s", .token = "t"}};
  result.lost = {"process 2 of 2 was killed by signal 9: what it saw is lost"};
  return result;
}

TEST(ResultFile, SaysTheSameWhenItIsWrittenAgain) {
  const std::string text = text_of(full());
  const Expected<StoredResult> read = read_result(text, "x");
  ASSERT_TRUE(read) << read.error().what;
  EXPECT_EQ(text_of(*read), text);
  EXPECT_FALSE(difference(read->asked, full().asked));
  EXPECT_EQ(read->shard, full().shard);
  EXPECT_EQ(read->lost, full().lost);
}

TEST(ResultFile, KeepsAllOfAPart) {
  const Partial part = full().parts.front();
  const Partial read = read_result(text_of(full()), "x")->parts.front();
  EXPECT_EQ(read.share, part.share);
  EXPECT_EQ(read.outcomes, part.outcomes);
  EXPECT_EQ(read.coverage.interleavings, 3u);
  EXPECT_EQ(read.interleavings, (std::vector<std::uint64_t>{1, 77, UINT64_MAX}));
  ASSERT_EQ(read.caught.size(), 1u);
  EXPECT_EQ(read.caught[0].tape, part.caught[0].tape);
  EXPECT_EQ(read.caught[0].run, part.caught[0].run);
  EXPECT_EQ(read.caught[0].finding.harm, Harm::predicted);
  EXPECT_TRUE(read.caught[0].is_beyond);
  EXPECT_EQ(read.refuted, part.refuted);
  EXPECT_EQ(read.suppressed, part.suppressed);
}

TEST(ResultFile, OfAPartAloneIsReadAgain) {
  const std::string text = text_of(full().parts.front());
  ASSERT_TRUE(read_partial(text, "x"));
  EXPECT_EQ(text_of(*read_partial(text, "x")), text);
}

TEST(ResultFile, ThatIsNoneIsMalformedAndNamed) {
  for (const char* text : {"", "hello", "{}", "[]", "null", "{\"heddle_result\":4}"}) {
    const auto read = read_result(text, "part.json");
    ASSERT_FALSE(read) << text;
    EXPECT_EQ(read.error().code, "result-malformed") << text;
    EXPECT_NE(read.error().what.find("part.json"), std::string::npos);
  }
}

TEST(ResultFile, ThatIsCutOffIsMalformed) {
  const std::string text = text_of(full());
  for (std::size_t length = 0; length + 2 < text.size(); length += 7)
    EXPECT_FALSE(read_result(text.substr(0, length), "x")) << length;
}

TEST(ResultFile, WithAWrongValueIsMalformed) {
  const std::string good = text_of(full());
  const auto with = [&](std::string_view from, std::string_view to) {
    std::string bad = good;
    const std::size_t at = bad.find(from);
    EXPECT_NE(at, std::string::npos) << from;
    return read_result(bad.replace(at, from.size(), to), "x").has_value();
  };
  EXPECT_FALSE(with("\"seed\": 18446744073709551615", "\"seed\": -1"));
  EXPECT_FALSE(with("\"granularity\": \"os\"", "\"granularity\": \"fine\""));
  EXPECT_FALSE(with("\"kill\"", "\"flood\""));
  EXPECT_FALSE(with("\"number\": 3", "\"number\": 9"));
  EXPECT_FALSE(with("\"step\": 16", "\"step\": 0"));
  EXPECT_FALSE(with("\"tape\": \"h1-", "\"tape\": \"h1-A"));
  EXPECT_FALSE(with("\"found_at\": 51", "\"found_at\": \"51\""));
}

TEST(ResultFile, OfAnotherFormatIsToldSo) {
  std::string text = text_of(full());
  text.replace(text.find("\"heddle_result\": 4"), 18, "\"heddle_result\": 5");
  EXPECT_EQ(read_result(text, "x").error().code, "result-version");
}

TEST(ResultFile, OfDifferentRunsSaysWhatDiffers) {
  const Asked asked = full().asked;
  Asked other = asked;
  other.seed = 4;
  EXPECT_EQ(difference(asked, other), "seed: 18446744073709551615 and 4");
  other = asked;
  other.program_digest = 1;
  EXPECT_EQ(difference(asked, other), "the program has changed between them");
  other = asked;
  other.run.faults_max = 9;
  EXPECT_EQ(difference(asked, other), "faults: kill, enospc at most 2 and kill, enospc at most 9");
  other = asked;
  other.suppressions.lines[1].is_expired = true;
  EXPECT_EQ(difference(asked, other), "suppressions: line 5 of known.txt");
  other.suppressions = {};
  EXPECT_EQ(difference(asked, other), "suppressions: known.txt with 2 lines and none with 0");
  other = asked;
  other.looks_beyond_maximal = false;
  EXPECT_EQ(difference(asked, other), "time: maximal alone, and a fifth of the executions in another mode");
}

}  // namespace
}  // namespace heddle::results
