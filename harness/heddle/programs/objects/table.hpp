// The vocabulary of programs, as rows: which kinds of objects there are, what makes them, and what can be
// done to each. A row of an operation is its name, its parameters and the function that does it.
//
// To add a primitive: write objects/<kind>.cpp with its operations, a KindRow and a MakerRow, name both in
// objects/registry.cpp, and add a row to docs/reference/program-text.md. To add an operation: add a row to
// its kind's table and the function before it. The parser, the printer, the checks and the interpreter know
// no primitive by name.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <heddle/programs/object.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::programs {

class Call;

/// What an argument may be. A reference to an earlier result may stand for all down to message.
enum class ParameterKind : std::uint8_t {
  any,        // any payload; if there are kinds, also an object of one of these
  flag,       // True or False
  integer,    // of 64 bits
  seconds,    // a number; None: for ever
  bytes,      // b'...' or size(n)
  message,    // any payload, or the name of an object that is to travel
  predicate,  // x.value >= 4
  exception,  // the name of an exception
  object,     // the name of an object
  objects,    // names of objects, and of results that are integers
  function,   // the name of a function that workers of pools know (job_functions.hpp)
  method,     // x.release: called by the object that is made, in whatever process that needs it; or None
};

struct Parameter {
  std::string_view name;
  ParameterKind kind = ParameterKind::any;
  bool is_optional = false;
  std::span<const std::string_view> kinds = {};  // which objects
};

struct OperationRow {
  std::string_view name;  // empty: an item or a slice of the object itself
  Form form = Form::call;
  std::span<const Parameter> parameters;
  Payload (*run)(Call&) = nullptr;
  bool is_function = false;  // written len(x), not x.len()
};

struct KindRow {
  std::string_view name;  // "Queue"
  std::span<const OperationRow> operations;
  /// How a child takes the object over at its birth; null: it stays in the process that made it.
  std::shared_ptr<Object> (*decode)(mp::Decoder&) = nullptr;
};

/// What nobody made is null: parent_process() in main.
using Objects = std::vector<std::shared_ptr<Object>>;

struct MakerRow {
  std::string_view name;     // "Pipe"
  std::string_view made_by;  // the kind of the object it is a method of; empty: none
  std::span<const Parameter> parameters;
  const KindRow* kind = nullptr;  // of what it makes
  std::size_t count = 1;          // how many it makes at once
  Objects (*make)(Call&) = nullptr;
};

}  // namespace heddle::programs
