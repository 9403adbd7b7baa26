// What the kernel says of a process, in /proc/<pid>/stat. A process may end between any two reads: then
// nothing is said, and nothing is thrown.
#pragma once

#include <sys/types.h>

#include <istream>
#include <optional>

namespace heddle::host {

struct ProcessStat {
  char state = 0;
  pid_t parent = 0;
};

/// Absent: there is no such process, or none any more.
std::optional<ProcessStat> stat_of(pid_t process);

/// The same from the file, as it was opened when there still was one.
std::optional<ProcessStat> stat_in(std::istream& file);

}  // namespace heddle::host
