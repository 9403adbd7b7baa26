// What put, get and the rest do to the shared state and to this process's feeder.
#include <mp/queue/queue_core.hpp>

#include <limits>
#include <string>

#include <mp/errors.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/process/uncaught.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>
#include <mp/sync/lock_core.hpp>

namespace mp {

namespace {

std::uint32_t slots_of(int size_max) {
  return size_max > 0 ? static_cast<std::uint32_t>(size_max) : Counter::value_max;
}

std::string_view kind_in_words(ObjectKind kind) {
  return kind == ObjectKind::joinable_queue ? "JoinableQueue" : "Queue";
}

}  // namespace

// Braces, here and in the other primitives, because they alone promise that what makes Os calls is
// evaluated from left to right: two compilers then make the same calls in the same order.
QueueCore::QueueCore(ObjectKind kind, int size_max, NameOption options, Location where)
    : QueueCore{kind,
                slots_of(size_max),
                SharedBlock<QueueState>(),
                MessageStream::draw_secret(os()),
                announce(os(), kind, options.name, where, ObjectId::none, size_max > 0 ? size_max : 0),
                demand(os().pipe(), "cannot make a queue's pipe")} {
  state_->slots.initialise(os(), size_max_);
}

QueueCore::QueueCore(ObjectKind kind, std::uint32_t size_max, SharedBlock<QueueState> state,
                     std::uint64_t secret, ObjectId object, std::pair<Descriptor, Descriptor> ends)
    : kind_(kind),
      size_max_(size_max),
      state_(std::move(state)),
      secret_(secret),
      object_(object),
      feeder_(std::make_shared<Feeder>(state_, secret, size_max, object, ends)) {}

QueueCore& QueueCore::operator=(QueueCore&& other) noexcept {
  if (this == &other) return *this;
  let_go();
  kind_ = other.kind_;
  size_max_ = other.size_max_;
  state_ = other.state_;
  secret_ = other.secret_;
  object_ = other.object_;
  feeder_ = std::move(other.feeder_);
  return *this;
}

QueueCore::~QueueCore() { let_go(); }

// The thread, if there is one, keeps its share of the feeder until it has written everything (QUEUE-35).
void QueueCore::let_go() noexcept {
  if (feeder_ != nullptr) feeder_->stop(os());
  feeder_.reset();
}

void QueueCore::demand_open(Location where) const {
  if (!feeder_->closed) return;
  const std::string words = std::string(kind_in_words(kind_)) + " is closed";
  report_misuse(os(), kind_, object_, "queue-use-after-close", words, where);
  throw ValueError(words);
}

// Closed by a feeder that has ended, at close() or in the exit sequence (QUEUE-20).
Descriptor QueueCore::demand_read_end() const {
  const Descriptor fd = feeder_->read_end();
  if (fd < 0) throw OSError("handle is closed");
  return fd;
}

void QueueCore::take_slot(bool block, Timeout timeout, Location where) {
  Os& here = os();
  demand_open(where);
  if (feeder_->torn) throw OwnerDied(torn_words);
  if (!state_->slots.acquire(here, deadline_of(here, block, timeout))) throw Full();
}

void QueueCore::enqueue(Bytes bytes, Stamp stamp, Location where) {
  Os& here = os();
  const bool counts = kind_ == ObjectKind::joinable_queue;
  // Counted before it is buffered and under one lock, so that nobody gets an item, or sees it done, that was
  // not counted (JQ-01), not even if this process is killed in between.
  std::uint32_t unfinished = 0;
  if (counts) {
    acquire_joining(here, *state_);
    unfinished = here.fetch_add(state_->unfinished, 1) + 1;
    tell_unfinished(here, unfinished, where);
  }
  try {
    feeder_->append(here, std::move(bytes), stamp, where);
  } catch (...) {
    if (counts) uncount(here, unfinished, where);
    state_->slots.release(here, size_max_);
    throw;
  }
  if (counts) state_->joining.release(here);
}

// Nobody has begun to wait meanwhile.
void QueueCore::uncount(Os& os, std::uint32_t unfinished, Location where) const {
  os.store(state_->unfinished, unfinished - 1);
  tell_unfinished(os, unfinished - 1, where);
  state_->joining.release(os);
}

void QueueCore::drop_item(std::string_view why, Location where) {
  Os& here = os();
  state_->slots.release(here, size_max_);
  const std::string words = "an item put on a queue is dropped: it cannot be encoded: " + std::string(why);
  report_misuse(here, kind_, object_, "queue-items-lost", words, where);
  detail::write_error(here, words + "\n");
}

Bytes QueueCore::receive(bool block, Timeout timeout, Location where) {
  Os& here = os();
  demand_open(where);
  const Instant deadline = deadline_of(here, block, timeout);
  tl::expected<Bytes, StreamFailure> message =
      MessageStream(state_->stream, secret_)
          .take(here, demand_read_end(), deadline, {.counter = &state_->slots, .max = size_max_});
  if (!message) throw_failure(here, message.error());
  return *std::move(message);
}

void QueueCore::throw_failure(Os& os, const StreamFailure& failure) const {
  switch (failure.kind) {
    case StreamFailure::Kind::timed_out:
      throw Empty();
    case StreamFailure::Kind::end_of_file:
      throw EOFError("end of file");
    case StreamFailure::Kind::torn:
      feeder_->torn = true;
      release_waiters(os, *state_, size_max_);
      throw OwnerDied(torn_words);
    case StreamFailure::Kind::refused:
      break;
  }
  throw_os_error(failure.error, "cannot get from a queue");
}

int QueueCore::qsize(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::qsize, kind_, object_, where);
  const auto size = static_cast<int>(size_max_ - state_->slots.value(here));
  operation.succeed(size);
  return size;
}

