// The Barrier handle over a BarrierState.
#include <mp/sync/barrier.hpp>

#include <mp/errors.hpp>
#include <mp/shared/object_codec.hpp>

namespace mp {

namespace {

constexpr const char* broken_words = "the barrier is broken";

int checked(int parties) {
  if (parties >= 1 && parties <= static_cast<int>(BarrierState::parties_max)) return parties;
  throw ValueError("a barrier's parties are 1 to 65535");
}

}  // namespace

Barrier::Barrier(int parties, Code action, BarrierOptions options, Location where)
    : Barrier{SharedBlock<BarrierState>(), checked(parties), action, options.timeout,
              announce(os(), ObjectKind::barrier, options.name, where, ObjectId::none, parties)} {}

Barrier::Barrier(SharedBlock<BarrierState> state, int parties, Code action, Timeout timeout, ObjectId object)
    : state_(std::move(state)),
      parties_(parties),
      action_(action),
      timeout_(timeout),
      object_(object),
      claim_(os(), object) {}

int Barrier::wait(Timeout timeout, Location where) {
  Os& here = os();
  std::optional<BarrierState::Arrival> arrival;
  bool acts = false;
  {
    Operation operation(here, Verb::wait, ObjectKind::barrier, object_, where);
    const Instant deadline = deadline_after(here, timeout ? timeout : timeout_);
    const auto all = static_cast<std::uint32_t>(parties_);
    arrival = state_->arrive(
        here, all, action_ == nullptr ? BarrierState::Acting::no : BarrierState::Acting::yes, object_);
    if (!arrival) throw BrokenBarrierError(broken_words);
    const bool is_last = arrival->index + 1 == all;
    acts = is_last && action_ != nullptr;
    if (!is_last && !state_->await(here, *arrival, deadline)) throw BrokenBarrierError(broken_words);
    operation.succeed(arrival->index);
  }
  if (acts && !act(here, *arrival, where)) throw BrokenBarrierError(broken_words);
  return static_cast<int>(arrival->index);
}

// The program's own code runs between two operations and not inside one, as everywhere; to release the others
// is the second half of this party's wait.
bool Barrier::act(Os& os, const BarrierState::Arrival& arrival, Location where) {
  try {
    action_();
  } catch (...) {
    state_->give_up(os, arrival);
    throw;
  }
  Operation operation(os, Verb::wait, ObjectKind::barrier, object_, where);
  if (!state_->finish(os, arrival, object_)) return false;
  operation.succeed(arrival.index);
  return true;
}

void Barrier::abort(Location where) {
  Os& here = os();
  Operation operation(here, Verb::abort, ObjectKind::barrier, object_, where);
  state_->abort(here);
  operation.succeed();
}

void Barrier::reset(Location where) {
  Os& here = os();
  Operation operation(here, Verb::reset, ObjectKind::barrier, object_, where);
  state_->reset(here);
  operation.succeed();
}

bool Barrier::broken(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::broken, ObjectKind::barrier, object_, where);
  const bool is_broken = state_->is_broken(here);
  operation.succeed(is_broken ? 1 : 0);
  return is_broken;
}

int Barrier::n_waiting(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::n_waiting, ObjectKind::barrier, object_, where);
  const auto waiting = static_cast<int>(state_->waiting(here));
  operation.succeed(waiting);
  return waiting;
}

void Barrier::encode(Encoder& encoder) const {
  state_.encode(encoder, "Barrier");
  encoder.integer(parties_);
  encode_code(encoder, action_);
  codec<std::optional<double>>::encode(encoder,
                                       timeout_ ? std::optional<double>(timeout_->count()) : std::nullopt);
  encode_object(encoder, object_);
}

Barrier Barrier::decode(Decoder& decoder) {
  SharedBlock<BarrierState> state = SharedBlock<BarrierState>::decode(decoder);
  const int parties = codec<int>::decode(decoder);
  const Code action = decode_code(decoder);
  const auto seconds = codec<std::optional<double>>::decode(decoder);
  Timeout timeout;
  if (seconds) timeout = std::chrono::duration<double>(*seconds);
  return Barrier(std::move(state), parties, action, timeout, decode_object(decoder));
}

}  // namespace mp
