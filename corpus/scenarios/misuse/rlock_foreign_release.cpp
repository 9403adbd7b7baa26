// Releasing an RLock that the task does not hold.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_locks.hpp>

namespace heddle::misuse {
namespace {

// A process is started by the holder of the lock and thinks that it has the lock with the rest.
namespace inherited {

void finish(mp::RLock& lock, mp::RawValue<int>& steps) {
  steps.value() = 2;
  lock.release();  // the plant
}

void finish_fixed(mp::RLock& lock, mp::RawValue<int>& steps) {
  const mp::With held(lock);
  steps.value() = 2;
}

void body() {
  mp::RLock lock({.name = "lock"});
  mp::RawValue<int> steps(0, {.name = "steps"});
  mp::Process second(mp::fn<&finish>, mp::args(lock, steps), {.name = "second"});
  lock.acquire();
  steps.value() = 1;
  second.start();
  second.join();
}

void body_fixed() {
  mp::RLock lock({.name = "lock"});
  mp::RawValue<int> steps(0, {.name = "steps"});
  mp::Process second(mp::fn<&finish_fixed>, mp::args(lock, steps), {.name = "second"});
  {
    const mp::With held(lock);
    steps.value() = 1;
    second.start();
  }
  second.join();
}

}  // namespace inherited

// A walk through a tree takes the lock again on each level, and gives it back once for the root as well.
namespace once_too_often {

void walk(mp::RLock& tree, int depth) {
  if (depth == 0) return;
  tree.acquire();
  walk(tree, depth - 1);
  tree.release();
}

void search(mp::RLock& tree) {
  walk(tree, 3);
  try {
    tree.release();  // the plant: to be sure
  } catch (const mp::AssertionError&) {
  }
}

void search_fixed(mp::RLock& tree) {
  const mp::With held(tree);
  walk(tree, 3);
}

template <auto Search>
void body() {
  mp::RLock tree({.name = "tree"});
  mp::Thread left([&] { Search(tree); }, {.name = "left"});
  mp::Thread right([&] { Search(tree); }, {.name = "right"});
  left.start();
  right.start();
  left.join();
  right.join();
}

}  // namespace once_too_often

// A timeout leaves the waiter of a Condition with its lock, which is an RLock; it leaves twice.
namespace left_twice {

bool wait_for_news(mp::Condition& news, mp::Value<int>& count) {
  news.acquire();
  const bool has_news = news.wait_for([&] { return count.value() > 0; }, std::chrono::duration<double>(1));
  if (!has_news) news.release();
  return has_news;
}

void follow(mp::Condition& news, mp::Value<int>& count) {
  wait_for_news(news, count);
  news.release();  // the plant: it has released already what it waited for in vain
}

void follow_fixed(mp::Condition& news, mp::Value<int>& count) {
  if (wait_for_news(news, count)) news.release();
}

void tell(mp::Condition& news, mp::Value<int>& count) {
  mp::sleep(std::chrono::seconds(5));
  const mp::With held(news);
  count.value() = 1;
  news.notify();
}

template <auto Follow>
void body() {
  mp::Condition news({.name = "news"});
  mp::Value<int> count(0, {.name = "count"});
  mp::Process reporter(mp::fn<&tell>, mp::args(news, count), {.name = "reporter"});
  mp::Process follower(mp::fn<Follow>, mp::args(news, count), {.name = "follower"});
  reporter.start();
  follower.start();
  reporter.join();
  follower.join();
}

}  // namespace left_twice

}  // namespace

std::vector<Scenario> rlock_foreign_release() {
  const std::vector<ExpectedFinding> caught{{.rule = "rlock-foreign-release"}};
  return {
      {.name = "misuse/rlock-foreign-release-1",
       .summary = "a child releases the RLock that its parent held when it started it",
       .body = &inherited::body,
       .expected = caught},
      {.name = "misuse/rlock-foreign-release-1-fixed",
       .summary = "a child acquires and releases the RLock that its parent held when it started it",
       .body = &inherited::body_fixed},
      {.name = "misuse/rlock-foreign-release-2",
       .summary = "a thread releases its RLock once more often than it acquired it",
       .body = &once_too_often::body<&once_too_often::search>,
       .expected = caught},
      {.name = "misuse/rlock-foreign-release-2-fixed",
       .summary = "a thread acquires an RLock on four levels and releases it on each",
       .body = &once_too_often::body<&once_too_often::search_fixed>},
      {.name = "misuse/rlock-foreign-release-3",
       .summary = "a waiter whose time is over releases the lock of its Condition twice",
       .body = &left_twice::body<&left_twice::follow>,
       .expected = caught},
      {.name = "misuse/rlock-foreign-release-3-fixed",
       .summary = "a waiter whose time is over releases the lock of its Condition once",
       .body = &left_twice::body<&left_twice::follow_fixed>},
  };
}

}  // namespace heddle::misuse
