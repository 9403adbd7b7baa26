// A process of a case, and what it and the supervisor both do with lines.
#pragma once

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <adapters/boost/objects.hpp>

namespace boost_adapter {

/// What comes from a descriptor, by lines: one read may give several, or a part of one.
struct Lines {
  explicit Lines(int of) : descriptor(of) {}
  /// Those that are complete; absent at the end. Waits until something is there.
  std::optional<std::vector<std::string>> read();
  int descriptor;
  std::string rest = {};
};

/// A line for somebody who is gone is lost, and so is SIGPIPE.
void write_line(int descriptor, const std::string& line);

/// Waits for a child. As Python tells exit codes: that of a signal is negative.
int code_of(pid_t child);

/// By name: the ends of the sockets of who may be started from here, and one's own.
using Ends = std::map<std::string, int>;

/// Who there is in a case, and whom each may start, at once or by others: "worker", or "worker-1" and
/// "worker-2" of two copies.
using Family = std::map<std::string, std::set<std::string>>;
Family family_in(const Json& message);

class Script {
 public:
  Script(std::string name, Family family, Ends ends)
      : name_(std::move(name)), family_(std::move(family)), ends_(std::move(ends)) {}
  /// Does not return: the process ends with its script.
  [[noreturn]] void run();

 private:
  struct Child {
    pid_t pid = 0;
    std::optional<int> code = {};
  };
  Json perform(const Json& call);
  Json perform_on_child(Child& child, const std::string& name, const std::string& operation,
                        const Arguments& arguments);
  void start(Child& child, const std::string& name);
  static bool join(Child& child, const Json& timeout);
  [[noreturn]] void leave(int code);

  std::string name_;
  Family family_;
  Ends ends_;
  Objects objects_ = {};
  std::map<std::string, Child> children_ = {};
};

}  // namespace boost_adapter
