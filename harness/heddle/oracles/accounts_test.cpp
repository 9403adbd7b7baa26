// What is not settled when a program has ended, as warnings; and programs that look like it and are in order.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <memory>
#include <string>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;

// A warning under this rule alone, about this object, with these words; by these parties, in their order.
void expect_warning(void (*program)(), const std::string& rule, const std::string& object,
                    const std::vector<std::string>& parties, const std::string& words) {
  const Result result = explore(program, options_of(300));
  ASSERT_EQ(rules_of(result), Names{rule});
  const auto& failures = std::get<Failed>(result.verdict).failures;
  ASSERT_EQ(failures.size(), 1U);
  const Finding& finding = failures[0].finding;
  EXPECT_EQ(finding.object, object);
  EXPECT_EQ(finding.severity, Severity::warning);
  EXPECT_NE(finding.sentence.find(words), std::string::npos) << finding.sentence;
  std::vector<std::string> who;
  for (const Party& party : finding.parties) who.push_back(party.who);
  EXPECT_EQ(who, parties) << finding.sentence;
}

// --- lock-foreign-release ---------------------------------------------------------------------------------

void release(mp::Lock& lock) { lock.release(); }

TEST(LockForeignRelease, NamesBothAndIsToldOnce) {
  expect_warning(
      [] {
        mp::Lock lock({.name = "lock"});
        for (int i = 0; i < 2; ++i) {
          lock.acquire();
          start<&release>("child", lock).join();
        }
      },
      "lock-foreign-release", "lock", {"child", "main"},
      "child called lock.release(), but main had acquired it in step");
}

TEST(LockForeignRelease, IsFoundBetweenThreadsAndOfManagedLocks) {
  expect_warning(
      [] {
        mp::Manager manager;
        const mp::LockProxy lock = manager.Lock("lock");
        lock.acquire();
        start_thread("helper", [&] { lock.release(); }).join();
      },
      "lock-foreign-release", "lock", {"main/helper", "main"}, "main/helper called lock.release()");
}

void take_turns(mp::Lock& lock) {
  for (int i = 0; i < 2; ++i) const mp::With held(lock);
}

TEST(LockForeignRelease, IsNoneOfALockThatIsHandedOn) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    auto first = start<&take_turns>("first", lock);
    auto second = start<&take_turns>("second", lock);
    take_turns(lock);
    first.join();
    second.join();
  });
}

void wait_for_change(mp::Lock& lock, mp::Condition& changed, mp::Value<int>& ready) {
  const mp::With held(lock);
  changed.wait_for([&] { return ready.value() == 1; });
}

// A wait gives the lock up and has it back at its end.
TEST(LockForeignRelease, IsNoneAcrossAWait) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Condition changed(lock, {.name = "changed"});
    mp::Value<int> ready(0, {.name = "ready"});
    auto first = start<&wait_for_change>("first", lock, changed, ready);
    auto second = start<&wait_for_change>("second", lock, changed, ready);
    {
      const mp::With held(lock);
      ready.value() = 1;
      changed.notify_all();
    }
    first.join();
    second.join();
  });
}

TEST(LockForeignRelease, IsNoneOfASupervisorThatCleansUp) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Event taken({.name = "taken"});
    auto holder = start<[](mp::Lock& shared, mp::Event& told) {
      shared.acquire();
      told.set();
      mp::sleep(1h);
    }>("holder", lock, taken);
    taken.wait();
    holder.terminate();
    holder.join();
    lock.release();
  });
}

// --- lock-held-at-exit ------------------------------------------------------------------------------------

void acquire_and_leave(mp::Lock& lock) { lock.acquire(); }

TEST(LockHeldAtExit, OfAChild) {
  expect_warning(
      [] {
        mp::Lock lock({.name = "lock"});
        start<&acquire_and_leave>("child", lock).join();
      },
      "lock-held-at-exit", "lock", {"child"},
      "child ended and still held lock, which child took by lock.acquire(");
}

TEST(LockHeldAtExit, OfAnRLockThatIsReleasedTooSeldom) {
  expect_warning(
      [] {
        mp::RLock lock({.name = "lock"});
        lock.acquire();
        lock.acquire();
        lock.release();
      },
      "lock-held-at-exit", "lock", {"main"}, "main ended and still held lock");
}

TEST(LockHeldAtExit, OfAWaiterThatHasItBack) {
  expect_warning(
      [] {
        mp::Condition changed({.name = "changed"});
        changed.acquire();
        changed.wait(1s);
      },
      "lock-held-at-exit", "lock-1 of main", {"main"}, "which main took by changed.wait(");
}

