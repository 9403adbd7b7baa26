// Receiving with a limit that the sender does not keep.
#include <algorithm>
#include <cstddef>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <span>
#include <string>
#include <vector>

namespace heddle::misuse {
namespace {

using mp::Connection;

std::span<const std::byte> bytes_of(const std::string& text) { return std::as_bytes(std::span(text)); }

// Names of up to eight letters, says the reader. Some letters are two bytes long.
namespace letters_and_bytes {

constexpr std::int64_t letters_max = 8;
constexpr std::int64_t letter_bytes_max = 4;

void introduce(Connection& names) {
  for (const char* const name : {"Anna", "J\xc3\xbcrgen-\xc3\x96"})
    names.send_bytes(bytes_of(std::string(name)));
}

template <std::int64_t bytes_max>
void body() {
  auto [names, sender] = mp::Pipe(mp::Duplex::no, {.name = "names"});
  mp::Process guest(mp::fn<&introduce>, mp::args(sender), {.name = "guest"});
  guest.start();
  for (int i = 0; i < 2; ++i) names.recv_bytes(bytes_max);
  guest.join();
}

}  // namespace letters_and_bytes

// A server limits requests and goes on when one is too long; but its end has had it.
namespace request_limit {

constexpr std::int64_t request_bytes_max = 16;

void serve(Connection& client) {
  for (int i = 0; i < 2; ++i) {
    try {
      client.recv_bytes(request_bytes_max);
      client.send(true);
    } catch (const mp::OSError&) {
      return;  // no more than it can do
    }
  }
}

// A request that is too long comes in pieces that are not.
void ask(Connection& server, const std::string& request) {
  server.send_bytes(bytes_of(request));
  server.recv<bool>();
}

template <std::size_t piece>
void ask_in_pieces(Connection& server, const std::string& request) {
  for (std::size_t at = 0; at < request.size(); at += piece) ask(server, request.substr(at, piece));
}

template <std::size_t piece>
void body() {
  auto [client, server] = mp::Pipe(mp::Duplex::yes, {"client", "server"});
  mp::Process process(mp::fn<&serve>, mp::args(client), {.name = "process"});
  process.start();
  client.close();
  try {
    ask_in_pieces<piece>(server, "a request of 24 letters.");
  } catch (const mp::EOFError&) {
    // It does not want to talk.
  }
  process.join();
}

}  // namespace request_limit

// A client sends a picture to a server that expects icons.
namespace icons {

constexpr std::size_t icon_bytes_max = 1'000;

void draw(const std::string& address) {
  Connection server = mp::Client(address, {.name = "server"});
  server.send_bytes(bytes_of(std::string(2 * icon_bytes_max, 'x')));
}

void take(Connection& client) { client.recv_bytes(icon_bytes_max); }

// It comes as it is in the exception, and the connection lives.
void take_fixed(Connection& client) {
  std::vector<std::byte> icon(icon_bytes_max);
  try {
    client.recv_bytes_into(icon);
  } catch (const mp::BufferTooShort& picture) {
    std::copy_n(picture.message().begin(), icon.size(), icon.begin());
  }
}

template <auto Take>
void body() {
  mp::Listener door({}, {.name = "door"});
  const std::string address = std::get<std::string>(door.address());
  mp::Process painter(mp::fn<&draw>, mp::args(address), {.name = "painter"});
  painter.start();
  Connection client = door.accept();
  Take(client);
  painter.join();
}

}  // namespace icons

}  // namespace

std::vector<Scenario> pipe_message_too_long() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-message-too-long"}};
  constexpr std::int64_t letters_max = letters_and_bytes::letters_max;
  return {
      {.name = "misuse/pipe-message-too-long-1",
       .summary = "main receives names of so many bytes as they may have letters",
       .body = &letters_and_bytes::body<letters_max>,
       .expected = caught},
      {.name = "misuse/pipe-message-too-long-1-fixed",
       .summary = "main receives names of so many bytes as their letters may have",
       .body = &letters_and_bytes::body<letters_and_bytes::letter_bytes_max * letters_max>},
      {.name = "misuse/pipe-message-too-long-2",
       .summary = "a server handles the exception for a request that is too long, and is of no more use",
       .body = &request_limit::body<24>,
       .expected = caught},
      {.name = "misuse/pipe-message-too-long-2-fixed",
       .summary = "a request that is too long for its server is sent in pieces",
       .body = &request_limit::body<16>},
      {.name = "misuse/pipe-message-too-long-3",
       .summary = "a server limits what it receives to icons and is sent a picture",
       .body = &icons::body<&icons::take>,
       .expected = caught},
      {.name = "misuse/pipe-message-too-long-3-fixed",
       .summary = "a server receives into a buffer and takes what is too long out of the exception",
       .body = &icons::body<&icons::take_fixed>},
  };
}

}  // namespace heddle::misuse
