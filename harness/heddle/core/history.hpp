// What a program tells of an object of its own: which calls were made on it and what came of each, and what
// they are to be held against. The world keeps it in the situation; nobody looks before the execution is
// over.
//
// Moments are numbers that grow with each call that begins or returns. Only their order counts.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <heddle/core/task_index.hpp>
#include <mp/os/location.hpp>

namespace heddle::linearizability {
class Model;
}

namespace heddle {

/// Makes what an object should be like when one task uses it. `number`: whatever the model wants to know,
/// permits for instance. A function and not a model, because what a simulated process allocates ends with it.
using MakeModel = std::unique_ptr<linearizability::Model> (*)(std::int64_t number);

/// An object whose calls are told.
struct HistoryRow {
  std::string name;
  MakeModel model = nullptr;
  std::int64_t number = 0;
  TaskIndex task = no_task;  // who declared it
  mp::Location where = {};
  std::uint64_t step = 0;  // Os calls before that
  void reset() {
    name.clear();
    *this = HistoryRow{.name = std::move(name)};
  }
};

struct CallRow {
  std::uint32_t history = 0;
  TaskIndex task = no_task;
  std::string operation;
  std::vector<std::string> arguments;  // in words
  std::string result;                  // means something of one that has returned
  bool has_returned = false;           // otherwise nobody knows whether it has taken effect, or will
  std::uint64_t begin = 0;             // a moment
  std::uint64_t end = 0;               // a moment after begin, if it has returned
  std::uint64_t step = 0;              // Os calls before it began
  mp::Location where = {};
  void reset() {
    operation.clear();
    arguments.clear();
    result.clear();
    history = 0;
    task = no_task;
    has_returned = false;
    begin = end = step = 0;
    where = {};
  }
};

}  // namespace heddle
