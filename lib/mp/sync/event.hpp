// A flag that processes wait for. One Word and no lock, so nothing that happens to one process keeps another
// from it, and it may be used in a signal handler whatever that interrupted.
//
// The word counts the states that the flag goes through, two bits of state below thirty of generation: clear,
// announced (set, but those who slept may not have been woken yet), set, and then clear in the next
// generation. A waiter remembers the word that it found clear and sleeps while the word is that. Any other
// value means that the flag has been set since, also if it is clear again by now (the cure of EVT-04).
//
// Setting is three Os calls: announce, wake all, settle. Whoever meets `announced` first wakes all and
// settles for the setter, who may have been killed in between (the cure of EVT-05). So nobody ever learns
// that the flag is set before every sleeper was woken, and a set whose process is killed has happened wholly
// or, as far as anybody can tell, not at all.
//
// Rows met: EVT-01..03; EVT-04..06 cured. Any number of tasks may wait. Not promised: the generation wraps
// after 2^30 rounds of set and clear; a waiter that is stopped for exactly that many would sleep on.
#pragma once

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {

class Event {
 public:
  /// Clear when new. OSError if the machine refuses the memory.
  explicit Event(NameOption options = {}, Location where = Location::current());

  Event(Event&&) noexcept = default;
  Event& operator=(Event&&) noexcept = default;
  ~Event() = default;

  /// Sets the flag and releases all who wait, for whatever comes after; nothing if it is set (EVT-01,
  /// EVT-03).
  void set(Location where = Location::current());
  /// Clears the flag; nothing if it is clear.
  void clear(Location where = Location::current());
  /// Out of date as soon as it is known.
  bool is_set(Location where = Location::current()) const;
  /// True: the flag is set, or was at some time since the call began. False: not within `timeout` seconds;
  /// absent waits for ever, zero and below look once (EVT-02).
  bool wait(Timeout timeout = std::nullopt, Location where = Location::current());

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const;
  static Event decode(Decoder& decoder);

 private:
  struct State {
    Word flag;
  };
  Event(SharedBlock<State> state, ObjectId object);

  bool wait_until(Os& os, Instant deadline);

  SharedBlock<State> state_;
  ObjectId object_;
  Claim claim_;
};

}  // namespace mp
