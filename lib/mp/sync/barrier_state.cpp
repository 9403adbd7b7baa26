// The barrier's moves. Every block under `Held` is correct when cut off after any of its stores.
#include <mp/sync/barrier_state.hpp>

#include <limits>

namespace mp {

namespace {

constexpr std::uint32_t stage_bits = 2;
constexpr std::uint32_t half = 16;

void tell_generation(Os& os, ObjectId object, std::uint32_t generation) {
  os.annotate({.kind = Annotation::Kind::count,
               .object_kind = ObjectKind::barrier,
               .object = object,
               .number = generation,
               .text = "generation"});
}

}  // namespace

BarrierState::Held::Held(Os& os, BarrierState& state) : os_(os), state_(state) {
  // The dead one may have changed the stage and woken nobody.
  if (state_.lock_.acquire(os_) == OwnedLock::Outcome::owner_died_acquired) state_.wake_all(os_);
}

BarrierState::Held::~Held() { state_.lock_.release(os_); }

std::uint32_t BarrierState::word_of(std::uint32_t generation, Stage stage) {
  return (generation << stage_bits) | static_cast<std::uint32_t>(stage);
}

std::uint32_t BarrierState::generation_of(std::uint32_t word) { return word >> stage_bits; }

BarrierState::Stage BarrierState::stage_of(std::uint32_t word) {
  return static_cast<Stage>(word & ((1U << stage_bits) - 1));
}

// A count of another generation stands for none: whoever began this one was killed before it wrote that down.
std::uint32_t BarrierState::counted(Os& os, std::uint32_t generation) const {
  const std::uint32_t word = os.load(count_);
  return (word >> half) == (generation & parties_max) ? word & parties_max : 0;
}

void BarrierState::count(Os& os, std::uint32_t generation, std::uint32_t arrived) {
  os.store(count_, (generation << half) | arrived);
}

void BarrierState::wake_all(Os& os) { os.word_wake(stage_, std::numeric_limits<int>::max()); }

// How it ended first: the change of the stage is what makes it read.
void BarrierState::end(Os& os, std::uint32_t generation, bool tripped, Stage next) {
  os.store(endings_[generation % remembered], (generation << 1) | (tripped ? 1U : 0U));
  os.store(stage_, word_of(generation + 1, next));
  count(os, generation + 1, 0);
  wake_all(os);
}

bool BarrierState::has_tripped(Os& os, std::uint32_t generation) {
  // Nobody may go on before all sleepers were woken: whoever ended the generation still holds the lock until
  // then, or has been killed with it.
  if (lock_.holder(os) != ProcessId::none) const Held held(os, *this);
  return os.load(endings_[generation % remembered]) == ((generation << 1) | 1U);
}

void BarrierState::break_if(Os& os, std::uint32_t stage_word) {
  const Held held(os, *this);
  if (os.load(stage_) == stage_word) end(os, generation_of(stage_word), false, Stage::broken);
}

std::optional<BarrierState::Arrival> BarrierState::arrive(Os& os, std::uint32_t parties, Acting last_one_acts,
                                                          ObjectId object) {
  while (true) {
    std::uint32_t seen = 0;
    ProcessId acting = ProcessId::none;
    {
      const Held held(os, *this);
      seen = os.load(stage_);
      if (stage_of(seen) == Stage::broken) return std::nullopt;
      if (stage_of(seen) == Stage::filling)
        return take_place(os, generation_of(seen), parties, last_one_acts, object);
      acting = static_cast<ProcessId>(os.load(acting_));
    }
    const Result<void> woken = os.word_wait(stage_, seen, never, acting);
    if (!woken && woken.error().value == EOWNERDEAD) break_if(os, seen);
  }
}

// The last one is not counted: until the stage has changed, a kill leaves the others waiting for it.
BarrierState::Arrival BarrierState::take_place(Os& os, std::uint32_t generation, std::uint32_t parties,
                                               Acting last_one_acts, ObjectId object) {
  const std::uint32_t index = counted(os, generation);
  tell_generation(os, object, generation);
  if (index + 1 < parties) {
    count(os, generation, index + 1);
  } else if (last_one_acts == Acting::no) {
    end(os, generation, true, Stage::filling);
  } else {
    os.store(acting_, static_cast<std::uint32_t>(os.process_id()));
    os.store(stage_, word_of(generation, Stage::acting));
    wake_all(os);  // so that they watch this process from now on
  }
  return {generation, index};
}

bool BarrierState::await(Os& os, const Arrival& arrival, Instant deadline) {
  std::uint32_t seen = os.load(stage_);
  while (generation_of(seen) == arrival.generation) {
    // Once all are there nobody's time runs out: the acting one ends the wait, in one way or another.
    const bool acting = stage_of(seen) == Stage::acting;
    const ProcessId owner = acting ? static_cast<ProcessId>(os.load(acting_)) : ProcessId::none;
    const Result<void> woken = os.word_wait(stage_, seen, acting ? never : deadline, owner);
    if (!woken && woken.error().value != EAGAIN) break_if(os, seen);
    seen = os.load(stage_);
  }
  return has_tripped(os, arrival.generation);
}

bool BarrierState::finish(Os& os, const Arrival& arrival, ObjectId object) {
  const Held held(os, *this);
  if (os.load(stage_) != word_of(arrival.generation, Stage::acting)) return false;
  tell_generation(os, object, arrival.generation);
  end(os, arrival.generation, true, Stage::filling);
  return true;
}

void BarrierState::give_up(Os& os, const Arrival& arrival) {
  break_if(os, word_of(arrival.generation, Stage::acting));
}

void BarrierState::abort(Os& os) {
  const Held held(os, *this);
  const std::uint32_t seen = os.load(stage_);
  if (stage_of(seen) != Stage::broken) end(os, generation_of(seen), false, Stage::broken);
}

void BarrierState::reset(Os& os) {
  const Held held(os, *this);
  const std::uint32_t seen = os.load(stage_);
  const std::uint32_t generation = generation_of(seen);
  switch (stage_of(seen)) {
    case Stage::filling:
      if (counted(os, generation) > 0) end(os, generation, false, Stage::filling);
      return;
    case Stage::acting:
      return end(os, generation, false, Stage::filling);
    case Stage::broken:  // nobody has arrived in it
      return os.store(stage_, word_of(generation, Stage::filling));
  }
}

bool BarrierState::is_broken(Os& os) {
  const Held held(os, *this);
  return stage_of(os.load(stage_)) == Stage::broken;
}

std::uint32_t BarrierState::waiting(Os& os) {
  const Held held(os, *this);
  const std::uint32_t seen = os.load(stage_);
  if (stage_of(seen) == Stage::broken) return 0;
  return counted(os, generation_of(seen)) + (stage_of(seen) == Stage::acting ? 1 : 0);
}

}  // namespace mp
