// A case of the suite: a program with the rows of the contract that it pins, and how a port came out of it.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/trace.hpp>
#include <heddle/core/error.hpp>
#include <heddle/programs/plan.hpp>

namespace heddle::conform {

/// required: it pins a row that binds. recommended: quirks only. hazard: one of these is a hazard of CPython,
/// or its primitive is called hazards; it is told of a port and never held against it.
enum class Level : std::uint8_t { required, recommended, hazard };

struct Case {
  std::string id = {};                 // "queue/034-put-forms"
  std::string summary = {};            // what its first comment says
  std::vector<std::string> rows = {};  // "QUEUE-02"
  Level level = Level::recommended;
  std::string text = {};  // of the file
  std::shared_ptr<const programs::Plan> plan = nullptr;
};

enum class Status : std::uint8_t { passed, failed, errored, skipped };

struct CaseResult {
  std::string id = {};
  Status status = Status::passed;
  std::string message = {};          // why; of passed: none
  std::vector<Exchange> trace = {};  // of the execution that the message is about
  std::string again = {};            // a command that issues the same calls in the same order; or empty
  std::uint64_t executions = 0;
  double seconds = 0;
  friend bool operator==(const CaseResult&, const CaseResult&) = default;
};

std::string_view name_of(Level level);
std::string_view name_of(Status status);

/// Folder of what a case is about: "queue".
std::string_view primitive_of(std::string_view id);

}  // namespace heddle::conform
