// What the processes of a host run tell the harness, over one pipe that all of them inherit. A message is
// at most 4096 bytes with its length in front, so writes of several processes never mix; long texts are cut.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <mp/os/location.hpp>

namespace heddle::host {

enum class MessageKind : std::uint8_t {
  started,        // process `number`, called `text`, with Process object `object`
  created,        // object `object` is called `text`
  exitcode_read,  // of Process object `object`
  misused,        // a primitive rejects: rule, text, operation of object
  uncaught,       // an exception leaves the target of Process object `object` (0: the main process)
  killed,         // child `number` was ended by signal `object`
  outcome,        // `text` was recorded
  failed,         // the program's own assertion: text
  ended,          // the main process: exit status `number`, or ended by signal `object`
};
inline constexpr std::uint32_t message_kinds = 9;

struct Message {
  MessageKind kind{};
  std::uint32_t object = 0;
  std::int64_t number = 0;
  std::string who = {};
  std::string operation = {};
  std::string rule = {};
  std::string text = {};
  mp::Location where = {};
};

/// The bytes to write, length included. Texts are cut to fit.
std::string pack(const Message& message);

/// Takes the first whole message off `bytes`. Absent: none is there yet. Bytes that are no message clear
/// the buffer: a program that writes into descriptors it does not own cannot bring the harness down.
std::optional<Message> take_message(std::string& bytes);

}  // namespace heddle::host
