// Talks with CPython's own multiprocessing.connection, as server and as client: the handshake in whatever
// form the machine's python3 has, and messages of no bytes, of one, and of more than one write takes.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

#include <mp/channel/client.hpp>
#include <mp/channel/listener.hpp>
#include <mp/errors.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

// Prints where it listens, if it does, and then what came of it.
constexpr const char* script = R"(
import sys
from multiprocessing.connection import Client, Listener

role, family, place, key = sys.argv[1:]
address = place if family == 'AF_UNIX' else ('127.0.0.1', int(place))
authkey = None if key == '-' else key.encode()
sizes = (0, 1, 70_000)

try:
    if role == 'client':
        with Client(address, family, authkey=authkey) as connection:
            for size in sizes:
                connection.send_bytes(b'x' * size)
                assert connection.recv_bytes() == b'x' * size
    else:
        with Listener(address, family, authkey=authkey) as listener:
            print(listener.address if family == 'AF_UNIX' else listener.address[1], flush=True)
            with listener.accept() as connection:
                for size in sizes:
                    connection.send_bytes(connection.recv_bytes())
    print('done')
except Exception as error:
    print(type(error).__name__, error)
)";

bool has_python() { return std::system("python3 -c 'import multiprocessing.connection' 2>/dev/null") == 0; }

std::string fresh_path(std::string_view what) {
  return testing::TempDir() + "heddle-interoperability-" +
         std::to_string(static_cast<std::int32_t>(os().process_id())) + "." + std::string(what);
}

/// A python3 that runs the script.
class Python {
 public:
  Python(const std::string& role, const std::string& family, const std::string& place, const std::string& key)
      : path_(fresh_path("py")) {
    std::ofstream(path_) << script;
    const std::string command =
        "exec python3 '" + path_ + "' " + role + " " + family + " '" + place + "' '" + key + "' 2>&1";
    output_.reset(::popen(command.c_str(), "r"));
  }
  ~Python() { std::remove(path_.c_str()); }
  Python(const Python&) = delete;
  Python& operator=(const Python&) = delete;

  /// The next line that it prints; waits for it.
  std::string line() {
    std::array<char, 200> text{};
    if (std::fgets(text.data(), text.size(), output_.get()) == nullptr) return {};
    std::string words(text.data());
    if (words.ends_with('\n')) words.pop_back();
    return words;
  }

 private:
  struct Close {
    void operator()(std::FILE* file) const { ::pclose(file); }
  };
  std::string path_;
  std::unique_ptr<std::FILE, Close> output_;
};

class Interoperability : public testing::TestWithParam<Family> {
 protected:
  void SetUp() override {
    if (!has_python()) GTEST_SKIP() << "there is no python3 on this machine; ci/deps installs it";
  }

  static std::string family_name() { return GetParam() == Family::local ? "AF_UNIX" : "AF_INET"; }
  static Address address_at(const std::string& place) {
    if (GetParam() == Family::local) return place;
    return InternetAddress{.host = "127.0.0.1", .port = static_cast<std::uint16_t>(std::stoi(place))};
  }
  static std::string place_of(const Address& address) {
    if (const auto* const path = std::get_if<std::string>(&address)) return *path;
    return std::to_string(std::get<InternetAddress>(address).port);
  }
};

std::optional<AuthenticationKey> key_of(const std::string& key) {
  if (key == "-") return std::nullopt;
  return AuthenticationKey(key);
}

constexpr std::array sizes{0, 1, 70'000};

/// What came of it on our side.
template <class Body>
std::string outcome_of(Body body) {
  try {
    body();
    return "done";
  } catch (const AuthenticationError& error) {
    return std::string("AuthenticationError ") + error.what();
  }
}

TEST_P(Interoperability, OurListenerServesPythonsClient) {
  for (const std::string key : {"a key of both", "-"}) {
    Listener listener(Address{}, {.family = GetParam(), .authkey = key_of(key)});
    Python python("client", family_name(), place_of(listener.address()), key);
    Connection connection = listener.accept();
    for (const int size : sizes) {
      const Bytes message = connection.recv_bytes();
      EXPECT_EQ(message.size(), static_cast<std::size_t>(size));
      connection.send_bytes(message);
    }
    EXPECT_EQ(python.line(), "done");
  }
}

TEST_P(Interoperability, OurClientIsServedByPythonsListener) {
  for (const std::string key : {"a key of both", "-"}) {
    Python python("server", family_name(), GetParam() == Family::local ? fresh_path("socket") : "0", key);
    Connection connection = Client(address_at(python.line()), {.authkey = key_of(key)});
    for (const int size : sizes) {
      const Bytes message(static_cast<std::size_t>(size), std::byte{'x'});
      connection.send_bytes(message);
      EXPECT_EQ(connection.recv_bytes(), message);
    }
    EXPECT_EQ(python.line(), "done");
  }
}

TEST_P(Interoperability, OurListenerRefusesPythonsClientWithAnotherKey) {
  Listener listener(Address{}, {.family = GetParam(), .authkey = AuthenticationKey("ours")});
  Python python("client", family_name(), place_of(listener.address()), "theirs");
  EXPECT_EQ(outcome_of([&] { listener.accept(); }), "AuthenticationError digest received was wrong");
  EXPECT_EQ(python.line(), "AuthenticationError digest sent was rejected");
}

TEST_P(Interoperability, PythonsListenerRefusesOurClientWithAnotherKey) {
  Python python("server", family_name(), GetParam() == Family::local ? fresh_path("socket") : "0", "theirs");
  const Address address = address_at(python.line());
  EXPECT_EQ(outcome_of([&] { Client(address, {.authkey = AuthenticationKey("ours")}); }),
            "AuthenticationError digest sent was rejected");
  EXPECT_EQ(python.line(), "AuthenticationError digest received was wrong");
}

// AUTH-07: it takes the challenge for a message, and what it sends is no digest.
TEST_P(Interoperability, OurListenerRefusesPythonsClientWithoutAKey) {
  Listener listener(Address{}, {.family = GetParam(), .authkey = AuthenticationKey("ours")});
  Python python("client", family_name(), place_of(listener.address()), "-");
  EXPECT_EQ(outcome_of([&] { listener.accept(); }), "AuthenticationError digest received was wrong");
  EXPECT_EQ(python.line(), "AssertionError ");
}

TEST_P(Interoperability, OurClientGivesUpOnPythonsListenerWithoutAKey) {
  Python python("server", family_name(), GetParam() == Family::local ? fresh_path("socket") : "0", "-");
  const Address address = address_at(python.line());
  EXPECT_THROW(Client(address, {.authkey = AuthenticationKey("ours"), .handshake_timeout = 0.1s}),
               TimeoutError);
  EXPECT_EQ(python.line(), "EOFError ");
}

INSTANTIATE_TEST_SUITE_P(EachFamily, Interoperability, testing::Values(Family::local, Family::internet),
                         [](const auto& family) {
                           return std::string(family.param == Family::local ? "Unix" : "Tcp");
                         });

}  // namespace
}  // namespace mp
