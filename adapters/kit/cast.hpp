// Who there is in a case, and the sockets by which each process and thread is spoken to. They are made before
// anybody is born. A process keeps its own end and those of who may be started from it, and at a fork the
// child closes all but these: so the end of a process is the end of its socket, whoever else lives on.
#pragma once

#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>

namespace adapter_kit {

using Json = nlohmann::json;

/// Of a script: "worker", or "worker-1" and "worker-2" of two copies.
std::set<std::string> instances_of(const Json& script);

class Cast {
 public:
  /// Of a case's message. The other ends, by name, are the supervisor's.
  Cast(const Json& message, std::map<std::string, int>& supervisors);

  /// null: nobody is called so.
  const Json& script_of(const std::string& name) const;
  bool is_process(const std::string& name) const;
  int end_of(const std::string& name) const;

  /// In each process of the case: from now on whoever is forked and is not started below is nobody of the
  /// case.
  void take_the_stage();
  /// Forks the one who is named, by whatever does so: to the child belong the ends of its own and of those
  /// below it, and here they are closed. If it throws, nobody was born.
  template <class Start>
  auto start(const std::string& name, const Start& born_by) {
    const Starting starting(name);
    auto result = born_by();
    close_those_of(name);
    return result;
  }
  /// A thread of this process has gone, or all of this case has.
  void close_end(const std::string& name);
  void close_all();

 private:
  struct Starting {
    explicit Starting(const std::string& name);
    Starting(const Starting&) = delete;
    Starting& operator=(const Starting&) = delete;
    ~Starting();
  };
  void close_those_of(const std::string& name);
  bool belongs_to(const std::string& name, const std::string& owner) const;
  static void close_what_is_the_parents();

  std::map<std::string, Json> scripts_;                 // by instance
  std::map<std::string, std::set<std::string>> below_;  // whom each may start, at once or by others
  std::map<std::string, int> ends_;
};

}  // namespace adapter_kit
