// The messages between the runner and an adapter, as values and as lines of JSON: protocol 1 of
// docs/reference/port-protocol.md. Both directions are read and written here, so that an adapter in C++ and
// the tests speak by the same table.
//
// A line that is no message of the protocol is an error and never an exception.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <heddle/core/error.hpp>
#include <heddle/programs/object.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::conform {

inline constexpr int protocol = 1;

/// An object of a program that lives in a port: all that is known of it here is its name.
struct RemoteObject final : programs::Object {
  explicit RemoteObject(std::string called) : name(std::move(called)) {}
  void encode(mp::Encoder& encoder) const override;  // RuntimeError: it never crosses by itself
  std::string name;
};

struct ObjectName {
  std::string name;
  friend bool operator==(const ObjectName&, const ObjectName&) = default;
};
/// Of a pool's workers.
struct FunctionName {
  std::string name;
  friend bool operator==(const FunctionName&, const FunctionName&) = default;
};
struct ExceptionName {
  std::string name;
  friend bool operator==(const ExceptionName&, const ExceptionName&) = default;
};
struct Term;
struct Several {
  std::vector<Term> terms;
  friend bool operator==(const Several&, const Several&);
};
/// What may stand in a call: a value, or what the program names there.
struct Term : std::variant<programs::Payload, ObjectName, FunctionName, ExceptionName, programs::Method,
                           programs::Comparison, Several> {
  using variant::variant;
};

struct Argument {
  std::string keyword = {};  // empty: positional
  Term term = {};
  friend bool operator==(const Argument&, const Argument&) = default;
};

enum class CallForm : std::uint8_t {
  make,
  call,
  read,
  write,
  item_read,
  item_write,
  slice_read,
  slice_write,
  end,  // the script has run out, or has been left by the exception that is the argument
};

/// What a process is to do next.
struct Call {
  std::uint64_t seq = 0;
  std::string process = {};
  CallForm form = CallForm::call;
  std::string object = {};  // empty: a function
  std::string operation = {};
  std::vector<Argument> arguments = {};
  std::string bind = {};                // what the process calls the result; empty: nothing
  std::vector<std::string> names = {};  // of make: what is made
  friend bool operator==(const Call&, const Call&) = default;
};

struct ScriptTold {
  std::string name = {};
  programs::Script::Runner kind = programs::Script::Runner::process;
  std::uint32_t copies = 1;
  std::optional<bool> daemon = {};
  std::map<std::string, programs::Payload> parameters = {};
  std::vector<std::string> objects = {};  // those it is handed
  std::vector<std::string> scripts = {};  // those it may start
  friend bool operator==(const ScriptTold&, const ScriptTold&) = default;
};

struct Suite {
  int protocol = conform::protocol;
  std::string name = {};
  friend bool operator==(const Suite&, const Suite&) = default;
};
struct CaseBegun {
  std::string id = {};
  std::string start_method = {};
  std::vector<ScriptTold> scripts = {};
  std::vector<std::string> objects = {};
  std::string text = {};  // the program, for people
  friend bool operator==(const CaseBegun&, const CaseBegun&) = default;
};
struct CaseEnded {
  std::string id = {};
  friend bool operator==(const CaseEnded&, const CaseEnded&) = default;
};
/// To an adapter.
using Order = std::variant<Suite, CaseBegun, Call, CaseEnded>;

/// Who the adapter is of, and what that can do.
struct Hello {
  int protocol = conform::protocol;
  std::string implementation = {};
  std::string version = {};
  std::string language = {};
  std::string issues_url = {};
  std::vector<std::string> capabilities = {};
  std::map<std::string, std::int64_t> limits = {};
  std::vector<std::string> start_methods = {};
  friend bool operator==(const Hello&, const Hello&) = default;
};
struct Ready {
  std::string id = {};
  friend bool operator==(const Ready&, const Ready&) = default;
};
struct Skipped {
  std::string id = {};
  std::string reason = {};
  friend bool operator==(const Skipped&, const Skipped&) = default;
};
struct Raised {
  std::string type = {};
  std::vector<std::string> bases = {};  // the nearest first
  std::string words = {};
  std::optional<programs::Payload> carries = {};
  bool is_definite = true;  // false: nobody knows whether the call took effect
  friend bool operator==(const Raised&, const Raised&) = default;
};
struct Returned {
  std::uint64_t seq = 0;
  std::string process = {};
  std::variant<programs::Payload, Raised> outcome = {};
  double seconds = 0;
  friend bool operator==(const Returned&, const Returned&) = default;
};
struct Blocked {
  std::uint64_t seq = 0;
  friend bool operator==(const Blocked&, const Blocked&) = default;
};
struct Exited {
  std::string process = {};
  std::optional<int> code = {};  // absent: the adapter is not its parent and does not know
  friend bool operator==(const Exited&, const Exited&) = default;
};
struct Done {
  std::string id = {};
  friend bool operator==(const Done&, const Done&) = default;
};
struct Errored {
  std::string id = {};
  std::string message = {};
  friend bool operator==(const Errored&, const Errored&) = default;
};
/// From an adapter.
using Answer = std::variant<Hello, Ready, Skipped, Returned, Blocked, Exited, Done, Errored>;

/// One line, without its end.
std::string line_of(const Order& order);
std::string line_of(const Answer& answer);

/// Error adapter-malformed.
Expected<Order> order_in(std::string_view line);
Expected<Answer> answer_in(std::string_view line);

/// As people write it: queue.put(1, timeout=0.1).
std::string words_of(const Call& call);
std::string words_of(const Returned& returned);

}  // namespace heddle::conform