TEST(LockHeldAtExit, IsNoneOfAThreadThatIsCutOff) {
  expect_silence([] {
    const auto changed = std::make_shared<mp::Condition>(mp::NameOption{.name = "changed"});
    mp::Thread waiter(
        [changed] {
          const mp::With held(*changed);
          changed->wait();
        },
        {.name = "waiter", .daemon = true});
    waiter.start();
  });
}

TEST(LockHeldAtExit, IsNoneWhereItIsReleasedOnEveryPath) {
  expect_silence([] {
    mp::RLock lock({.name = "lock"});
    try {
      const mp::With outer(lock);
      const mp::With inner(lock);
      throw mp::ValueError("out of here");
    } catch (const mp::ValueError&) {
    }
  });
}

TEST(LockHeldAtExit, IsNoneOfAHolderThatWasKilled) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    mp::Event taken({.name = "taken"});
    auto holder = start<[](mp::Lock& shared, mp::Event& told) {
      shared.acquire();
      told.set();
      mp::sleep(1h);
    }>("holder", lock, taken);
    taken.wait();
    holder.terminate();
    holder.join();
  });
}

// --- resource-leak ----------------------------------------------------------------------------------------

TEST(ResourceLeak, OfMemoryThatIsOnlyClosed) {
  expect_warning(
      [] {
        mp::SharedMemory memory = mp::SharedMemory::create(8, "bytes");
        memory.close();
      },
      "resource-leak", "bytes", {"main"}, "main created bytes and nobody called unlink()");
}

TEST(ResourceLeak, OfMemoryWhoseCreatorHasEnded) {
  expect_warning(
      [] {
        start<[] { mp::SharedMemory::create(8, "bytes"); }>("child").join();
        mp::SharedMemory::attach("bytes").close();
      },
      "resource-leak", "bytes", {"child"}, "child created bytes");
}

void raise() { throw mp::ValueError("out of here"); }

// The program went on after the crash and could have unlinked it.
TEST(ResourceLeak, OfMemoryBesideACrashThatIsLookedAt) {
  expect_warning(
      [] {
        auto memory = mp::SharedMemory::create(8, "bytes");
        auto child = start<&raise>("child");
        child.join();
        check(child.exitcode() == 1, "it fails");
        memory.close();
      },
      "resource-leak", "bytes", {"main"}, "main created bytes");
}

void create_and_raise() {
  mp::SharedMemory::create(8, "bytes");
  raise();
}

// A crash that nobody looks at is the finding.
TEST(ResourceLeak, IsNoneOfAProgramThatIsCutOff) {
  for (void (*program)() : {+[] {
                              auto memory = mp::SharedMemory::create(8, "bytes");
                              start<&raise>("child").join();
                            },
                            +[] {
                              auto memory = mp::SharedMemory::create(8, "bytes");
                              raise();
                            }})
    EXPECT_EQ(rules_of(explore(program, options_of(200))), Names{"crash"});
}

TEST(ResourceLeak, IsNoneWhereTheCreatorHasCrashed) {
  expect_silence([] {
    auto child = start<&create_and_raise>("child");
    child.join();
    check(child.exitcode() == 1, "it fails");
  });
}

// The lock may be one that the child was to release.
TEST(LockHeldAtExit, IsNoneBesideACrashThatIsLookedAt) {
  expect_silence([] {
    mp::Lock lock({.name = "lock"});
    lock.acquire();
    auto child = start<&raise>("child");
    child.join();
    check(child.exitcode() == 1, "it fails");
  });
}

// It was to unlink it.
TEST(ResourceLeak, IsNoneWhereAFaultHasStruck) {
  Options options = options_of(500);
  options.run.faults = {ChoiceKind::kill};
  options.run.faults_max = 1;
  const Result result = explore(
      [] {
        auto memory = mp::SharedMemory::create(8, "bytes");
        auto child = start<[] { mp::SharedMemory::attach("bytes").unlink(); }>("child");
        child.join();
        memory.close();
      },
      options);
  EXPECT_EQ(rules_of(result), Names{});
}

TEST(ResourceLeak, IsNoneWhereAnybodyUnlinks) {
  expect_silence([] {
    start<[] { mp::SharedMemory::create(8, "bytes"); }>("child").join();
    mp::SharedMemory::attach("bytes").unlink();
  });
}

TEST(ResourceLeak, IsNoneOfANameThatIsUsedAgain) {
  expect_silence([] {
    for (int i = 0; i < 2; ++i) mp::SharedMemory::create(8, "bytes").unlink();
  });
}

}  // namespace
}  // namespace heddle
