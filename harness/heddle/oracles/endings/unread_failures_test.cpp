// Failures of pools' jobs that nobody learns of, and the ways of learning of them or having no use for them.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

Finding the_finding(void (*program)(), const std::string& rule) {
  const Result result = explore(program, options_of(200));
  EXPECT_EQ(rules_of(result), Names{rule});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Finding{} : failed->failures.at(0).finding;
}

int raise_value_error(int) { throw mp::ValueError("unread"); }

TEST(PoolResultUnread, IsAWarningAboutTheCallThatMadeTheJob) {
  const Finding finding = the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        pool.apply_async(mp::fn<&raise_value_error>, mp::args(1), {.name = "job"});
        pool.close();
        pool.join();
      },
      "pool-result-unread");
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_EQ(finding.object, "job");
  EXPECT_EQ(finding.parties.at(0).who, "main");
  EXPECT_NE(finding.sentence.find("mp::ValueError: unread"), std::string::npos) << finding.sentence;
}

TEST(PoolResultUnread, IsNoneWhereSomebodyLooks) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    const auto asked = pool.apply_async(mp::fn<&raise_value_error>, mp::args(1));
    const auto told = pool.apply_async(mp::fn<&raise_value_error>, mp::args(2),
                                       {.error_callback = [](const std::exception_ptr&) {}});
    try {
      pool.apply(mp::fn<&raise_value_error>, mp::args(3));
    } catch (const mp::ValueError&) {
    }
    asked.wait();
    check(!asked.successful(), "it failed");
    pool.close();
    pool.join();
  });
}

int raise_at_two(int number) {
  if (number == 2) throw mp::ValueError("two");
  return number;
}

TEST(PoolResultUnread, OfAPartThatNobodyAsksFor) {
  const Finding finding = the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        auto results = pool.imap(mp::fn<&raise_at_two>, std::vector<int>{1, 2});
        outcome(results.next());
        pool.close();
        pool.join();
      },
      "pool-result-unread");
  EXPECT_EQ(finding.parties.at(0).operation.substr(0, 9), "pool.imap");
  EXPECT_EQ(rules_of(explore(
                [] {
                  mp::ThreadPool pool(1, {.name = "pool"});
                  auto results = pool.imap_unordered(&raise_at_two, std::vector<int>{1, 3, 2});
                  for (int i = 0; i < 2; ++i) outcome(results.next());
                  pool.close();
                  pool.join();
                },
                options_of(200))),
            Names{"pool-result-unread"});
}

TEST(PoolResultUnread, OfAJobThatNobodyAsksForAgain) {
  the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        const auto result = pool.apply_async(mp::fn<&raise_value_error>, mp::args(1), {.name = "job"});
        try {
          result.get(0s);
        } catch (const mp::TimeoutError&) {
          outcome("not yet");
        } catch (const mp::ValueError&) {
          outcome("failed");
        }
        pool.close();
        pool.join();
      },
      "pool-result-unread");
}

TEST(PoolResultUnread, IsNoneOfAJobThatIsAskedForAgain) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    const auto result = pool.apply_async(mp::fn<&raise_value_error>, mp::args(1));
    bool is_done = false;
    while (!is_done) {
      try {
        result.get(1s);
      } catch (const mp::TimeoutError&) {
      } catch (const mp::ValueError&) {
        is_done = true;
      }
    }
    pool.close();
    pool.join();
  });
}

// The first failure is what such a loop is left by, whatever else fails.
TEST(PoolResultUnread, IsNoneWhereAFailureEndsTheReading) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    try {
      for (const int each : pool.imap(mp::fn<&raise_at_two>, std::vector<int>{1, 2, 2, 1})) outcome(each);
    } catch (const mp::ValueError&) {
    }
    auto results = pool.imap_unordered(mp::fn<&raise_at_two>, std::vector<int>{2, 1, 2});
    bool is_over = false;
    while (!is_over) {
      try {
        outcome(results.next(1s));
      } catch (const mp::StopIteration&) {
        is_over = true;
      } catch (const mp::TimeoutError&) {
      } catch (const mp::ValueError&) {
      }
    }
    pool.close();
    pool.join();
  });
}

// Who has what it wanted, or has waited long enough, and then ends the pool has no use for the rest.
TEST(PoolResultUnread, IsNoneWhereThePoolIsTerminated) {
  expect_silence([] {
    mp::Pool pool(2, {.name = "pool"});
    auto results = pool.imap(mp::fn<&raise_at_two>, std::vector<int>{1, 2});
    const auto late = pool.apply_async(mp::fn<&raise_value_error>, mp::args(1));
    outcome(results.next());
    try {
      late.get(0s);
    } catch (const mp::TimeoutError&) {
    } catch (const mp::ValueError&) {
    }
    pool.terminate();
    pool.join();
  });
}

// Waiting tells nobody how it went, and another pool's end says nothing about this one.
TEST(PoolResultUnread, OfAJobThatNobodyAskedForBeforeTheEndOfThePool) {
  the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        pool.apply_async(mp::fn<&raise_value_error>, mp::args(1)).wait();
        pool.terminate();
        pool.join();
      },
      "pool-result-unread");
  the_finding(
      [] {
        mp::ThreadPool pool(1, {.name = "pool"});
        mp::ThreadPool other(1, {.name = "other"});
        auto results = pool.imap(&raise_at_two, std::vector<int>{1, 2});
        results.next();
        other.terminate();
        other.join();
        pool.close();
        pool.join();
      },
      "pool-result-unread");
}

void read_one_and_sleep() {
  mp::ThreadPool pool(1, {.name = "pool"});
  auto results = pool.imap(&raise_at_two, std::vector<int>{1, 2});
  results.next();
  pool.close();
  pool.join();
  mp::sleep(60s);
}

// It might have read the rest.
TEST(PoolResultUnread, IsNoneWhereTheReaderIsCutOff) {
  the_finding(
      [] {
        mp::ThreadPool pool(1, {.name = "pool"});
        auto results = pool.imap(&raise_at_two, std::vector<int>{1, 2});
        results.next();
        pool.close();
        pool.join();
        throw mp::ValueError("out of here");
      },
      "crash");
  expect_silence([] {
    auto reader = start<&read_one_and_sleep>("reader");
    mp::sleep(10s);
    reader.terminate();
    reader.join();
  });
  the_finding(
      [] {
        mp::ThreadPool pool(1, {.name = "pool"});
        auto results = pool.imap(&raise_at_two, std::vector<int>{1, 2});
        results.next();
        pool.close();
        pool.join();
        mp::Semaphore never(0, {.name = "never"});
        never.acquire();
      },
      "deadlock");
}

TEST(PoolResultUnread, IsNoneOfJobsThatGoWell) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    pool.apply_async(mp::fn<[](int number) { return number; }>, mp::args(1));
    pool.close();
    pool.join();
  });
}

}  // namespace
}  // namespace heddle
