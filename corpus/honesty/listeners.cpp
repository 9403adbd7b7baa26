// Listeners: who is accepted when, what becomes of those who are not, and what a closed side is seen to be.
#include <array>
#include <honesty/programs.hpp>

namespace heddle::honesty {
namespace {

using mp::Connection;
using mp::Listener;

std::string path_of(const Listener& listener) { return std::get<std::string>(listener.address()); }

/// A path that no other run on this machine uses at the same time.
std::string fresh_path() {
  std::array<std::byte, 8> chance{};
  mp::os().random_bytes(chance);
  std::string path = std::string(mp::os().temporary_directory()) + "/heddle-honesty-";
  for (const std::byte byte : chance) path += std::to_string(std::to_integer<int>(byte));
  return path;
}

template <int number>
void call_with(std::string& path) {
  mp::Client(path).send(number);
}

void two_callers() {
  Listener listener;
  std::string path = path_of(listener);
  auto first = start<&call_with<1>>("first", path);
  auto second = start<&call_with<2>>("second", path);
  for (int i = 0; i < 2; ++i) {
    Connection connection = listener.accept();
    record(connection.poll());
    record(connection.recv<int>());
  }
  first.join();
  second.join();
}

void gone_early() {
  Listener listener;
  std::string path = path_of(listener);
  auto caller = start<&call_with<1>>("caller", path);
  Connection connection = listener.accept();
  record(connection.poll());
  record(connection.recv<int>());
  record(connection.poll());
  caller.join();
}

enum Fate { no_file = 1, refused, reset, ended };

// How far a caller comes.
void call_and_wait(std::string& path) {
  try {
    mp::Client(path).recv<int>();
  } catch (const mp::FileNotFoundError&) {
    mp::exit(no_file);
  } catch (const mp::ConnectionRefusedError&) {
    mp::exit(refused);
  } catch (const mp::ConnectionResetError&) {
    mp::exit(reset);
  } catch (const mp::EOFError&) {
    mp::exit(ended);
  }
}

// The caller is older than the listener, so it has no copy that would keep it open.
void closed_while_called() {
  std::string path = fresh_path();
  auto caller = start<&call_and_wait>("caller", path);
  Listener(path).close();
  record(status_of(caller));
}

void send_and_leave(int& port) {
  Connection connection =
      mp::Client(mp::InternetAddress{.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)});
  connection.send(1);
}

// Over TCP the first send after the other side has closed still goes through.
void sends_to_one_who_leaves() {
  Listener listener(mp::InternetAddress{});
  int port = std::get<mp::InternetAddress>(listener.address()).port;
  auto caller = start<&send_and_leave>("caller", port);
  Connection connection = listener.accept();
  for (int i = 0; i < 3; ++i) {
    try {
      connection.send(i);
      record(true);
    } catch (const mp::OSError&) {
      record(false);
    }
  }
  caller.join();
}

template <int number>
void call_by_key(std::string& path) {
  try {
    mp::Client(path, {.authkey = mp::AuthenticationKey(number == 1 ? "right" : "wrong"),
                      .handshake_timeout = std::nullopt})
        .send(number);
  } catch (const mp::AuthenticationError&) {
  }
}

void right_and_wrong_key() {
  // No time limit: a caller whose time is up is left out, and nobody would come in its place.
  Listener listener(mp::Address{},
                    {.authkey = mp::AuthenticationKey("right"), .handshake_timeout = std::nullopt});
  std::string path = path_of(listener);
  auto right = start<&call_by_key<1>>("right", path);
  auto wrong = start<&call_by_key<2>>("wrong", path);
  for (int i = 0; i < 2; ++i) {
    try {
      Connection connection = listener.accept();
      record(connection.poll());
      record(connection.recv<int>());
    } catch (const mp::AuthenticationError&) {
      record(0);
    }
  }
  right.join();
  wrong.join();
}

}  // namespace

HonestyProgram listeners_two_callers() {
  return {"listeners/two-callers", "who is accepted first, and has it spoken by then", &two_callers};
}
HonestyProgram listeners_gone_early() {
  return {"listeners/gone-early", "has a caller spoken when it is accepted, has it left afterwards",
          &gone_early};
}
HonestyProgram listeners_closed_while_called() {
  return {"listeners/closed-while-called", "how far a caller comes while its listener closes",
          &closed_while_called};
}
HonestyProgram listeners_sends_to_one_who_leaves() {
  return {"listeners/sends-to-one-who-leaves", "which of three messages over TCP still goes out",
          &sends_to_one_who_leaves};
}
HonestyProgram listeners_right_and_wrong_key() {
  return {"listeners/right-and-wrong-key", "whose handshake is over first", &right_and_wrong_key};
}

}  // namespace heddle::honesty