bool QueueCore::empty(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::empty, kind_, object_, where);
  PollItem item{.fd = demand_read_end()};
  const bool is_empty = !uninterrupted([&] { return here.poll(std::span(&item, 1), immediately); });
  operation.succeed(is_empty ? 1 : 0);
  return is_empty;
}

bool QueueCore::full(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::full, kind_, object_, where);
  const bool is_full = state_->slots.value(here) == 0;
  operation.succeed(is_full ? 1 : 0);
  return is_full;
}

void QueueCore::close(Location where) {
  Os& here = os();
  Operation operation(here, Verb::close, kind_, object_, where);
  feeder_->closed = true;
  feeder_->stop(here);
  operation.succeed();
}

void QueueCore::join_thread(Location where) {
  Operation operation(os(), Verb::join_thread, kind_, object_, where);
  if (!feeder_->closed) throw AssertionError("Queue is not closed: call close() before join_thread()");
  feeder_->join(where);
  operation.succeed();
}

void QueueCore::cancel_join_thread() { feeder_->cancel_join(); }

void QueueCore::tell_unfinished(Os& os, std::uint32_t unfinished, Location where) const {
  os.annotate({.kind = Annotation::Kind::count,
               .object_kind = kind_,
               .object = object_,
               .number = unfinished,
               .text = "unfinished",
               .where = where});
}

void QueueCore::task_done(Location where) {
  Os& here = os();
  Operation operation(here, Verb::task_done, kind_, object_, where);
  acquire_joining(here, *state_);
  const std::uint32_t before = here.load(state_->unfinished);
  if (before > 0) {
    here.store(state_->unfinished, before - 1);
    tell_unfinished(here, before - 1, where);
    // All that wait now, and they do not look again: what is put from here on is for the next join (JQ-04).
    if (before == 1) state_->joiners.notify(here, WaitRing::size);
  }
  state_->joining.release(here);
  if (before == 0) {
    report_misuse(here, kind_, object_, "task-done-overflow",
                  "task_done() called too many times: every item that was put has been marked done", where);
    throw ValueError("task_done() called too many times");
  }
  operation.succeed();
}

void QueueCore::join(Location where) {
  Os& here = os();
  Operation operation(here, Verb::join, kind_, object_, where);
  acquire_joining(here, *state_);
  const MessageStream stream(state_->stream, secret_);
  if (here.load(state_->unfinished) > 0 && !stream.is_torn(here)) {
    const std::optional<std::uint32_t> ticket = state_->joiners.enter(here);
    state_->joining.release(here);
    if (!ticket) throw_os_error({EAGAIN}, "too many tasks join one queue");
    state_->joiners.sleep(here, *ticket, never);
    acquire_joining(here, *state_);
    state_->joiners.leave(here, *ticket);
  }
  const bool is_torn = here.load(state_->unfinished) > 0 && stream.is_torn(here);
  state_->joining.release(here);
  if (is_torn) throw OwnerDied(torn_words);
  operation.succeed();
}

void QueueCore::encode(Encoder& encoder, std::string_view what) const {
  state_.encode(encoder, what);
  encode_object(encoder, object_);
  encoder.natural(size_max_);
  encoder.natural(secret_);
  encoder.descriptor(demand_read_end(), what);
  encoder.descriptor(feeder_->write_end(), what);
  encoder.watch(
      [own = std::weak_ptr<const Feeder>(feeder_)] {
        const std::shared_ptr<const Feeder> feeder = own.lock();
        return feeder != nullptr && feeder->read_end() >= 0;
      },
      what);
}

QueueCore QueueCore::decode(Decoder& decoder, ObjectKind kind) {
  SharedBlock<QueueState> state = SharedBlock<QueueState>::decode(decoder);
  const ObjectId object = decode_object(decoder);
  const auto size_max = codec<std::uint32_t>::decode(decoder);
  const std::uint64_t secret = decoder.natural();
  const Descriptor read_end = decoder.descriptor();
  return QueueCore(kind, size_max, std::move(state), secret, object, {read_end, decoder.descriptor()});
}

}  // namespace mp
