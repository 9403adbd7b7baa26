// What becomes of a client's connection when its server ends or another one takes its place, and when the
// client itself ends: rows MGR-02 and MGR-17; and of a wait that was given up (MGR-09).
#include <chrono>

#include <heddle/trial/rows.hpp>
#include <heddle/trial/trial.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;
using List = mp::ListProxy<int>;

/// A client that had a connection when its server went.
template <class Use, class UseAgain>
void use_and_lose(Use use, UseAgain use_again) {
  mp::Manager manager;
  const List list = manager.list<int>({1});
  mp::Event is_connected;
  mp::Event is_gone;
  auto client = start_thread("client", [&] {
    check(list.at(0) == 1, "another item");
    is_connected.set();
    use(list, is_gone);
    check_throws<mp::ConnectionRefusedError>([&] { use_again(list); }, "no new connection is tried");
  });
  is_connected.wait();
  manager.shutdown();
  is_gone.set();
  client.join();
}

void a_request_that_cannot_be_sent_is_not_sent_there_again() {
  use_and_lose(
      [](const List& list, mp::Event& is_gone) {
        is_gone.wait();
        check_throws<mp::Error>([&] { list.append(1); }, "a server that is gone does something");
      },
      [](const List& list) { list.append(1); });
}

void a_request_that_was_not_answered_is_not_sent_there_again() {
  mp::Manager manager;
  const auto queue = manager.Queue<int>();
  mp::Event is_here;
  mp::Event is_gone;
  auto client = start_thread("client", [&] {
    is_here.set();
    check_throws<mp::Error>([&] { queue.get(); }, "a server that is gone gives something");
    is_gone.wait();
    check_throws<mp::ConnectionRefusedError>([&] { queue.get(); }, "no new connection is tried");
  });
  is_here.wait();
  manager.shutdown();
  is_gone.set();
  client.join();
}

/// A client of a server that is gone, where another one is then.
template <class Go>
void with_another_server(Go go) {
  const mp::ManagerOptions at_a_path{.address = "./manager"};
  mp::Event is_connected;
  mp::Event is_gone;
  mp::Manager first(at_a_path);
  auto client = start_thread("client", [&] {
    check(mp::Manager::connect(first.address()).number_of_objects() == 0, "there are objects");
    is_connected.set();
    is_gone.wait();
    go(at_a_path);
  });
  is_connected.wait();
  first.shutdown();
  is_gone.set();
  client.join();
}

void who_connects_again_is_connected_to_who_is_there() {
  with_another_server([](const mp::ManagerOptions& options) {
    mp::Event has_started;
    mp::Event is_done;
    auto other = start_thread("other", [&] {
      const mp::Manager second(options);
      has_started.set();
      is_done.wait();
    });
    has_started.wait();
    check(mp::Manager::connect(options.address).list<int>({2}).at(0) == 2, "another item");
    is_done.set();
    other.join();
  });
}

void who_starts_a_server_is_connected_to_it() {
  with_another_server([](const mp::ManagerOptions& options) {
    mp::Manager second(options);
    check(second.list<int>({2}).at(0) == 2, "another item");
  });
}

constexpr Row rows[] = {
    {"MGR-17", "a request that cannot be sent ends its connection",
     &a_request_that_cannot_be_sent_is_not_sent_there_again},
    {"MGR-17", "a request that is not answered ends its connection",
     &a_request_that_was_not_answered_is_not_sent_there_again},
    {"MGR-17", "a client that connects again has a connection to the server that is there",
     &who_connects_again_is_connected_to_who_is_there},
    {"MGR-17", "who starts a server has a connection to it", &who_starts_a_server_is_connected_to_it},
};

void a_client_ends_at_once() {
  mp::Manager manager;
  const List list = manager.list<int>();
  auto client = start_thread("client", [&] { list.append(1); });
  const mp::Instant begun = mp::os().now();
  client.join();
  check(mp::os().now() - begun < 500ms, "a client waits at its end for what it has not asked for");
}

// The first has given up and waits for the lock when the notification comes.
void a_notification_is_for_who_waits() {
  mp::Manager manager;
  mp::ConditionProxy condition = manager.Condition();
  mp::Semaphore here(0);
  const auto wait = [&](mp::Timeout timeout, bool is_told) {
    const mp::With held(condition);
    here.release();
    check(condition.wait(timeout) == is_told, "another one was notified");
  };
  auto first = start_thread("first", [&] { wait(1s, false); });
  here.acquire();
  { const mp::With it_waits(condition); }
  auto second = start_thread("second", [&] { wait({}, true); });
  here.acquire();
  {
    const mp::With held(condition);
    mp::sleep(2s);
    condition.notify();
  }
  first.join();
  second.join();
}

// In the simulated world alone: times are exact there.
std::string trouble_of(const char* ids, const char* promise, void (*program)()) {
  return trial::trouble_of({ids, promise, program}, RowWorld::sim);
}

TEST(ManagerClients, EndAtOnce) {
  EXPECT_EQ(trouble_of("MGR-02", "a client's end takes no time", &a_client_ends_at_once), "");
}
TEST(ManagerClients, AreNotNotifiedOnceTheyHaveGivenUp) {
  EXPECT_EQ(trouble_of("MGR-09", "a notification is for who waits", &a_notification_is_for_who_waits), "");
}

}  // namespace

HEDDLE_CONTRACT_ROWS(ManagerClientsOfServers, rows);

}  // namespace heddle::trial
