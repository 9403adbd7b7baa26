// A process of a case for a library that has none of its own: it reads a call, performs it and answers, and
// forks its children. What is tested is objects, which are made by a function of the adapter.
#pragma once

#include <sys/types.h>

#include <adapters/kit/supervisor.hpp>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace adapter_kit {

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
  /// The same with block=False.
  Arguments not_waiting() const {
    Arguments changed(*this);
    changed.kwargs_["block"] = false;
    return changed;
  }
  /// The same behind a block, which is true.
  Arguments waiting() const {
    Arguments changed(*this);
    changed.args_.insert(changed.args_.begin(), true);
    return changed;
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

using Objects = std::map<std::string, std::shared_ptr<Object>>;
/// Makes what the program calls so. objects: those that an argument may name.
using Maker = std::function<std::shared_ptr<Object>(const std::string& maker, const Arguments&,
                                                    const Objects& objects)>;

/// What a Script can do with processes: capabilities, beside those of the objects.
std::vector<std::string> capabilities_of_processes();

class Script {
 public:
  Script(std::string name, Cast cast, Maker make)
      : name_(std::move(name)), cast_(std::move(cast)), make_(std::move(make)) {}
  /// Does not return: the process ends with its script.
  [[noreturn]] void run();

 private:
  struct Child {
    pid_t pid = 0;
    std::optional<int> code = {};
  };
  Json answer_to(const Json& call);
  Json perform(const Json& call);
  Json perform_on_child(Child& child, const std::string& name, const std::string& operation,
                        const Arguments& arguments);
  void start(Child& child, const std::string& name);
  static bool join(Child& child, const Json& timeout);
  [[noreturn]] void leave(int code);

  std::string name_;
  Cast cast_;
  Maker make_;
  Objects objects_ = {};
  std::map<std::string, Child> children_ = {};
};

/// A port's play_main.
std::function<void(const Json&, Cast)> scripts(Maker make);

}  // namespace adapter_kit
