// What pools reject or report, each with a twin that does it right.
#include <gtest/gtest.h>

#include <heddle/trial/trial.hpp>
#include <string>

namespace heddle {
namespace {

using namespace trial;
using namespace std::chrono_literals;

int square(int number) { return number * number; }
int leave(int status) { mp::exit_now(status); }

Finding the_finding(void (*program)(), const std::string& rule) {
  const Result result = explore(program, options_of(200));
  EXPECT_EQ(rules_of(result), Names{rule});
  const auto* failed = std::get_if<Failed>(&result.verdict);
  return failed == nullptr ? Finding{} : failed->failures.at(0).finding;
}

template <class Call>
void expect_value_error(Call&& call) {
  try {
    call();
  } catch (const mp::ValueError&) {
  }
}

// --- pool-join-before-close -------------------------------------------------------------------------------

TEST(PoolJoinBeforeClose, IsFoundThoughTheProgramGoesOn) {
  const Finding finding = the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        expect_value_error([&] { pool.join(); });
        pool.terminate();
      },
      "pool-join-before-close");
  EXPECT_EQ(finding.object, "pool");
  EXPECT_EQ(finding.parties.at(0).who, "main");
}

TEST(PoolJoinBeforeClose, IsNoneBehindCloseOrTerminate) {
  expect_silence([] {
    mp::Pool closed(1, {.name = "closed"});
    closed.close();
    closed.join();
    mp::ThreadPool terminated(1, {.name = "terminated"});
    terminated.terminate();
    terminated.join();
  });
}

// --- pool-use-after-close ---------------------------------------------------------------------------------

TEST(PoolUseAfterClose, IsFoundOfAThreadPoolToo) {
  for (void (*const program)() : {+[] {
                                    mp::Pool pool(1, {.name = "pool"});
                                    pool.close();
                                    expect_value_error([&] { pool.apply(mp::fn<&square>, mp::args(1)); });
                                    pool.join();
                                  },
                                  +[] {
                                    mp::ThreadPool pool(1, {.name = "pool"});
                                    pool.close();
                                    expect_value_error([&] { pool.apply(mp::fn<&square>, mp::args(1)); });
                                    pool.join();
                                  }})
    EXPECT_EQ(the_finding(program, "pool-use-after-close").object, "pool");
}

TEST(PoolUseAfterClose, IsFoundWhereAnotherThreadClosesFirst) {
  the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        mp::Thread closer = start_thread("closer", [&] { pool.close(); });
        expect_value_error([&] { pool.apply_async(mp::fn<&square>, mp::args(1)); });
        closer.join();
        pool.join();
      },
      "pool-use-after-close");
}

TEST(PoolUseAfterClose, IsNoneOfResultsOfAClosedPool) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    const auto result = pool.apply_async(mp::fn<&square>, mp::args(3));
    pool.close();
    pool.join();
    check(result.get() == 9, "the result");
  });
}

// --- pool-worker-lost -------------------------------------------------------------------------------------

TEST(PoolWorkerLost, NamesTheCallThatMadeTheJobAndTheExitCode) {
  const Finding finding = the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        const auto result = pool.apply_async(mp::fn<&leave>, mp::args(7), {.name = "job"});
        result.wait();
        pool.terminate();
      },
      "pool-worker-lost");
  EXPECT_EQ(finding.parties.at(0).who, "main");
  EXPECT_NE(finding.sentence.find("exit code 7"), std::string::npos) << finding.sentence;
}

TEST(PoolWorkerLost, IsNoneOfAWorkerWithoutATask) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    for (const mp::ProcessHandle& worker : mp::active_children()) {
      worker.kill();
      worker.join();
    }
    pool.close();
    pool.join();
  });
}

TEST(PoolWorkerLost, IsNoneWhereThePoolIsTerminated) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    const auto result = pool.apply_async(mp::fn<[](int number) {
                                           mp::sleep(1000s);
                                           return number;
                                         }>,
                                         mp::args(1));
    pool.terminate();
    pool.join();
    check(!result.ready(), "a dropped job is done");
  });
}

// --- pool-callback-raised ---------------------------------------------------------------------------------

TEST(PoolCallbackRaised, SaysWhatItRaised) {
  const Finding finding = the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        const auto result = pool.apply_async(mp::fn<&square>, mp::args(3),
                                             {.callback = [](int) { throw mp::KeyError("count"); }});
        check(result.get() == 9, "the result");
        pool.terminate();
      },
      "pool-callback-raised");
  EXPECT_NE(finding.sentence.find("mp::KeyError: count"), std::string::npos) << finding.sentence;
  EXPECT_EQ(finding.parties.at(0).who, "main");
}

TEST(PoolCallbackRaised, IsNoneWhereItIsCaughtInside) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    const auto result = pool.apply_async(mp::fn<&square>, mp::args(3), {.callback = [](int) {
                                           try {
                                             throw mp::KeyError("count");
                                           } catch (const mp::KeyError&) {
                                           }
                                         }});
    check(result.get() == 9, "the result");
    pool.terminate();
  });
}

// --- pool-callback-blocks ---------------------------------------------------------------------------------

TEST(PoolCallbackBlocks, IsFoundWhereACallbackWaitsForALaterOne) {
  the_finding(
      [] {
        mp::Pool pool(1, {.name = "pool"});
        const auto result = pool.apply_async(mp::fn<&square>, mp::args(1), {.callback = [&](int) {
                                               const auto inner = pool.apply_async(
                                                   mp::fn<&square>, mp::args(2), {.callback = [](int) {}});
                                               try {
                                                 inner.get();
                                               } catch (const mp::RuntimeError&) {
                                               }
                                             }});
        result.wait();
        pool.terminate();
      },
      "pool-callback-blocks");
}

TEST(PoolCallbackBlocks, IsNoneOfAJobWithoutACallback) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    int inner = 0;
    const auto result =
        pool.apply_async(mp::fn<&square>, mp::args(1),
                         {.callback = [&](int) { inner = pool.apply(mp::fn<&square>, mp::args(2)); }});
    result.wait();
    check(inner == 4, "a callback's own job");
    pool.terminate();
  });
}

// --- pool-not-closed --------------------------------------------------------------------------------------

TEST(PoolNotClosed, IsAWarningAboutADestructor) {
  const Finding finding = the_finding([] { mp::Pool pool(1, {.name = "pool"}); }, "pool-not-closed");
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_EQ(finding.object, "pool");
}

TEST(PoolNotClosed, IsNoneOfAPoolThatWasTerminated) {
  expect_silence([] {
    mp::Pool pool(1, {.name = "pool"});
    check(pool.apply(mp::fn<&square>, mp::args(3)) == 9, "a result");
    pool.terminate();
  });
}

}  // namespace
}  // namespace heddle
