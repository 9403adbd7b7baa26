// Every type of a manager used by a child and its parent, one after the other: what each does to an object
// the other sees, also through a proxy inside a container, and a managed Lock keeps a managed Value's count
// exact.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>
#include <vector>

namespace heddle::tutorial {
namespace {

using Names = mp::ListProxy<std::string>;
using Shelves = mp::DictProxy<std::string, Names>;
using Jobs = mp::JoinableQueueProxy<int>;

void count(mp::ValueProxy<int>& total, mp::LockProxy& lock) {
  const mp::With held(lock);
  total.set(total.get() + 1);
}

void use_containers(Shelves& shelves, mp::NamespaceProxy& settings, mp::ArrayProxy<int>& numbers) {
  shelves.at("fruit").append("pear");
  settings.set("colour", std::string("green"));
  numbers[1] = 7;
}

void work(Jobs& jobs, mp::ValueProxy<int>& total, mp::LockProxy& lock, mp::EventProxy& done) {
  for (int i = 0; i < 2; ++i) {
    jobs.get();
    count(total, lock);
    jobs.task_done();
  }
  done.set();
}

void containers(mp::Manager& manager) {
  auto shelves = manager.dict<std::string, Names>("shelves");
  auto settings = manager.Namespace("settings");
  auto numbers = manager.Array<int>("i", {1, 2, 3}, "numbers");
  shelves.set("fruit", manager.list<std::string>("fruit"));
  mp::Process child(mp::fn<&use_containers>, mp::args(shelves, settings, numbers), {.name = "child"});
  child.start();
  child.join();
  check(shelves.at("fruit").str() == "['pear']", "a nested list is one list");
  check(settings.get<std::string>("colour") == "green", "an attribute is seen");
  check(numbers.slice() == std::vector<int>{1, 7, 3}, "an array is written");
}

void queues_and_locks(mp::Manager& manager) {
  auto jobs = manager.JoinableQueue<int>(0, "jobs");
  auto total = manager.Value<int>("i", 0, "total");
  auto lock = manager.Lock("lock");
  auto done = manager.Event("done");
  mp::Process worker(mp::fn<&work>, mp::args(jobs, total, lock, done), {.name = "worker"});
  worker.start();
  for (int i = 0; i < 2; ++i) {
    jobs.put(i);
    count(total, lock);
  }
  jobs.join();
  check(total.get() == 4, "four counts under a lock leave 4");
  check(done.wait(), "an event that is set releases who waits");
  worker.join();
}

void body() {
  mp::Manager manager;
  containers(manager);
  queues_and_locks(manager);
}

}  // namespace

Scenario managed_types() {
  return {.name = "tutorial/managed-types",
          .summary = "a manager's types, nested and alone, used by a child and its parent",
          .body = &body};
}

}  // namespace heddle::tutorial
