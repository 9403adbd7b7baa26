// Boost.Interprocess as far as it is multiprocessing: a queue, a lock, a semaphore and a condition, each
// behind one function that is told an operation's name and arguments. They live in memory that forked
// children share.
#pragma once

#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

namespace boost_adapter {

using Json = nlohmann::json;

/// An exception of Python's, by its name.
struct Error {
  std::string type;
  std::string words;
};

/// Of one call, by position or by Python's name for it.
class Arguments {
 public:
  explicit Arguments(const Json& call)
      : args_(call.value("args", Json::array())), kwargs_(call.value("kwargs", Json::object())) {}
  /// null if it is not given.
  Json at(std::size_t position, const char* name) const {
    if (position < args_.size()) return args_[position];
    return kwargs_.value(name, Json());
  }
  Json at(std::size_t position, const char* name, Json otherwise) const {
    Json given = at(position, name);
    return given.is_null() ? std::move(otherwise) : given;
  }

 private:
  Json args_;
  Json kwargs_;
};

class Object {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;
  /// Raises Error. AttributeError: it has no such operation.
  virtual Json call(const std::string& operation, const Arguments& arguments) = 0;
};

/// What an adapter says that it can do; each is an operation below.
Json capabilities();

/// By name.
using Objects = std::map<std::string, std::shared_ptr<Object>>;

/// objects: those that an argument may name.
std::shared_ptr<Object> make(const std::string& maker, const Arguments& arguments, const Objects& objects);

}  // namespace boost_adapter
