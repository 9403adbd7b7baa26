// A Listener with a key: the client who has it is served, the one who has another is turned away, and both
// sides are told.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/tutorial/tutorial.hpp>
#include <string>

namespace heddle::tutorial {
namespace {

void call_with_the_right_key(std::string& address) {
  mp::Connection connection =
      mp::Client(address, {.authkey = mp::AuthenticationKey("secret"), .name = "right"});
  check(connection.recv<std::string>() == "welcome", "who has the key is served");
}

// The plant: the key of another configuration.
void call_with_the_wrong_key(std::string& address) {
  try {
    mp::Client(address, {.authkey = mp::AuthenticationKey("secrets"), .name = "wrong"});
    check(false, "who has another key is not let in");
  } catch (const mp::AuthenticationError&) {
    outcome("turned away");
  }
}

void body() {
  mp::Listener listener(mp::Address{}, {.authkey = mp::AuthenticationKey("secret"), .name = "door"});
  std::string address = std::get<std::string>(listener.address());
  mp::Process right(mp::fn<&call_with_the_right_key>, mp::args(address), {.name = "right"});
  right.start();
  listener.accept().send(std::string("welcome"));
  right.join();
  mp::Process wrong(mp::fn<&call_with_the_wrong_key>, mp::args(address), {.name = "wrong"});
  wrong.start();
  try {
    listener.accept();
  } catch (const mp::AuthenticationError&) {
    wrong.join();
  }
}

}  // namespace

Scenario auth() {
  return {.name = "tutorial/auth",
          .summary = "a Listener with a key, a client who has it and one who has another",
          .body = &body,
          .expected = {{.rule = "connection-refused-key"}},
          .outcomes = {}};
}

}  // namespace heddle::tutorial
