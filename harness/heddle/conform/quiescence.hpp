// Does anybody run of those that descend from a process? Told from what the kernel says of their threads, so
// that "it is blocked" is an observation and no guess after some time.
//
// Two looks are taken. If in both every thread sleeps, is stopped or has ended, and none of them was switched
// to in between, then between the two nobody ran, and unless a timer fires or somebody outside acts nobody
// will. Who loses his parent descends from whoever takes him in: a root that is a subreaper (keeper.hpp)
// keeps all. Not seen: a thread that runs on a remote machine.
#pragma once

#include <sys/types.h>

#include <compare>
#include <cstdint>
#include <vector>

namespace heddle::conform {

struct ThreadSeen {
  pid_t process = 0;
  pid_t thread = 0;
  std::uint64_t switches = 0;  // how often it stopped running
  bool is_at_rest = false;
  friend bool operator==(const ThreadSeen&, const ThreadSeen&) = default;
};

/// All that descend from the root, without it, in order of their ids.
std::vector<pid_t> processes_below(pid_t root);

/// Each of their threads, in order of ids. Empty: there is none.
std::vector<ThreadSeen> threads_below(pid_t root);

/// The same threads again; those that have gone since are left out.
std::vector<ThreadSeen> seen_again(const std::vector<ThreadSeen>& threads);

bool are_at_rest(const std::vector<ThreadSeen>& threads);

/// Two looks. False if nobody is there.
bool is_quiescent(pid_t root);

}  // namespace heddle::conform
