// The lives of a manager, its clients and its objects: rows MGR-02, MGR-14..19. That a connection is not
// shared with a process that was forked behind the Os's back (MGR-19) is in lib/mp/manager/raw_fork_test.cpp.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using List = mp::ListProxy<int>;

void a_blocked_call_blocks_its_own_thread_only() {
  mp::Manager manager;
  auto queue = manager.Queue<int>();
  auto thread = start_thread("thread", [&] { check(queue.get() == 1, "another item"); });
  const List list = manager.list<int>();
  list.append(1);
  queue.put(list.at(0));
  thread.join();
}

void an_object_goes_with_its_last_proxy() {
  mp::Manager manager;
  {
    const List list = manager.list<int>();
    check(manager.number_of_objects() == 1, "an object is not there");
  }
  check(manager.number_of_objects() == 0, "an object without a proxy is there");
}

void a_stored_proxy_keeps_its_object_and_a_removed_one_does_not() {
  mp::Manager manager;
  const auto outer = manager.list<List>();
  outer.append(manager.list<int>({1}));
  check(outer.at(0).at(0) == 1, "a stored proxy's object is gone");
  outer.del(0);
  check(manager.number_of_objects() == 1, "a removed proxy's object is there");
}

void several_tasks_make_objects_of_others_at_once() {
  mp::Manager manager;
  const auto nest = [&](int number) {
    std::vector<List> inner;
    inner.push_back(manager.list<int>({number}));
    const mp::ListProxy<List> outer = manager.list<List>(inner);
    check(outer.at(0).at(0) == number, "another object is nested");
  };
  auto first = start_thread("first", [&] { nest(1); });
  auto second = start_thread("second", [&] { nest(2); });
  first.join();
  second.join();
  check(manager.number_of_objects() == 0, "an object is left");
}

void store_and_remove(mp::ListProxy<List>& outer, List& inner) {
  outer.append(inner);
  outer.pop();
}

// What a task told last, and had no reply to, has been done when whoever joined it goes on.
void an_object_goes_with_tasks_that_have_been_joined() {
  mp::Manager manager;
  {
    auto outer = manager.list<List>();
    auto inner = manager.list<int>();
    auto child = start<&store_and_remove>("child", outer, inner);
    auto thread = start_thread(
        "thread", [held = std::make_shared<List>(manager.list<int>())]() mutable { held.reset(); });
    child.join();
    thread.join();
  }
  check(manager.number_of_objects() == 0, "a joined task's object is there");
}

void take_last(mp::Queue<List>& queue) { mp::exit(queue.get().at(0)); }

void a_proxy_on_its_way_keeps_its_object() {
  mp::Manager manager;
  mp::Queue<List> queue;
  auto child = start<&take_last>("child", queue);
  queue.put(manager.list<int>({5}));
  child.join();
  check(child.exitcode() == 5, "an object died on its way");
}

void read_first(List& list) { mp::exit(list.at(0)); }

void a_proxy_on_its_way_to_a_child_keeps_its_object() {
  mp::Manager manager;
  auto born = [&] {
    List list = manager.list<int>({6});
    return start<&read_first>("child", list);
  }();
  born.join();
  check(born.exitcode() == 6, "an object died on its way to a child");
}

void shutdown_happens_once() {
  mp::Manager manager;
  const List list = manager.list<int>();
  manager.shutdown();
  manager.shutdown();
  check_throws<mp::AssertionError>([&] { manager.list<int>(); }, "a stopped manager makes objects");
  check_throws<mp::ProcessError>([&] { manager.start(); }, "a stopped manager starts again");
  check_throws<mp::Error>([&] { list.append(1); }, "a proxy of a stopped manager works");
}

void a_manager_starts_once() {
  mp::Manager manager({.start = mp::ManagerOptions::Start::later});
  check_throws<mp::AssertionError>([&] { manager.list<int>(); }, "a manager makes objects before it starts");
  manager.start();
  check_throws<mp::ProcessError>([&] { manager.start(); }, "a manager starts twice");
}

void a_manager_starts_once_for_all_threads() {
  mp::Manager manager({.start = mp::ManagerOptions::Start::later});
  mp::Semaphore refusals(0);
  const auto start = [&] {
    try {
      manager.start();
    } catch (const mp::ProcessError&) {
      refusals.release();
    }
  };
  auto thread = start_thread("thread", start);
  start();
  thread.join();
  check(refusals.acquire(false) && !refusals.acquire(false), "two threads started one manager");
  check(manager.number_of_objects() == 0, "a manager that was started once does not answer");
}

void a_blocked_client_is_let_go_by_shutdown() {
  mp::Manager manager;
  auto queue = manager.Queue<int>();
  mp::Event here;
  auto thread = start_thread("thread", [&] {
    here.set();
    check_throws<mp::Error>([&] { queue.get(); }, "a get of a stopped manager gives something");
  });
  here.wait();
  manager.shutdown();
  thread.join();
}

constexpr Row rows[] = {
    {"MGR-02", "a call that waits holds up its own thread only", &a_blocked_call_blocks_its_own_thread_only},
    {"MGR-15", "an object goes with its last proxy", &an_object_goes_with_its_last_proxy},
    {"MGR-15", "an object goes with the last task that has a proxy",
     &an_object_goes_with_tasks_that_have_been_joined},
    {"MGR-15", "a stored proxy keeps its object, a removed one does not",
     &a_stored_proxy_keeps_its_object_and_a_removed_one_does_not},
    {"MGR-14 MGR-15", "several tasks make objects of others at once",
     &several_tasks_make_objects_of_others_at_once},
    {"MGR-16", "a proxy in a message keeps its object", &a_proxy_on_its_way_keeps_its_object},
    {"MGR-16", "a proxy on its way to a child keeps its object",
     &a_proxy_on_its_way_to_a_child_keeps_its_object},
    {"MGR-17", "shutdown happens once and is for good", &shutdown_happens_once},
    {"MGR-17", "a manager starts once", &a_manager_starts_once},
    {"MGR-17", "of several threads that start a manager one does", &a_manager_starts_once_for_all_threads},
    {"MGR-17", "shutdown lets clients go that wait", &a_blocked_client_is_let_go_by_shutdown},
};

}  // namespace

HEDDLE_CONTRACT_ROWS(ManagerLives, rows);

}  // namespace heddle::trial
