// Does anybody of a group of processes run? Told from what the kernel says of their threads, so that "it is
// blocked" is an observation and no guess after some time.
//
// The group is every process of that process group and whatever descends from one. Two looks are taken. If in
// both every thread sleeps, is stopped or has ended, and none of them was switched to in between, then
// between the two nobody ran, and unless a timer fires or somebody outside acts nobody will. Not seen: a
// process that has left the group after its parent was gone, and a thread that runs on a remote machine.
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

/// In order of their ids.
std::vector<pid_t> processes_of_group(pid_t group);

/// Every thread of the group, in order of ids. Empty: there is none.
std::vector<ThreadSeen> threads_of_group(pid_t group);

/// The same threads again; those that have gone since are left out.
std::vector<ThreadSeen> seen_again(const std::vector<ThreadSeen>& threads);

bool are_at_rest(const std::vector<ThreadSeen>& threads);

/// Two looks. False for a group of nobody.
bool is_quiescent(pid_t group);

}  // namespace heddle::conform
