// Manager: what becomes of a server and its clients when the other side misbehaves or goes. On the real Os.
#include <mp/manager/manager.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <mp/channel/framing.hpp>
#include <mp/manager/client.hpp>
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
void send_and_be_dropped(const std::string& address, const Bytes& bytes) {
  const Descriptor fd = os().connect(address).value();
  ASSERT_TRUE(os().write(fd, bytes).has_value());
  std::byte reply{};
  const Result<std::size_t> got = os().read(fd, std::span(&reply, 1));
  EXPECT_TRUE(!got || *got == 0);
  os().close(fd);
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
  send_and_be_dropped(manager.address(), framed({}));
  send_and_be_dropped(manager.address(), framed(Bytes(20, std::byte{0xc1})));
  // The length of a huge array, in a whole request otherwise.
  Bytes huge = encode(manager::Request{.method = "get"});
  huge.back() = std::byte{0xdd};
  huge.insert(huge.end(), 4, std::byte{0xff});
  send_and_be_dropped(manager.address(), framed(huge));
  EXPECT_EQ(counts.at("a"), 1);
}

TEST(Manager, OutlivesAClientThatGoesInTheMiddleOfARequest) {
  Manager manager;
  Counts counts = manager.dict<std::string, int>();
  const Descriptor fd = os().connect(manager.address()).value();
  const Bytes half{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{9}, std::byte{1}};
  ASSERT_TRUE(os().write(fd, half).has_value());
  os().close(fd);
  counts["a"] = 1;
  EXPECT_EQ(counts.at("a"), 1);
}

}  // namespace
}  // namespace mp
