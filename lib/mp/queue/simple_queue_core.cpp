// A stream with its two ends.
#include <mp/queue/simple_queue_core.hpp>

#include <mp/errors.hpp>
#include <mp/os/uninterrupted.hpp>
#include <mp/queue/queue_state.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

constexpr const char* closed_words = "handle is closed";

[[noreturn]] void throw_failure(const StreamFailure& failure, std::string_view what) {
  if (failure.kind == StreamFailure::Kind::torn) throw OwnerDied(torn_words);
  if (failure.kind == StreamFailure::Kind::end_of_file) throw EOFError("end of file");
  throw_os_error(failure.error, what);
}

}  // namespace

// Braces: from left to right.
SimpleQueueCore::SimpleQueueCore(NameOption options, Location where)
    : SimpleQueueCore{SharedBlock<StreamState>(), MessageStream::draw_secret(os()),
                      announce(os(), ObjectKind::simple_queue, options.name, where),
                      demand(os().pipe(), "cannot make a queue's pipe")} {}

SimpleQueueCore::SimpleQueueCore(SharedBlock<StreamState> state, std::uint64_t secret, ObjectId object,
                                 std::pair<Descriptor, Descriptor> ends)
    : state_(std::move(state)),
      secret_(secret),
      object_(object),
      read_end_(ends.first),
      write_end_(ends.second),
      claim_(os(), object) {}

SimpleQueueCore::SimpleQueueCore(SimpleQueueCore&& other) noexcept
    : state_(other.state_),
      secret_(other.secret_),
      object_(other.object_),
      read_end_(std::exchange(other.read_end_, -1)),
      write_end_(std::exchange(other.write_end_, -1)),
      claim_(std::move(other.claim_)) {}

SimpleQueueCore& SimpleQueueCore::operator=(SimpleQueueCore&& other) noexcept {
  std::swap(state_, other.state_);
  std::swap(secret_, other.secret_);
  std::swap(object_, other.object_);
  std::swap(read_end_, other.read_end_);
  std::swap(write_end_, other.write_end_);
  std::swap(claim_, other.claim_);
  return *this;
}

SimpleQueueCore::~SimpleQueueCore() { close_ends(); }

void SimpleQueueCore::close_ends() {
  for (Descriptor* const end : {&read_end_, &write_end_})
    if (const Descriptor fd = std::exchange(*end, -1); fd >= 0) static_cast<void>(os().close(fd));
}

void SimpleQueueCore::demand_open(Location where) const {
  if (read_end_ >= 0) return;
  report_misuse(os(), ObjectKind::simple_queue, object_, "queue-use-after-close", closed_words, where);
  throw OSError(closed_words);
}

std::pair<Descriptor, Descriptor> SimpleQueueCore::ends() const {
  if (read_end_ < 0) throw OSError(closed_words);
  return {read_end_, write_end_};
}

void SimpleQueueCore::put(const Bytes& item, Location where) {
  Os& here = os();
  const auto written = MessageStream(*state_, secret_).put(here, write_end_, item);
  if (written) return;
  const StreamFailure& failure = written.error();
  if (failure.kind == StreamFailure::Kind::refused && failure.error.value == EPIPE) {
    report_misuse(here, ObjectKind::simple_queue, object_, "queue-items-lost",
                  "every copy of the receiving end is closed: nobody can get this", where);
  }
  throw_failure(failure, "cannot put");
}

Bytes SimpleQueueCore::get() {
  auto message = MessageStream(*state_, secret_).take(os(), read_end_, never);
  if (!message) throw_failure(message.error(), "cannot get");
  return *std::move(message);
}

bool SimpleQueueCore::empty(Location where) const {
  Os& here = os();
  Operation operation(here, Verb::empty, ObjectKind::simple_queue, object_, where);
  demand_open(where);
  PollItem item{.fd = read_end_};
  const bool is_empty = !uninterrupted([&] { return here.poll(std::span(&item, 1), immediately); });
  operation.succeed(is_empty ? 1 : 0);
  return is_empty;
}

void SimpleQueueCore::close(Location where) {
  if (read_end_ < 0) return;
  Operation operation(os(), Verb::close, ObjectKind::simple_queue, object_, where);
  close_ends();
  claim_.drop();
  operation.succeed();
}

void SimpleQueueCore::encode(Encoder& encoder) const {
  constexpr std::string_view what = "SimpleQueue";
  state_.encode(encoder, what);
  encode_object(encoder, object_);
  encoder.natural(secret_);
  const auto [read_end, write_end] = ends();
  encoder.descriptor(read_end, what);
  encoder.descriptor(write_end, what);
}

SimpleQueueCore SimpleQueueCore::decode(Decoder& decoder) {
  SharedBlock<StreamState> state = SharedBlock<StreamState>::decode(decoder);
  const ObjectId object = decode_object(decoder);
  const std::uint64_t secret = decoder.natural();
  const Descriptor read_end = decoder.descriptor();
  return SimpleQueueCore(std::move(state), secret, object, {read_end, decoder.descriptor()});
}

}  // namespace mp
