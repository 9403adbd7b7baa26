// Programs that update a Value or a managed dict without a lock and lose nothing: ordered by ends, messages
// and signals, blind, alone, or in one request.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <string>
#include <vector>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using Value = mp::Value<int>;
using Dict = mp::DictProxy<std::string, int>;

void add_one(Value& count) { count.value() += 1; }

template <auto target, class... A>
void two_processes(A&... arguments) {
  auto first = start<target>("first", arguments...);
  auto second = start<target>("second", arguments...);
  first.join();
  second.join();
}

TEST(LostUpdate, IsNoneUnderOneLock) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    two_processes<[](Value& shared) {
      const mp::With held(shared);
      add_one(shared);
    }>(count);
    check(count.value() == 2, "both were counted");
  });
}

void add_one_with_permit(Value& count, mp::Semaphore& permits) {
  const mp::With held(permits);
  add_one(count);
}

TEST(LostUpdate, IsNoneWhenEveryoneHasAnElementOfTheirOwn) {
  expect_silence([] {
    mp::Array<int> counts(2, {.name = "counts"});
    auto first = start<[](mp::Array<int>& shared) { shared[0] += 1; }>("first", counts);
    auto second = start<[](mp::Array<int>& shared) { shared[1] += 1; }>("second", counts);
    first.join();
    second.join();
    check(counts.slice() == std::vector<int>{1, 1}, "each counts for itself");
  });
}

TEST(LostUpdate, IsNoneUnderASemaphoreWithOnePermit) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Semaphore permit(1, {.name = "permit"});
    two_processes<&add_one_with_permit>(count, permit);
    check(count.value() == 2, "both were counted");
  });
}

TEST(LostUpdate, IsNoneWhenEachUpdaterIsJoinedBeforeTheNext) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    add_one(count);
    start<&add_one>("first", count).join();
    start<&add_one>("second", count).join();
    add_one(count);
    check(count.value() == 4, "all were counted");
  });
}

void add_one_for_token(Value& count, mp::Queue<int>& token) {
  const int turn = token.get();
  add_one(count);
  token.put(turn + 1);
}

TEST(LostUpdate, IsNoneWhenATokenInAQueueGivesTheTurn) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Queue<int> token(1, {.name = "token"});
    token.put(0);
    two_processes<&add_one_for_token>(count, token);
    check(token.get() == 2 && count.value() == 2, "both were counted");
  });
}

void add_one_between(Value& count, mp::Semaphore& go, mp::Semaphore& done) {
  go.acquire();
  add_one(count);
  done.release();
}

TEST(LostUpdate, IsNoneWhenSemaphoresHandTheTurnThereAndBack) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::Semaphore go(0, {.name = "go"});
    mp::Semaphore done(0, {.name = "done"});
    auto child = start<&add_one_between>("child", count, go, done);
    add_one(count);
    go.release();
    done.acquire();
    add_one(count);
    child.join();
  });
}

void mark_each(mp::JoinableQueue<int>& jobs, Value& count) {
  while (true) {
    jobs.get();
    add_one(count);
    jobs.task_done();
  }
}

TEST(LostUpdate, IsNoneAfterTheJoinOfAJoinableQueue) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    mp::JoinableQueue<int> jobs(0, {.name = "jobs"});
    mp::Process worker(mp::fn<&mark_each>, mp::args(jobs, count), {.name = "worker", .daemon = true});
    worker.start();
    for (int i = 0; i < 2; ++i) jobs.put(i);
    jobs.join();
    add_one(count);
    check(count.value() == 3, "all were counted");
  });
}

void add_one_then_close(Value& count, mp::Connection& done) {
  add_one(count);
  done.close();
}

TEST(LostUpdate, IsNoneAfterAnEndOfFile) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto done = mp::Pipe(mp::Duplex::no, {.name = "done"});
    auto child = start<&add_one_then_close>("child", count, done.second);
    done.second.close();
    try {
      static_cast<void>(done.first.recv<int>());
    } catch (const mp::EOFError&) {
      add_one(count);
    }
    child.join();
  });
}

TEST(LostUpdate, IsNoneWhenStoresAreBlind) {
  expect_silence([] {
    mp::Manager manager;
    Value last(0, {.name = "last"});
    Dict seen = manager.dict<std::string, int>("seen");
    two_processes<[](Value& value, Dict& dict) {
      value.value() = 1;
      dict["last"] = 1;
      dict.update({{"last", 2}});
    }>(last, seen);
    check(last.value() == 1 && seen["last"] == 2, "the last store counts");
  });
}

void count_to_three(Value& count) {
  for (int i = 0; i < 3; ++i) add_one(count);
}

void watch(Value& count) {
  int last = 0;
  for (int i = 0; i < 3; ++i) {
    const int now = count.value();
    check(now >= last, "it only grows");
    last = now;
  }
}

TEST(LostUpdate, IsNoneWithOneWriterAndAnyNumberOfReaders) {
  expect_silence([] {
    Value count(0, {.name = "count"});
    auto writer = start<&count_to_three>("writer", count);
    auto reader = start<&watch>("reader", count);
    watch(count);
    reader.join();
    writer.join();
  });
}

TEST(LostUpdate, IsNoneWhenAPollerOnlyReads) {
  expect_silence([] {
    mp::Manager manager;
    Dict state = manager.dict<std::string, int>("state");
    auto child = start<[](Dict& shared) { shared["ready"] = 1; }>("child", state);
    while (state.get("ready", 0) == 0) mp::sleep(1ms);
    child.join();
  });
}

TEST(LostUpdate, IsNoneWhenEveryoneHasAKeyOfTheirOwn) {
  expect_silence([] {
    mp::Manager manager;
    Dict counts = manager.dict<std::string, int>("counts");
    two_processes<[](Dict& shared) {
      const std::string key = mp::current_process().name();
      static_cast<void>(shared.size());
      shared[key] = shared.get(key, 0) + 1;
      shared[key] += 1;
      static_cast<void>(shared.copy());
    }>(counts);
    check(counts["first"] == 2 && counts["second"] == 2, "each counts for itself");
  });
}

TEST(LostUpdate, IsNoneWhenTheUpdateIsOneRequest) {
  expect_silence([] {
    mp::Manager manager;
    Dict members = manager.dict<std::string, int>("members");
    two_processes<[](Dict& shared) {
      shared.setdefault("leader", 1);
      shared.update({{mp::current_process().name(), 1}});
    }>(members);
    check(members.size() == 3, "nobody was lost");
  });
}

TEST(LostUpdate, IsNoneWhenAnItemTakenOutIsPutBack) {
  expect_silence([] {
    mp::Manager manager;
    Dict shelf = manager.dict<std::string, int>("shelf");
    shelf["tool"] = 0;
    two_processes<[](Dict& shared) {
      try {
        const int uses = shared.pop("tool");  // whoever has it is alone with it
        shared["tool"] = uses + 1;
      } catch (const mp::KeyError&) {
        outcome("somebody else has it");
      }
    }>(shelf);
    check(shelf["tool"] >= 1, "it is back");
  });
}

}  // namespace
}  // namespace heddle
