// A client that is gone when it would have its reply: what it would have got is given back. On the real Os.
#include <gtest/gtest.h>

#include <array>
#include <optional>
#include <string>

#include <mp/manager/raw_client.hpp>

namespace mp::manager {
namespace {

void ask_in_vain(const Manager& manager, const Request& request) { RawClient(manager).ask_in_vain(request); }

constexpr std::optional<double> for_ever{};
const std::array<std::string, 3> lock_types{"Lock", "RLock", "Condition"};

TEST(GoneClients, HoldNoLockThatTheyDidNotLearnOf) {
  Manager manager;
  RawClient client(manager);
  for (const std::string& type_id : lock_types) {
    const std::uint64_t lock = client.create(type_id);
    ask_in_vain(manager, call_of(lock, "acquire", true, for_ever));
    EXPECT_EQ(client.ask(call_of(lock, "acquire", true, for_ever)).status, Status::done) << type_id;
    EXPECT_EQ(client.ask(call_of(lock, "release")).status, Status::done) << type_id;
  }
}

TEST(GoneClients, GiveNothingBackOfWhatTheyWereRefused) {
  Manager manager;
  RawClient client(manager);
  for (const std::string& type_id : lock_types) {
    const std::uint64_t lock = client.create(type_id);
    client.ask(call_of(lock, "acquire", true, for_ever));
    ask_in_vain(manager, call_of(lock, "acquire", false, for_ever));
    EXPECT_EQ(client.ask(call_of(lock, "release")).status, Status::done) << type_id;
  }
}

TEST(GoneClients, TakeNoPermitAndNoItem) {
  Manager manager;
  RawClient client(manager);
  const std::uint64_t semaphore = client.create("Semaphore", 1);
  ask_in_vain(manager, call_of(semaphore, "acquire", true, for_ever));
  EXPECT_EQ(client.ask(call_of(semaphore, "acquire", true, for_ever)).status, Status::done);
  const std::uint64_t queue = client.create("Queue", 0);
  client.ask(call_of(queue, "put", 7, true, for_ever));
  ask_in_vain(manager, call_of(queue, "get", true, for_ever));
  const std::uint64_t empty = client.create("Queue", 0);
  ask_in_vain(manager, call_of(empty, "get", false, for_ever));
  EXPECT_EQ(RawClient::number_in(client.ask(call_of(empty, "qsize"))), 0U);
  const Reply item = client.ask(call_of(queue, "get", true, for_ever));
  EXPECT_EQ(decode_message<int>(item.values.at(0).bytes), 7);
}

/// A condition of two waiters, the first of whom is `gone` and will go.
class GoneWaiters : public ::testing::Test {
 protected:
  GoneWaiters() {
    for (RawClient* const each : {&gone_, &other_}) {
      each->ask(call_of(condition_, "acquire", true, for_ever));
      each->tell(call_of(condition_, "wait", for_ever));
    }
  }

  Manager manager_;
  RawClient client_{manager_};
  RawClient gone_{manager_};
  RawClient other_{manager_};
  const std::uint64_t condition_{client_.create("Condition")};
};

// Oldest first: whoever goes is no longer among those that are notified.
TEST_F(GoneWaiters, AreNotNotified) {
  gone_.go();
  client_.ask(call_of(condition_, "acquire", true, for_ever));
  client_.ask(call_of(condition_, "notify", std::int64_t{1}));
  client_.ask(call_of(condition_, "release"));
  EXPECT_EQ(other_.reply().status, Status::done);
}

// Notified, and waiting for the lock.
TEST_F(GoneWaiters, HandTheirNotificationOn) {
  client_.ask(call_of(condition_, "acquire", true, for_ever));
  client_.ask(call_of(condition_, "notify", std::int64_t{1}));
  gone_.go();
  client_.ask(call_of(condition_, "release"));
  EXPECT_EQ(other_.reply().status, Status::done);
}

TEST(GoneClients, KeepNoObject) {
  Manager manager;
  RawClient client(manager);
  const std::uint64_t outer = client.create("list");
  const std::uint64_t inner = client.create("list");
  client.ask(with_reference(call_of(outer, "extend"), inner));
  client.tell(own_request(own_method::drop, inner));
  ask_in_vain(manager, call_of(outer, "get", std::int64_t{0}));
  EXPECT_EQ(client.ask(call_of(outer, "del", std::int64_t{0})).status, Status::done);
  EXPECT_EQ(client.number_of_objects(), 1U);
}

TEST(GoneClients, TakeWithThemWhatTheyWouldHaveHadAlone) {
  Manager manager;
  RawClient client(manager);
  const std::uint64_t outer = client.create("list");
  const std::uint64_t inner = client.create("list");
  const std::uint64_t innermost = client.create("list");
  client.ask(with_reference(call_of(inner, "extend"), innermost));
  client.ask(with_reference(call_of(outer, "extend"), inner));
  for (const std::uint64_t each : {inner, innermost}) client.tell(own_request(own_method::drop, each));
  EXPECT_EQ(client.number_of_objects(), 3U);
  ask_in_vain(manager, call_of(outer, "pop", std::int64_t{0}));
  EXPECT_EQ(client.number_of_objects(), 1U);
}

}  // namespace
}  // namespace mp::manager
