// Histories that executions leave: what is legal, what is not, what nobody can tell, and what is said of it.
#include <gmock/gmock.h>

#include <heddle/trial/trial.hpp>
#include <optional>
#include <stdexcept>

namespace heddle {
namespace {

using namespace trial;

const Finding& only_finding(const Result& result) {
  static const Finding nothing;
  const auto* const failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr || failed->failures.size() != 1 ? nothing : failed->failures[0].finding;
}

// Keeps what it was told in memory of its own task until it is asked for the second time.
class Cached {
 public:
  explicit Cached(mp::Value<int>& shared) : shared_(shared) {}
  int get() {
    return record("cached", "get", [&] {
      if (!known_) known_ = shared_.value();
      return *known_;
    });
  }

 private:
  mp::Value<int>& shared_;
  std::optional<int> known_;
};

void set_cached(mp::Value<int>& shared) {
  record(
      "cached", "set", [&] { shared.value() = 1; }, 1);
}

template <int reads>
void read_cached() {
  mp::Value<int> shared(0, {.name = "shared"});
  linearizable("cached", "value");
  auto writer = start<&set_cached>("writer", shared);
  Cached cached(shared);
  for (int i = 0; i < reads; ++i) cached.get();
  writer.join();
}

TEST(Linearizability, FindsAReadThatIsOlderThanAWriteThatHadReturned) {
  expect_finding(&read_cached<2>, "not-linearizable", "cached", {"main"});
}

TEST(Linearizability, IsSilentOnAReadThatOverlapsTheWrite) { expect_silence(&read_cached<1>); }

TEST(Linearizability, TellsTheCallThatNoOrderExplainsAndWhatWentBefore) {
  const std::string sentence = sentence_of(&read_cached<2>);
  EXPECT_THAT(sentence, testing::HasSubstr("no order of the calls explains main's cached.get() -> 0 ("));
  EXPECT_THAT(sentence, testing::HasSubstr("writer's cached.set(1) -> None ("));
  EXPECT_THAT(sentence, testing::EndsWith("after which it is [1]"));
}

// Between the two calls nothing is done that others could come before, so a second look at once is legal only
// because a call may begin late.
TEST(Linearizability, FindsTheSameByExhaustionAndByReordering) {
  for (const char* strategy : {"exhaustive", "dpor"}) {
    Options options = options_of(20'000);
    options.strategy = strategy;
    EXPECT_EQ(rules_of(explore(&read_cached<2>, options)), Names{"not-linearizable"}) << strategy;
    const Result silent = explore(&read_cached<1>, options);
    EXPECT_EQ(rules_of(silent), Names{}) << strategy;
    EXPECT_TRUE(silent.coverage.exhausted) << strategy;
  }
}

void wait_for_ever(mp::Event& begun, mp::Event& never) {
  record("gate", "acquire", [&] {
    begun.set();
    return never.wait();
  });
}

// The model has one permit, and the call that waits may have taken it or not.
TEST(Linearizability, LetsACallThatNeverReturnedHaveTakenEffectOrNot) {
  expect_silence(+[] {
    mp::Event begun({.name = "begun"});
    mp::Event never({.name = "never"});
    linearizable("gate", "semaphore", 1);
    auto waiter = start<&wait_for_ever>("waiter", begun, never);
    begun.wait();
    record("gate", "acquire", [] { return heddle::choose(2) == 0; });
    waiter.terminate();
    waiter.join();
  });
}

TEST(Linearizability, ForgetsWhatAnExceptionLeavesUnknown) {
  expect_silence(+[] {
    linearizable("cell", "value");
    try {
      record(
          "cell", "set", [] { throw mp::RuntimeError("half done"); }, 1);
    } catch (const mp::RuntimeError&) {
    }
    if (heddle::choose(2) == 0) record("cell", "get", [] { return heddle::choose(2); });
    heddle::outcome("x");
  });
}

TEST(Linearizability, TakesARefusalForAResult) {
  const Result result = explore(
      [] {
        linearizable("box", "dict");
        record(
            "box", "set", [] {}, "k", 1);
        try {
          record(
              "box", "get", []() -> int { throw mp::KeyError("k"); }, "k");
        } catch (const mp::KeyError&) {
        }
      },
      options_of(10));
  EXPECT_EQ(only_finding(result).rule, "not-linearizable");
  EXPECT_THAT(only_finding(result).sentence,
              testing::HasSubstr("about k explains main's box.get(k) -> KeyError"));
}

TEST(Linearizability, KeepsTwoObjectsApart) {
  expect_silence(+[] {
    linearizable("one", "value");
    linearizable("other", "value");
    record(
        "one", "set", [] {}, 5);
    record("other", "get", [] { return 0; });
    heddle::choose(2);
  });
}

TEST(Linearizability, IsAskedAboutADeclaredObjectOnce) {
  const auto twice = [] {
    linearizable("one", "value");
    linearizable("one", "lock");
  };
  EXPECT_EQ(only_finding(explore(twice, options_of(1))).sentence,
            "main: there is a history of 'one' already");
}

TEST(Linearizability, FindsACallOnAnObjectThatNobodyDescribed) {
  const auto undeclared = [] { record("one", "get", [] { return 0; }); };
  EXPECT_EQ(rules_of(explore(undeclared, options_of(1))), Names{"assertion"});
}

TEST(Linearizability, FindsACallThatTheModelDoesNotKnow) {
  const auto unknown = [] {
    linearizable("one", "value");
    record("one", "peek", [] { return 0; });
  };
  const Result result = explore(unknown, options_of(1));
  EXPECT_EQ(only_finding(result).rule, "assertion");
  EXPECT_THAT(only_finding(result).sentence, testing::HasSubstr("main's one.peek() -> 0"));
}

TEST(Linearizability, RefusesAModelThatThereIsNot) {
  EXPECT_THROW(linearizable("one", "cat"), std::invalid_argument);
}

TEST(Linearizability, MakesTheCallWhereNobodyListens) {
  EXPECT_EQ(record("one", "get", [] { return 5; }), 5);
}

/// May be in any of many states, and each call leads to others.
class Vast final : public Model {
 public:
  bool admits(const Call&) const override { return true; }
  State initial() const override { return {"0"}; }
  void successors(const State& state, const Call& call, std::vector<State>& next) const override {
    if (call.operation == "decide") return;
    for (std::uint64_t i = 0; i < 400; ++i) next.push_back({std::to_string(std::stoull(state[0]) * 400 + i)});
  }
};

TEST(Linearizability, SaysWhenItCannotTell) {
  const auto vast = [] {
    linearizable<Vast>("vast");
    for (int i = 0; i < 4; ++i) record("vast", "grow", [] {});
    record("vast", "decide", [] {});
    heddle::choose(2);
  };
  const Result result = explore(vast, options_of(2));
  const auto* const gave_up = std::get_if<GaveUp>(&result.verdict);
  ASSERT_NE(gave_up, nullptr);
  EXPECT_EQ(gave_up->why, "of 2 of 2 executions nobody could tell whether a history is legal");
}

}  // namespace
}  // namespace heddle
