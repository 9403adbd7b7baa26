// What the messages of one host run add up to: at most one finding, an outcome, and who is unfinished. As
// in a simulated execution, the first thing that does harm ends the run; what would follow from it is not
// told again.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/worlds/host/message.hpp>

namespace heddle::host {

class Collection {
 public:
  /// Unless `judges_misuse`, a rejected call is no finding.
  explicit Collection(bool judges_misuse = true) : judges_misuse_(judges_misuse) {}

  void add(const Message& message);

  /// True once nothing more is needed from this run.
  bool is_settled() const { return finding_.has_value(); }
  bool main_has_ended() const { return main_ended_; }
  pid_t main_process() const { return main_; }
  /// The processes that were started, by id.
  const std::map<std::int64_t, std::string>& names() const { return names_; }
  const std::vector<std::string>& outcomes() const { return outcomes_; }

  /// When no more messages come. Uncaught exceptions count only now, for an exit code may be read late.
  std::optional<Finding> finding() const;

 private:
  void add_crash(const Message& message, std::uint32_t object, std::string sentence);
  std::string object_name(std::uint32_t object) const;

  struct Crash {
    std::uint32_t object = 0;  // the Process object; 0: the main process
    Finding finding;
  };
  bool judges_misuse_;
  std::map<std::int64_t, std::string> names_;
  std::map<std::int64_t, std::uint32_t> objects_of_processes_;
  std::map<std::uint32_t, std::string> object_names_;
  std::set<std::uint32_t> exitcodes_read_;
  std::vector<std::string> outcomes_;
  std::vector<Crash> crashes_;
  std::optional<Finding> finding_;
  pid_t main_ = 0;
  bool main_ended_ = false;
};

}  // namespace heddle::host
