// Manager: what becomes of a server and its clients when the other side misbehaves or goes. On the real Os.
#include <mp/manager/manager.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <mp/manager/raw_client.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;
using Counts = DictProxy<std::string, int>;

// MGR-17.
TEST(Manager, IsShutDownAnyNumberOfTimes) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  counts["a"] = 1;
  manager.shutdown();
  manager.shutdown();
  EXPECT_THROW((manager.dict<std::string, int>()), AssertionError);
  EXPECT_THROW(counts["a"] = 2, Error);    // the connection that was there
  EXPECT_THROW(counts["a"] = 2, OSError);  // a new one
}

TEST(Manager, EndsWithItsCreatorWhoForgotIt) {
  Process creator(fn<[] { new Manager(); }>);
  creator.start();
  creator.join();
  EXPECT_EQ(creator.exitcode(), 0);
}

/// Connects, sends, and waits for the server to hang up.
void send_and_be_dropped(const Manager& manager, const Bytes& bytes) {
  const manager::RawClient client(manager);
  ASSERT_TRUE(os().write(client.fileno(), bytes).has_value());
  std::byte reply{};
  const Result<std::size_t> got = os().read(client.fileno(), std::span(&reply, 1));
  EXPECT_TRUE(!got || *got == 0);
}

Bytes framed(const Bytes& body) {
  Bytes message(4 + body.size());
  message[3] = static_cast<std::byte>(body.size());
  std::ranges::copy(body, message.begin() + 4);
  return message;
}

TEST(Manager, DropsAConnectionThatSendsNoRequestsAndLivesOn) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  counts["a"] = 1;
  send_and_be_dropped(manager, framed({}));
  send_and_be_dropped(manager, framed(Bytes(20, std::byte{0xc1})));
  // The length of a huge array, in a whole request otherwise.
  Bytes huge = encode(manager::Request{.method = "get"});
  huge.back() = std::byte{0xdd};
  huge.insert(huge.end(), 4, std::byte{0xff});
  send_and_be_dropped(manager, framed(huge));
  EXPECT_EQ(counts.at("a"), 1);
}

TEST(Manager, OutlivesAClientThatGoesInTheMiddleOfARequest) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  manager::RawClient client(manager);
  const Bytes half{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{9}, std::byte{1}};
  ASSERT_TRUE(os().write(client.fileno(), half).has_value());
  client.leave();
  counts["a"] = 1;
  EXPECT_EQ(counts.at("a"), 1);
}

// MGR-18.
TEST(Manager, AcceptsNobodyWithAnotherKey) {
  Manager manager({.authkey = AuthenticationKey("right")});
  EXPECT_THROW(Manager::connect(manager.address(), AuthenticationKey("wrong")), AuthenticationError);
  Manager same = Manager::connect(manager.address(), AuthenticationKey("right"));
  const auto list = same.list<int>({1});
  EXPECT_EQ(list.at(0), 1);
  EXPECT_THROW(same.shutdown(), AttributeError);
  EXPECT_THROW(same.start(), ProcessError);
}

TEST(Manager, GivesItsKeyToChildren) {
  Manager manager({.authkey = AuthenticationKey("special")});
  auto list = manager.list<int>({9});
  Process child(fn<[](ListProxy<int>& given) { exit(given.at(0)); }>, args(list));
  child.start();
  child.join();
  EXPECT_EQ(child.exitcode(), 9);
}

// Case 147.
TEST(Manager, IsStartedAgainAtAnAddressThatIsFree) {
  Manager first({.address = InternetAddress{}});
  const Address address = first.address();
  EXPECT_NE(std::get<InternetAddress>(address).port, 0);
  EXPECT_EQ(first.list<int>({1}).at(0), 1);
  first.shutdown();
  Manager second({.address = address});
  EXPECT_EQ(second.list<int>({2}).at(0), 2);
}

TEST(Manager, RemovesItsSocketFile) {
  const std::string path = "manager_test-" + std::to_string(static_cast<int>(os().process_id()));
  for (int i = 0; i < 2; ++i) {
    Manager manager({.address = path});
    EXPECT_EQ(manager.list<int>({i}).at(0), i);
  }
  EXPECT_THROW(Manager::connect(path), FileNotFoundError);
}

TEST(Manager, StartsOnceAndMakesNothingBefore) {
  Manager manager({.start = ManagerOptions::Start::later});
  EXPECT_THROW(manager.list<int>(), AssertionError);
  manager.start();
  EXPECT_THROW(manager.start(), ProcessError);
  manager.shutdown();
  EXPECT_THROW(manager.start(), ProcessError);
}

// A silent caller holds nobody up.
TEST(Manager, ServesOthersWhileOneSaysNothing) {
  Manager manager;
  const Endpoint endpoint(manager.address(), std::nullopt);
  const Descriptor silent = os().connect(endpoint.socket_address()).value();
  EXPECT_EQ(manager.list<int>({1}).at(0), 1);
  os().close(silent);
}

}  // namespace
}  // namespace mp
