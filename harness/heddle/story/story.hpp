// A failure told for a picture: who did what from when to when, what rested on what, who held which lock, and
// what each object was like after each step. Made of a recorded history, as values; pages, traces of other
// tools and files for machines are made of it. What people read on a terminal is made of the history itself,
// for it shows less.
//
// Operations are the outermost ones of the program's own tasks, and of helper tasks those that take part in
// the finding, up to the finding, in the order of their beginnings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/verdict.hpp>

namespace heddle::story {

/// A task. Lanes of one process stand together, its main task first.
struct Lane {
  std::string process = {};
  std::string thread = {};  // empty: the process's main task
  bool is_helper = false;
  friend bool operator==(const Lane&, const Lane&) = default;
};

struct Operation {
  std::size_t lane = 0;
  std::string object = {};
  std::string kind = {};      // of the object
  std::string verb = {};      // "put"
  std::string argument = {};  // in words
  std::string result = {};
  std::string words = {};   // "tasks.put(3)"
  std::uint64_t begin = 0;  // a step
  std::uint64_t end = 0;    // a step; of one that has not ended, the finding's
  bool has_ended = false;
  bool has_succeeded = false;
  bool has_waited = false;
  std::size_t party = 0;     // which of the finding's, from 1; 0: of none
  std::size_t switched = 0;  // which essential deviation shows here, from 1; 0: none
  mp::Location where = {};
};

/// What made the later operation possible: a release, what was put or sent, a wake-up, a start, an end.
struct Arrow {
  std::string_view why;  // "release", "item", "message", "wake", "done", "start", "exit"
  std::size_t from = 0;  // operations
  std::size_t to = 0;
};

/// From the acquire that took a lock to the release that gave it back.
struct Hold {
  std::string lock = {};
  std::size_t lane = 0;
  std::uint64_t begin = 0;  // a step
  std::uint64_t end = 0;
  bool has_ended = false;
};

/// What an object is like from a step on.
struct Change {
  std::uint64_t step = 0;
  std::string object;
  std::string state;  // "held by worker-1; worker-2 waits", "[1, 2]"
};

struct Story {
  std::vector<Lane> lanes = {};
  std::vector<Operation> operations = {};
  std::vector<Arrow> arrows = {};
  std::vector<Hold> holds = {};
  std::vector<Change> changes = {};
  std::uint64_t end = 0;     // the finding's step
  std::size_t left_out = 0;  // operations in the middle that there was no room for
};

/// Of the failure's history; nothing if it has none. At most so many operations: the first few, those before
/// the end, and the finding's parties.
std::optional<Story> story_of(const Failure& failure, std::size_t operations_max);

/// "worker-1", "worker-1/feeder".
std::string name_of(const Lane& lane);

}  // namespace heddle::story
