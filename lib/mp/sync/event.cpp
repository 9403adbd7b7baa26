// The flag's moves. Each is a loop around one compare-and-exchange that only another's progress can fail.
#include <mp/sync/event.hpp>

#include <limits>

#include <mp/shared/object_codec.hpp>

namespace mp {

namespace {

constexpr std::uint32_t state_mask = 3;
constexpr std::uint32_t clear_state = 0;
constexpr std::uint32_t announced_state = 1;
constexpr std::uint32_t set_state = 2;

std::uint32_t state_of(std::uint32_t word) { return word & state_mask; }

// Sleepers hold the word of the same generation, clear, in mind: they were woken for good once the flag has
// left that state, and those of later generations look again and sleep again.
void settle(Os& os, Word& flag, std::uint32_t announced) {
  os.word_wake(flag, std::numeric_limits<int>::max());
  os.compare_exchange(flag, announced, announced - announced_state + set_state);
}

// The word as it is once nobody is half-way through setting it.
std::uint32_t settled(Os& os, Word& flag) {
  std::uint32_t seen = os.load(flag);
  while (state_of(seen) == announced_state) {
    settle(os, flag, seen);
    seen = os.load(flag);
  }
  return seen;
}

}  // namespace

Event::Event(NameOption options, Location where)
    : Event{SharedBlock<State>(), announce(os(), ObjectKind::event, options.name, where)} {}

Event::Event(SharedBlock<State> state, ObjectId object)
    : state_(std::move(state)), object_(object), claim_(os(), object) {}

void Event::set(Location where) {
  Os& here = os();
  Operation operation(here, Verb::set, ObjectKind::event, object_, where);
  Word& flag = state_->flag;
  std::uint32_t seen = settled(here, flag);
  while (state_of(seen) == clear_state) {
    const std::uint32_t announced = seen + announced_state;
    if (here.compare_exchange(flag, seen, announced) == seen) {
      settle(here, flag, announced);
      break;
    }
    seen = settled(here, flag);
  }
  operation.succeed();
}

void Event::clear(Location where) {
  Os& here = os();
  Operation operation(here, Verb::clear, ObjectKind::event, object_, where);
  Word& flag = state_->flag;
  std::uint32_t seen = settled(here, flag);
  while (state_of(seen) == set_state) {
    const std::uint32_t next_generation = seen - set_state + state_mask + 1;
    if (here.compare_exchange(flag, seen, next_generation) == seen) break;
    seen = settled(here, flag);
  }
  operation.succeed();
}

bool Event::is_set(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::is_set, ObjectKind::event, object_, where);
  const bool is_it = state_of(settled(here, state_->flag)) == set_state;
  operation.succeed(is_it ? 1 : 0);
  return is_it;
}

bool Event::wait(Timeout timeout, Location where) {
  Os& here = os();
  Operation operation(here, Verb::wait, ObjectKind::event, object_, where);
  const bool was_set = wait_until(here, deadline_after(here, timeout));
  if (was_set) operation.succeed();
  return was_set;
}

bool Event::wait_until(Os& os, Instant deadline) {
  Word& flag = state_->flag;
  const std::uint32_t found = settled(os, flag);
  if (state_of(found) == set_state) return true;
  Result<void> woken;
  do {
    woken = os.word_wait(flag, found, deadline);
    // Not the word alone: whoever goes on because the flag is set must know that all others were woken.
    if (settled(os, flag) != found) return true;
  } while (woken || woken.error().value != ETIMEDOUT);
  return false;
}

void Event::encode(Encoder& encoder) const {
  state_.encode(encoder, "Event");
  encode_object(encoder, object_);
}

Event Event::decode(Decoder& decoder) {
  SharedBlock<State> state = SharedBlock<State>::decode(decoder);
  return Event(std::move(state), decode_object(decoder));
}

}  // namespace mp
