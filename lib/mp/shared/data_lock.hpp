// The lock of a Value or an Array: a new RLock, or a Lock or RLock that the program has for more than one of
// them (VAL-03, ARR-04). One type for both kinds, so that the type of a Value does not depend on its lock.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/sync/lock.hpp>

namespace mp {

/// Behaves as the lock it stands for (lock.hpp): LOCK-01..06 or RLOCK-01..05.
class DataLock {
 public:
  explicit DataLock(LockCore core) : core_(std::move(core)), claim_(os(), core_.object()) {}

  bool acquire(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    return core_.acquire(os(), block, timeout, where);
  }
  void release(Location where = Location::current()) { core_.release(os(), where); }

  const LockCore& core() const { return core_; }
  ObjectId object() const { return core_.object(); }

  /// RuntimeError except for a child being born.
  void encode(Encoder& encoder) const {
    encoder.boolean(core_.recursion() == Recursion::allowed);
    core_.encode(encoder, "Lock");
  }
  static DataLock decode(Decoder& decoder) {
    const Recursion recursion = decoder.boolean() ? Recursion::allowed : Recursion::forbidden;
    return DataLock(LockCore::decode(decoder, recursion));
  }

 private:
  LockCore core_;
  Claim claim_;
};

/// Whose lock it shall be. Nobody's: a new RLock.
class LockOption {
 public:
  LockOption() = default;
  template <Recursion recursion>
  LockOption(const LockHandle<recursion>& lock) : core_(lock.core()) {}  // implicit: {.lock = lock}
  LockOption(const DataLock& lock) : core_(lock.core()) {}

  /// A new lock goes by "counter.lock" if the data goes by "counter". OSError if the machine refuses.
  DataLock lock_for(std::string_view data_name, Location where) const {
    if (core_) return DataLock(*core_);
    const std::string name = data_name.empty() ? std::string() : std::string(data_name) + ".lock";
    return DataLock(LockCore(os(), Recursion::allowed, name, where));
  }

 private:
  std::optional<LockCore> core_;
};

struct DataOptions {
  std::string_view name = {};  // read during construction only
  LockOption lock = {};        // shared with the caller, whose handle may go away first
};

}  // namespace mp
