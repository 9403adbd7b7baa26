// The functions that workers of pools know in programs. They take and give payloads, and refer to nothing but
// their arguments: a worker has no objects of the program.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <heddle/programs/payload.hpp>

namespace heddle::programs {

struct JobFunctionRow {
  std::string_view name;
  Payload (*call)(const std::vector<Payload>& arguments) = nullptr;  // TypeError: not what it takes
};

std::span<const JobFunctionRow> job_functions();
/// Null: there is none of that name.
const JobFunctionRow* find_job_function(std::string_view name);

/// What a worker runs. The call: a list of the function's name and its arguments.
Payload run_job(const Payload& call);
/// The same, made of its parts.
Payload job_of(std::string_view function, const std::vector<Payload>& arguments);

}  // namespace heddle::programs
