// A place where a number of parties wait for each other, again and again. What they share is in BarrierState;
// that file argues what a kill leaves behind. The action is a function of the program and not of the shared
// state: each handle carries it, so whichever process comes last can run it.
//
// Rows met: BAR-01..05; BAR-06: an arrival waits while an action runs, and a generation without one is over
// for all at once, so it need not drain; BAR-07 deviates: ValueError; BAR-08 cured: nobody waits for a
// waiter's answer. A waiter that is killed has arrived: it stays in n_waiting until its generation is over,
// the others trip without it, and in the next generation it is missing like any party that does not come.
#pragma once

#include <mp/codec/code.hpp>
#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/process/fn.hpp>
#include <mp/shared/shared_block.hpp>
#include <mp/sync/barrier_state.hpp>

namespace mp {

struct BarrierOptions {
  std::string_view name = {};      // read during construction only
  Timeout timeout = std::nullopt;  // of every wait that has none of its own
};

class Barrier {
 public:
  /// `parties` 1..65535, ValueError otherwise (BAR-07). OSError if the machine refuses the memory.
  explicit Barrier(int parties, BarrierOptions options = {}, Location where = Location::current())
      : Barrier(parties, nullptr, options, where) {}
  /// `action`, fn<&function> without parameters, runs once per trip in the party that comes last, when all
  /// are there and before anyone is released; what it throws leaves that party's wait and breaks the barrier
  /// (BAR-02). No lock is held meanwhile: it may look at the barrier, abort it or reset it.
  template <auto Target>
  Barrier(int parties, Fn<Target> action, BarrierOptions options = {}, Location where = Location::current())
      : Barrier(parties, run_of(action), options, where) {}

  Barrier(Barrier&&) noexcept = default;
  Barrier& operator=(Barrier&&) noexcept = default;
  ~Barrier() = default;

  /// Waits until all parties wait. Gives each party of a trip another index, the last to come parties - 1
  /// (BAR-01). BrokenBarrierError: the barrier is broken, or is broken or reset while the caller waits; or
  /// the caller's own time runs out, which breaks it: `timeout` in seconds, else the constructor's; zero and
  /// below suffice for the last to come only (BAR-03). Time spent while an action runs is never too long.
  int wait(Timeout timeout = std::nullopt, Location where = Location::current());
  /// Breaks the barrier: all who wait and all who come get BrokenBarrierError until reset (BAR-04, BAR-05).
  void abort(Location where = Location::current());
  /// Makes it empty and whole; whoever waits gets BrokenBarrierError (BAR-05).
  void reset(Location where = Location::current());

  bool broken(Location where = Location::current()) const;
  int n_waiting(Location where = Location::current()) const;  // 0 while it is broken
  int parties() const { return parties_; }

  ObjectId object() const { return object_; }
  /// RuntimeError except for a child being born (LOCK-08).
  void encode(Encoder& encoder) const;
  static Barrier decode(Decoder& decoder);

 private:
  Barrier(int parties, Code action, BarrierOptions options, Location where);
  Barrier(SharedBlock<BarrierState> state, int parties, Code action, Timeout timeout, ObjectId object);

  template <auto Target>
  static Code run_of(Fn<Target>) {
    return [] { static_cast<void>(Target()); };
  }
  bool act(Os& os, const BarrierState::Arrival& arrival, Location where);

  SharedBlock<BarrierState> state_;
  int parties_;
  Code action_;
  Timeout timeout_;
  ObjectId object_;
  Claim claim_;
};

}  // namespace mp
