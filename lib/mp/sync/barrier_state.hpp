// What the parties of a Barrier share, and its moves. The words are changed while the robust lock is held,
// which is never while somebody sleeps or the action runs. Of what happens it tells the Os only who belongs
// to which generation, because the order that a barrier promises is between those.
//
// The parties come in generations. `stage_` names the present one and what is going on in it: filling
// (parties arrive and sleep), acting (all are there; the last one runs the action), or broken (nobody may
// arrive; reset begins the next). Whatever ends a generation first writes down how it ended, then changes the
// stage, then wakes all. A party that finds its own generation over reads how it ended from a ring; so nobody
// need wait for it to do so, and arrivals count for the next generation at once.
//
// After a kill between any two Os calls:
//   - of a party that has arrived: it stays counted in its generation, which it has reached, and is missing
//   in
//     the next, where the others wait until their time runs out or somebody aborts;
//   - of the last one while it acts: all who sleep watch it (word_wait with an owner) and break the barrier;
//   - with the lock held: the next one takes the lock over and wakes all, which finishes what the dead one
//   may
//     have begun. Each step before that is one store, so the words are whole at any time. Without a next one
//     the sleepers sleep on, as if the dead one had been struck before it came.
//
// Not promised: a party that is stopped while `remembered` later generations pass is told that the barrier
// broke.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <type_traits>

#include <mp/os/os.hpp>
#include <mp/sync/owned_lock.hpp>

namespace mp {

class BarrierState {
 public:
  static constexpr std::uint32_t parties_max = 0xffff;
  static constexpr std::uint32_t remembered = 32;

  /// A place in a generation.
  struct Arrival {
    std::uint32_t generation = 0;
    std::uint32_t index = 0;  // parties - 1: the last one, whose generation now is acting or over
  };
  enum class Acting : std::uint8_t { no, yes };

  /// Waits while an action runs, then takes the next place. The last party ends the generation at once,
  /// unless it is to act. Absent: the barrier is broken.
  std::optional<Arrival> arrive(Os& os, std::uint32_t parties, Acting last_one_acts, ObjectId object);
  /// Sleeps until the generation is over. True: all parties came, and the action was done. False: broken,
  /// also by this very call, when the deadline passes while parties are missing or the acting one dies.
  bool await(Os& os, const Arrival& arrival, Instant deadline);
  /// Ends the generation whose action this task has done. False: the barrier was broken or reset meanwhile.
  bool finish(Os& os, const Arrival& arrival, ObjectId object);
  /// Breaks the barrier if that generation still is acting (the action has failed).
  void give_up(Os& os, const Arrival& arrival);

  void abort(Os& os);
  void reset(Os& os);
  bool is_broken(Os& os);
  std::uint32_t waiting(Os& os);  // how many have arrived in a generation that is not over

 private:
  enum class Stage : std::uint32_t { filling, acting, broken };

  /// Holds the lock for a scope, and finishes what a dead holder may have left.
  class Held {
   public:
    Held(Os& os, BarrierState& state);
    ~Held();
    Held(const Held&) = delete;
    Held& operator=(const Held&) = delete;

   private:
    Os& os_;
    BarrierState& state_;
  };

  static std::uint32_t word_of(std::uint32_t generation, Stage stage);
  static std::uint32_t generation_of(std::uint32_t word);
  static Stage stage_of(std::uint32_t word);

  Arrival take_place(Os& os, std::uint32_t generation, std::uint32_t parties, Acting last_one_acts,
                     ObjectId object);
  std::uint32_t counted(Os& os, std::uint32_t generation) const;
  void count(Os& os, std::uint32_t generation, std::uint32_t arrived);
  void end(Os& os, std::uint32_t generation, bool tripped, Stage next);
  void break_if(Os& os, std::uint32_t stage_word);
  bool has_tripped(Os& os, std::uint32_t generation);
  void wake_all(Os& os);

  OwnedLock lock_;
  Word stage_;                            // generation and Stage; all sleep on it
  Word acting_;                           // the process that acts; meaningful in that stage
  Word count_;                            // low halves of a generation and of how many arrived in it
  std::array<Word, remembered> endings_;  // generation and whether it tripped, by generation
};

static_assert(sizeof(BarrierState) == 4 * (4 + BarrierState::remembered) &&
              std::is_standard_layout_v<BarrierState>);

}  // namespace mp
