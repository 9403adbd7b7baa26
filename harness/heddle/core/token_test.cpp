// Tokens survive what happens to pasted text, and whatever else is not a token is told as such.
#include <gtest/gtest.h>

#include <heddle/core/random.hpp>
#include <heddle/core/token.hpp>

namespace heddle {
namespace {

Token typical() {
  Token token{
      .scenario = "misuse/task-done-overflow", .run = {}, .default_digest = 0x8877665544332211u, .tape = {}};
  token.run.granularity = Granularity::os;
  token.tape.entries = {
      {.task = "main", .kind = ChoiceKind::task, .ordinal = 12, .chosen = "main/worker-1", .answer = 0},
      {.task = "main/worker-1",
       .kind = ChoiceKind::task,
       .ordinal = 3,
       .chosen = "main/worker-2",
       .answer = 0},
      {.task = "main/worker-2/feeder", .kind = ChoiceKind::wake, .ordinal = 0, .chosen = "main", .answer = 0},
      {.task = "main/worker-2", .kind = ChoiceKind::data, .ordinal = 40, .chosen = "", .answer = 7},
      {.task = "main", .kind = ChoiceKind::kill, .ordinal = 1, .chosen = "", .answer = 1},
  };
  return token;
}

std::string code_of(const Expected<Token>& read) { return read ? "read" : read.error().code; }

TEST(Token, ReadsBackWhatItWrote) {
  EXPECT_EQ(*read_token(write_token(typical())), typical());
  EXPECT_EQ(*read_token(write_token(Token{})), Token{});
}

TEST(Token, KeepsTheLargestNumbers) {
  Token token{.scenario = "s", .run = {}, .default_digest = UINT64_MAX, .tape = {}};
  token.run = {.granularity = Granularity::op,
               .seed = UINT64_MAX,
               .faults = {ChoiceKind::enospc},
               .faults_max = UINT32_MAX,
               .steps_max = UINT64_MAX};
  token.tape.entries = {
      {.task = "main", .kind = ChoiceKind::data, .ordinal = UINT32_MAX, .chosen = "", .answer = UINT32_MAX}};
  EXPECT_EQ(*read_token(write_token(token)), token);
}

TEST(Token, KeepsTimeModesAndTimers) {
  for (const TimeMode time : {TimeMode::explore, TimeMode::races})
    for (const Granularity granularity : {Granularity::op, Granularity::os}) {
      Token token = typical();
      token.run.granularity = granularity;
      token.run.time = time;
      token.tape.entries.push_back({.task = "main", .kind = ChoiceKind::timer, .chosen = "main/worker-2"});
      token.tape.entries.push_back(
          {.task = "main/worker-2", .kind = ChoiceKind::timer, .ordinal = UINT32_MAX, .chosen = "main"});
      EXPECT_EQ(*read_token(write_token(token)), token);
    }
}

// The text that heddle wrote before there were time modes and timers.
TEST(Token, ThatIsOlderThanTimersMeansWhatItMeant) {
  const std::string older =
      "h1-AAAAXsyS1WuZuW1pc3VzZS90YXNrLWRvbmUtb3ZlcmZsb3cBAQDOAAMNQM-Id2ZVRDMiEZUAAAQMDZWgpG1haW6"
      "pL3dvcmtlci0xoTKnL2ZlZWRlcp8BMAICDAMEAQEDzKIHAQcB";
  EXPECT_EQ(*read_token(older), typical());
  EXPECT_EQ(write_token(typical()), older);
}

TEST(Token, KeepsFaultsAndWhatStruck) {
  for (const ChoiceKind kind : fault_kinds)
    for (const std::uint32_t faults_max : {0U, 1U, 3U}) {
      Token token = typical();
      token.run.time = TimeMode::races;
      token.run.faults = {kind, ChoiceKind::spurious};
      token.run.faults_max = faults_max;
      token.tape.entries.push_back({.task = "main/worker-2", .kind = kind, .ordinal = 9, .answer = 1});
      token.tape.entries.push_back({.task = "main", .kind = kind, .ordinal = 0, .answer = 2});
      EXPECT_EQ(*read_token(write_token(token)), token);
    }
}

// The text that heddle wrote while kills were the only faults.
TEST(Token, ThatIsOlderThanFaultsAllowsKills) {
  Token token = typical();
  token.run.faults = {ChoiceKind::kill};
  token.run.faults_max = 2;
  const std::string older =
      "h1-AAAAXnjno0iZuW1pc3VzZS90YXNrLWRvbmUtb3ZlcmZsb3cBAQLOAAMNQM-Id2ZVRDMiEZUAAAQMDZWgpG1haW6pL"
      "3dvcmtlci0xoTKnL2ZlZWRlcp8BMAICDAMEAQEDzKIHAQcB";
  EXPECT_EQ(*read_token(older), token);
  EXPECT_EQ(write_token(token), older);
}

TEST(Token, OfFiveDeviationsIsShorterThan200Letters) { EXPECT_LT(write_token(typical()).size(), 200u); }

TEST(Token, HasNoLettersThatAShellOrAnAddressWouldChange) {
  const std::string text = write_token(typical());
  EXPECT_EQ(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"),
            std::string::npos);
}

TEST(Token, SurvivesSpaceAndLineBreaks) {
  std::string text = write_token(typical());
  for (std::size_t at = 60; at < text.size(); at += 60) text.insert(at, "\r\n  ");
  EXPECT_EQ(*read_token(" \t" + text + "\n"), typical());
}

TEST(Token, CutAnywhereIsTruncated) {
  const std::string text = write_token(typical());
  for (std::size_t size = 0; size < text.size(); ++size)
    EXPECT_EQ(code_of(read_token(text.substr(0, size))), "token-truncated") << size;
}

TEST(Token, WithAnyOneCharacterChangedIsAnError) {
  const std::string text = write_token(typical());
  for (std::size_t at = 0; at < text.size(); ++at)
    for (int letter = 0; letter < 256; ++letter) {
      std::string changed = text;
      changed[at] = static_cast<char>(letter);
      if (changed != text) {
        ASSERT_FALSE(read_token(changed)) << at << " " << letter;
      }
    }
}

TEST(Token, WithOneCharacterMoreOrLessIsAnError) {
  const std::string text = write_token(typical());
  for (std::size_t at = 0; at < text.size(); ++at) {
    ASSERT_FALSE(read_token(std::string(text).erase(at, 1))) << at;
    ASSERT_FALSE(read_token(std::string(text).insert(at, "A"))) << at;
  }
  EXPECT_EQ(code_of(read_token(text + "AAAA")), "token-corrupt");
}

TEST(Token, OfAnotherFormatNamesTheVersion) {
  EXPECT_EQ(code_of(read_token("h2-abcdef")), "token-version");
  EXPECT_EQ(code_of(read_token("h017-")), "token-version");
}

TEST(Token, ThatIsSomeOtherTextIsCorrupt) {
  for (const char* text : {"hello", "--help", "h-abc", "-", "H1-AAAA", "h1-AAAA AAAA A+AA=", "h\xff-", "g1-"})
    EXPECT_EQ(code_of(read_token(text)), "token-corrupt") << text;
}

TEST(Token, NeverCrashesOnNoise) {
  Random random(7);
  constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
  for (int round = 0; round < 20'000; ++round) {
    std::string text = "h1-AAAA";
    for (std::uint32_t length = random.below(60); length > 0; --length) text += letters[random.below(64)];
    ASSERT_FALSE(read_token(text)) << text;
  }
}

TEST(Token, EveryErrorSaysWhatToDo) {
  for (const char* text : {"", "hello", "h2-x"}) {
    EXPECT_FALSE(read_token(text).error().what.empty());
    EXPECT_FALSE(read_token(text).error().hint.empty());
    EXPECT_EQ(read_token(text).error().exit, ExitCode::usage);
  }
}

}  // namespace
}  // namespace heddle
