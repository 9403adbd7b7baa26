// What the echo server scenarios share: the client, who says two things and wants each back in capitals, and
// how one client is served.
#pragma once

#include <algorithm>
#include <cctype>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <string>

namespace heddle::tutorial {

inline constexpr int echo_clients = 2;

inline std::string in_capitals(std::string text) {
  std::ranges::transform(text, text.begin(),
                         [](unsigned char letter) { return static_cast<char>(std::toupper(letter)); });
  return text;
}

inline void ask_twice(std::string& address, int& number) {
  mp::Connection connection = mp::Client(address, {.name = "client-" + std::to_string(number)});
  for (const char* const word : {"hello", "goodbye"}) {
    const std::string text = std::string(word) + " from " + std::to_string(number);
    connection.send(text);
    check(connection.recv<std::string>() == in_capitals(text), "the reply is to what this client has said");
  }
}

/// Until the client has closed.
inline void serve(mp::Connection& connection) {
  try {
    while (true) connection.send(in_capitals(connection.recv<std::string>()));
  } catch (const mp::EOFError&) {
    connection.close();
  }
}

}  // namespace heddle::tutorial
