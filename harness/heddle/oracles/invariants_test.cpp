// What the program says must always hold: found where it is not so, with the right party, and silent where it
// is.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>

namespace heddle {
namespace {

using namespace trial;
using namespace std::chrono_literals;

constexpr int all = 10;

/// Two accounts with raw storage: nothing but the invariant is looked at, with the lock held or not.
struct Accounts {
  mp::Lock lock{{.name = "lock"}};
  mp::RawValue<int> left{all, {.name = "left"}};
  mp::RawValue<int> right{0, {.name = "right"}};
  int sum() { return left.value() + right.value(); }
};

void move_one(Accounts& accounts) {
  accounts.lock.acquire();
  accounts.left.value() -= 1;
  accounts.right.value() += 1;
  accounts.lock.release();
}

void move_one_as_process(mp::RawValue<int>& left, mp::RawValue<int>& right, mp::Lock& lock) {
  lock.acquire();
  left.value() -= 1;
  right.value() += 1;
  lock.release();
}

const Finding& only_finding(const Result& result) {
  return std::get<Failed>(result.verdict).failures.at(0).finding;
}

// --- always ---------------------------------------------------------------------------------------------

void sum_is_broken_between_two_stores() {
  Accounts accounts;
  const auto kept = always("the sum", [&] { return accounts.sum() == all; });
  auto mover = start_thread("mover", [&] { move_one(accounts); });
  mover.join();
}

void sum_is_broken_by_a_process() {
  Accounts accounts;
  const auto kept = always("the sum", [&] { return accounts.sum() == all; });
  auto mover = start<&move_one_as_process>("mover", accounts.left, accounts.right, accounts.lock);
  mover.join();
}

void count_never_exceeds_its_bound() {
  mp::Semaphore rooms(2, {.name = "rooms"});
  const auto bound = always("at most 2 free", [&] { return rooms.get_value() <= 2; });
  auto guest = start_thread("guest", [&] {
    rooms.acquire();
    rooms.release();
  });
  rooms.acquire();
  rooms.release();
  guest.join();
}

/// Plain memory of one process, changed within a step or over two.
void plain_memory(bool in_one_step) {
  int in = 0;
  int out = 0;
  mp::Lock lock({.name = "lock"});
  const auto kept = always("in == out", [&] { return in == out; });
  auto worker = start_thread("worker", [&] {
    lock.acquire();
    ++in;
    if (!in_one_step) {
      lock.release();
      lock.acquire();
    }
    ++out;
    lock.release();
  });
  worker.join();
}
void changed_within_a_step() { plain_memory(true); }
void changed_over_two_steps() { plain_memory(false); }

TEST(Always, NamesWhoBrokeItAfterWhatAndWhere) {
  const Result result = explore(&sum_is_broken_between_two_stores, options_of(300));
  ASSERT_EQ(rules_of(result), Names{"assertion"});
  const Finding& finding = only_finding(result);
  EXPECT_EQ(finding.object, "the sum");
  EXPECT_EQ(finding.sentence, "main/mover broke 'the sum', which should always hold, after left.store(9)");
  ASSERT_EQ(finding.parties.size(), 2U);
  EXPECT_EQ(finding.parties[0].operation, "left.store(9)");
  EXPECT_EQ(finding.parties[1].operation, "always");
  EXPECT_NE(finding.parties[1].where.line(), 0U);
}

TEST(Always, IsBrokenByAProcessAsWell) {
  const Result result = explore(&sum_is_broken_by_a_process, options_of(300));
  ASSERT_EQ(rules_of(result), Names{"assertion"});
  EXPECT_EQ(only_finding(result).parties.at(0).who, "mover");
}

TEST(Always, HoldsInAProgramThatKeepsIt) { expect_silence(&count_never_exceeds_its_bound); }

TEST(Always, IsNotAskedInTheMiddleOfAStep) {
  expect_silence(&changed_within_a_step);
  EXPECT_EQ(rules_of(explore(&changed_over_two_steps, options_of(300))), Names{"assertion"});
}

TEST(Always, IsReplayedAndShrunk) {
  // Only where two get in between a look and a put is there one too many.
  const auto body = [] {
    mp::Semaphore taken(0, {.name = "taken"});
    const auto bound = always("one at most", [&] { return taken.get_value() <= 1; });
    const auto take = [&] {
      if (taken.get_value() == 0) taken.release();
    };
    auto one = start_thread("one", take);
    auto two = start_thread("two", take);
    one.join();
    two.join();
  };
  const Result result = explore(body, options_of(300), "taking");
  ASSERT_EQ(rules_of(result), Names{"assertion"});
  const Failure& failure = std::get<Failed>(result.verdict).failures.at(0);
  EXPECT_LE(failure.tape.entries.size(), 2U);
  const Token token{.scenario = "taking",
                    .run = failure.run,
                    .default_digest = failure.default_digest,
                    .tape = failure.tape};
  EXPECT_EQ(rules_of(replay(body, token)), Names{"assertion"});
}

// --- looking --------------------------------------------------------------------------------------------

void update(mp::Value<int>& one, mp::Value<int>& other) {
  one.get_lock().acquire();
  one.value() += 1;
  other.value() += 1;
  one.get_lock().release();
}

/// One lock guards both: where it is held nobody may look.
void locked_values() {
  mp::Value<int> one(0, {.name = "one"});
  mp::Value<int> other(0, {.name = "other"});
  const auto same = always("both the same", [&] { return int{one.value()} == int{other.value()}; });
  auto first = start<&update>("first", one, other);
  auto second = start<&update>("second", one, other);
  first.join();
  second.join();
}

void unlocked_values(mp::Value<int>& one, mp::Value<int>& other) {
  one.value() = 1;
  other.value() = 1;
}
void values_without_a_common_lock() {
  mp::Value<int> one(0, {.name = "one"});
  mp::Value<int> other(0, {.name = "other"});
  const auto same = always("both the same", [&] { return int{one.value()} == int{other.value()}; });
  start<&unlocked_values>("writer", one, other).join();
}

TEST(Always, WaitsForNoLockAndLooksWhenItIsFree) {
  expect_silence(&locked_values);
  EXPECT_EQ(rules_of(explore(&values_without_a_common_lock, options_of(300))), Names{"assertion"});
}

void write_alone(mp::RawValue<int>& value) {
  value.value() = 1;
  value.value() = 2;
}
void looked_at_while_written() {
  mp::RawValue<int> value(0, {.name = "value"});
  const auto small = always("small", [&] { return value.value() < 3; });
  auto writer = start<&write_alone>("writer", value);
  mp::sleep(1s);
  writer.join();
}

TEST(Always, IsNoAccessForTheRulesAboutRaces) { expect_silence(&looked_at_while_written); }

void fill(mp::Queue<int>& queue, mp::Array<int>& array, mp::Event& event) {
  queue.put(1);
  array[1] = 7;
  event.set();
}
template <int queued_max>
void many_things_looked_at() {
  mp::Queue<int> queue(2, {.name = "queue"});
  mp::Array<int> array(2, {.name = "array"});
  mp::Event event({.name = "event"});
  mp::Lock lock({.name = "lock"});
  const auto calm = always("calm", [&] {
    const bool is_free = lock.acquire(false) && !lock.acquire(false);
    return is_free && queue.qsize() <= queued_max && array[1] <= 7 && (event.is_set() || true);
  });
  start<&fill>("filler", queue, array, event).join();
  queue.get();
  lock.acquire();
  lock.release();
}
void holds_a_lock_that_should_be_free() {
  mp::Lock lock({.name = "lock"});
  const auto calm = always("free", [&] { return lock.acquire(false); });
  lock.acquire();
  lock.release();
}

TEST(Always, MayLookAtManyThings) {
  EXPECT_EQ(sentence_of(&many_things_looked_at<1>),
            "main broke 'calm', which should always hold, after lock.acquire()");
  EXPECT_EQ(rules_of(explore(&many_things_looked_at<0>, options_of(100))), Names{"assertion"});
  EXPECT_EQ(rules_of(explore(&holds_a_lock_that_should_be_free, options_of(100))), Names{"assertion"});
}

/// The same program with and without somebody who looks.
template <bool is_looked_at>
void two_takers() {
  mp::Semaphore rooms(1, {.name = "rooms"});
  const auto take = [&] {
    rooms.acquire();
    rooms.release();
  };
  auto one = start_thread("one", take);
  auto two = start_thread("two", take);
  if constexpr (is_looked_at) {
    const auto bound = always("at most 1", [&] { return rooms.get_value() <= 1; });
    one.join();
    two.join();
  } else {
    one.join();
    two.join();
  }
}

/// The same choices by the same strategy come to the same executions.
void expect_no_difference(Granularity granularity, std::string strategy) {
  Options options = options_of(300);
  options.strategy = std::move(strategy);
  options.run.granularity = granularity;
  const Coverage without = explore(&two_takers<false>, options).coverage;
  const Coverage with = explore(&two_takers<true>, options).coverage;
  EXPECT_EQ(with.executions, without.executions);
  EXPECT_EQ(with.choice_points, without.choice_points);
  EXPECT_EQ(with.steps, without.steps);
  EXPECT_EQ(with.exhausted, without.exhausted);
}

TEST(Always, IsNoChoiceAndNoStep) {
  expect_no_difference(Granularity::op, "exhaustive");
  expect_no_difference(Granularity::os, "exhaustive");
  expect_no_difference(Granularity::os, "random");
}

/// Which of two writes to different things comes first matters to who looks at both.
void set_one(mp::RawValue<int>& value) { value.value() = 1; }
void order_of_writes_to_two_things() {
  mp::RawValue<int> first(0, {.name = "first"});
  mp::RawValue<int> second(0, {.name = "second"});
  const auto in_order = always("second after first", [&] { return second.value() <= first.value(); });
  auto one = start<&set_one>("one", first);
  auto two = start<&set_one>("two", second);
  one.join();
  two.join();
}

TEST(Always, IsNotMissedByAReduction) {
  Options options = options_of(10'000);
  options.strategy = "dpor";
  for (const Granularity granularity : {Granularity::op, Granularity::os}) {
    options.run.granularity = granularity;
    EXPECT_EQ(rules_of(explore(&order_of_writes_to_two_things, options)), Names{"assertion"});
  }
}

void predicate_that_takes() {
  mp::Queue<int> queue(0, {.name = "queue"});
  const auto wrong = always("empty", [&] { return queue.empty(); });
  queue.put(1);
  queue.get();
}
void predicate_that_chooses() {
  const auto wrong = always("chosen", [] { return choose(2) < 2; });
  mp::sleep(1s);
}
void predicate_that_throws() {
  const auto wrong = always("thrown", []() -> bool { throw std::runtime_error("no state"); });
  mp::sleep(1s);
}
void false_from_the_start() {
  const auto wrong = always("false", [] { return false; });
  mp::sleep(1s);
}

TEST(Always, ThatDoesMoreThanLookIsToldSo) {
  EXPECT_EQ(sentence_of(&predicate_that_takes),
            "the predicate of 'empty' does more than look: it calls poll()");
  EXPECT_EQ(sentence_of(&predicate_that_chooses),
            "the predicate of 'chosen' does more than look: it calls heddle::choose()");
  EXPECT_EQ(sentence_of(&predicate_that_throws),
            "the predicate of 'thrown' raised when main had its turn, before its first operation: no state");
  EXPECT_EQ(sentence_of(&false_from_the_start),
            "'false' should always hold and did not when it was first looked at, by main before its first "
            "operation");
}

// --- how long it lasts ----------------------------------------------------------------------------------

void left_scope() {
  mp::RawValue<int> value(0, {.name = "value"});
  {
    const auto zero = always("zero", [&] { return value.value() == 0; });
    mp::sleep(1s);
  }
  value.value() = 1;
  mp::sleep(1s);
}

void say_and_stand(mp::Lock& lock) {
  const auto mine = always("mine", [&lock] { return lock.object() != mp::ObjectId::none; });
  const std::string long_name(100, 'x');
  const auto hopeless = always(long_name, [&] { return long_name.size() == 100; });
  lock.acquire();
}
void killed_while_it_said_so() {
  mp::Lock lock({.name = "lock"});
  lock.acquire();
  auto child = start<&say_and_stand>("child", lock);
  mp::sleep(1s);
  child.terminate();
  child.join();
  auto other = start_thread("other", [] { mp::sleep(1s); });
  mp::sleep(1s);
  other.join();
  lock.release();
}

TEST(Always, EndsWithItsScope) { expect_silence(&left_scope); }

TEST(Always, EndsWithItsTask) {
  const Names rules = rules_of(explore(&killed_while_it_said_so, options_of(300)));
  EXPECT_FALSE(rules.contains("assertion"));
}

}  // namespace
}  // namespace heddle
