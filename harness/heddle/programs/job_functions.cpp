// The table of functions.
#include <algorithm>
#include <array>
#include <chrono>

#include <heddle/programs/call.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/job_functions.hpp>
#include <mp/process/current_process.hpp>

namespace heddle::programs {
namespace {

using Arguments = std::vector<Payload>;

const Payload& the_one(const Arguments& arguments) {
  if (arguments.size() != 1) throw TypeError("the function takes one argument");
  return arguments[0];
}

std::int64_t integer_in(const Payload& payload) {
  if (const auto* number = std::get_if<std::int64_t>(&payload.kind)) return *number;
  throw TypeError(literal(payload) + " is no integer");
}

double seconds_in(const Payload& payload) {
  if (const auto* real = std::get_if<double>(&payload.kind)) return *real;
  return static_cast<double>(integer_in(payload));
}

Payload identity(const Arguments& arguments) { return the_one(arguments); }
Payload square(const Arguments& arguments) {
  const std::int64_t number = integer_in(the_one(arguments));
  return payload_of(static_cast<std::int64_t>(static_cast<std::uint64_t>(number) *
                                              static_cast<std::uint64_t>(number)));  // wraps
}
Payload add(const Arguments& arguments) {
  if (arguments.size() != 2) throw TypeError("add takes two arguments");
  if (std::optional<Payload> sum = sum_of(arguments[0], arguments[1])) return *std::move(sum);
  throw TypeError("cannot add " + literal(arguments[1]) + " to " + literal(arguments[0]));
}
/// Waits so many seconds, and gives them back.
Payload sleep(const Arguments& arguments) {
  mp::sleep(std::chrono::duration<double>(seconds_in(the_one(arguments))));
  return arguments[0];
}
Payload raise(const Arguments& arguments) {
  const auto* name = std::get_if<std::string>(&the_one(arguments).kind);
  const ExceptionRow* row = name == nullptr ? nullptr : find_exception(*name);
  if (row == nullptr) throw TypeError(literal(arguments[0]) + " names no exception");
  row->raise("raised by a worker");
  return none();
}
/// Raises ValueError for None, and is identity for the rest.
Payload check(const Arguments& arguments) {
  if (is_none(the_one(arguments))) throw mp::ValueError("None");
  return arguments[0];
}
Payload exit(const Arguments& arguments) { mp::exit(static_cast<int>(integer_in(the_one(arguments)))); }
Payload crash(const Arguments& arguments) { mp::exit_now(static_cast<int>(integer_in(the_one(arguments)))); }
Payload unserialisable(const Arguments&) { return {Unserialisable{}}; }
Payload undecodable(const Arguments&) { return {Undecodable{}}; }
Payload pid(const Arguments&) { return payload_of(static_cast<std::int64_t>(mp::current_process().pid())); }
Payload is_daemon(const Arguments&) { return payload_of(mp::current_process().daemon()); }

constexpr std::array rows{
    JobFunctionRow{"identity", &identity},
    JobFunctionRow{"square", &square},
    JobFunctionRow{"add", &add},
    JobFunctionRow{"sleep", &sleep},
    JobFunctionRow{"raise", &raise},
    JobFunctionRow{"check", &check},
    JobFunctionRow{"exit", &exit},
    JobFunctionRow{"crash", &crash},
    JobFunctionRow{"make_unserialisable", &unserialisable},
    JobFunctionRow{"make_undecodable", &undecodable},
    JobFunctionRow{"pid", &pid},
    JobFunctionRow{"is_daemon", &is_daemon},
};

}  // namespace

std::span<const JobFunctionRow> job_functions() { return rows; }

const JobFunctionRow* find_job_function(std::string_view name) {
  const auto* const found = std::ranges::find(rows, name, &JobFunctionRow::name);
  return found == rows.end() ? nullptr : found;
}

Payload run_job(const Payload& call) {
  const auto& parts = std::get<List>(call.kind).items;
  const JobFunctionRow* row = find_job_function(std::get<std::string>(parts.at(0).kind));
  return row->call({parts.begin() + 1, parts.end()});
}

Payload job_of(std::string_view function, const std::vector<Payload>& arguments) {
  List parts;
  parts.items.push_back(payload_of(std::string(function)));
  parts.items.insert(parts.items.end(), arguments.begin(), arguments.end());
  return {std::move(parts)};
}

}  // namespace heddle::programs
