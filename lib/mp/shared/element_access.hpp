// One access to shared elements, without their type: which they are, under which lock, and how they are told
// in words. The access is an operation of its own; it holds the lock for as long as it takes, or is raw and
// holds none. The Os is told of each element that was touched, in the step that touched it last.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include <mp/os/operation.hpp>
#include <mp/sync/lock_core.hpp>

namespace mp::detail {

/// `count` elements, `step` apart, from the one at `first`.
struct ElementRange {
  std::byte* first = nullptr;
  std::size_t element_bytes = 0;
  std::size_t count = 1;
  std::int64_t step = 1;
  std::uint64_t part = 0;  // of the first, for the Os; the next has `step` more
};

struct ElementAccess {
  const LockCore* lock = nullptr;  // null: raw
  ObjectKind kind = ObjectKind::value;
  ObjectId object = ObjectId::none;
  ElementRange range = {};
  std::string position = {};  // "3" or "0:5" in an array; empty in a value
  std::string (*describe)(const void* elements, std::size_t count) = nullptr;

  /// `elements` has room for all of the range.
  void load(std::span<std::byte> elements, Location where) const;
  void store(std::span<const std::byte> elements, Location where) const;

 private:
  template <class Move>
  void touch_all(Os& os, const Operation& operation, Access access, const void* elements, Location where,
                 Move move) const;
};

}  // namespace mp::detail
