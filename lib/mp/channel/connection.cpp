// Connection's checks, and what it makes of the framing's answers.
#include <mp/channel/connection.hpp>

#include <algorithm>
#include <utility>
#include <variant>

#include <mp/os/uninterrupted.hpp>
#include <mp/shared/object_codec.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

namespace {

// The descriptor is told as well: the Os knows from it which streams the object is of.
ObjectId announce_end(Descriptor fd, std::string_view name, Location where, ObjectId peer) {
  if (fd < 0) throw ValueError("invalid handle");
  return announce(os(), ObjectKind::connection, name, where, peer, fd);
}

}  // namespace

Connection::Connection(Descriptor fd, Direction direction, NameOption options, Location where, ObjectId peer)
    : Connection(fd, direction, announce_end(fd, options.name, where, peer)) {}

Connection::Connection(Descriptor fd, Direction direction, ObjectId object)
    : fd_(fd),
      presence_(std::make_shared<std::monostate>()),
      direction_(direction),
      object_(object),
      claim_(os(), object) {}

Connection::Connection(Connection&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      presence_(std::move(other.presence_)),
      direction_(other.direction_),
      at_end_(other.at_end_),
      object_(other.object_),
      claim_(std::move(other.claim_)) {}

Connection& Connection::operator=(Connection&& other) noexcept {
  std::swap(fd_, other.fd_);
  std::swap(presence_, other.presence_);
  std::swap(direction_, other.direction_);
  std::swap(at_end_, other.at_end_);
  std::swap(object_, other.object_);
  std::swap(claim_, other.claim_);
  return *this;
}

Connection::~Connection() {
  if (fd_ >= 0) static_cast<void>(os().close(fd_));
}

void Connection::demand_open(Location where) const {
  if (!is_closed()) return;
  constexpr const char* words = "handle is closed";
  report_misuse(os(), ObjectKind::connection, object_, "pipe-use-after-close", words, where);
  throw OSError(words);
}

void Connection::demand_readable(Location where) const {
  demand_open(where);
  if (readable()) return;
  constexpr const char* words = "connection is write-only";
  report_misuse(os(), ObjectKind::connection, object_, "pipe-wrong-direction", words, where);
  throw OSError(words);
}

void Connection::demand_writable(Location where) const {
  demand_open(where);
  if (writable()) return;
  constexpr const char* words = "connection is read-only";
  report_misuse(os(), ObjectKind::connection, object_, "pipe-wrong-direction", words, where);
  throw OSError(words);
}

void Connection::write(std::span<const std::byte> body, std::span<const Descriptor> passed, Location where) {
  Os& here = os();
  if (!passed.empty() && direction_ != Direction::both)
    throw_os_error({ENOTSOCK}, "a Connection cannot be sent through a one-way end");
  if (!passed.empty() && demand(here.ports(fd_), "cannot send").own != 0)
    throw_os_error({EOPNOTSUPP}, "a Connection cannot be sent over TCP");
  if (passed.size() > passed_max) throw ValueError("too many Connections in one message");
  const Result<void> written =
      passed.empty() ? write_message(here, fd_, body) : write_message(here, fd_, body, passed);
  if (written) return;
  if (written.error().value == EPIPE) {
    report_misuse(here, ObjectKind::connection, object_, "pipe-peer-closed",
                  "every copy of the other end is closed: nobody can receive this", where);
  }
  throw_os_error(written.error(), "cannot send");
}

Bytes Connection::read(Operation& operation, std::optional<std::uint64_t> length_max, Location where,
                       PassedDescriptors* passed) {
  Os& here = os();
  tl::expected<Bytes, MessageFailure> message = read_message(here, fd_, length_max, passed);
  if (message) return *std::move(message);
  if (message.error().kind == MessageFailure::Kind::end_of_file) {
    if (at_end_) {
      report_misuse(here, ObjectKind::connection, object_, "pipe-peer-closed",
                    "the end of file has been received before: nothing can follow it", where);
    }
    at_end_ = true;
    operation.fail(-1);
  }
  if (message.error().kind == MessageFailure::Kind::too_long) {
    report_misuse(here, ObjectKind::connection, object_, "pipe-message-too-long",
                  "a message is longer than the receiver allows", where);
    // The body is still in the stream, so whatever is read next is no header.
    if (writable()) {
      direction_ = Direction::send;
    } else {
      close(where);
    }
  }
  throw_message_failure(message.error());
}

void Connection::send_bytes(std::span<const std::byte> bytes, std::int64_t offset,
                            std::optional<std::int64_t> size, Location where) {
  Operation operation(os(), Verb::send, ObjectKind::connection, object_, where);
  demand_writable(where);
  const auto total = static_cast<std::int64_t>(bytes.size());
  if (offset < 0) throw ValueError("offset is negative");
  if (offset > total) throw ValueError("buffer length < offset");
  if (size && *size < 0) throw ValueError("size is negative");
  if (size && *size > total - offset) throw ValueError("buffer length < offset + size");
  const auto part = bytes.subspan(static_cast<std::size_t>(offset),
                                  static_cast<std::size_t>(size.value_or(total - offset)));
  operation.argument([&] { return describe_bytes(part); });
  write(part, {}, where);
  operation.succeed();
}

Bytes Connection::recv_bytes(std::optional<std::int64_t> length_max, Location where) {
  Operation operation(os(), Verb::recv, ObjectKind::connection, object_, where);
  demand_readable(where);
  if (length_max && *length_max < 0) throw ValueError("negative maxlength");
  Bytes message = read(operation, length_max, where);
  operation.succeed_with([&] { return describe_bytes(message); });
  return message;
}

std::size_t Connection::recv_bytes_into(std::span<std::byte> into, std::int64_t offset, Location where) {
  Operation operation(os(), Verb::recv, ObjectKind::connection, object_, where);
  demand_readable(where);
  if (offset < 0) throw ValueError("offset is negative");
  if (offset > static_cast<std::int64_t>(into.size())) throw ValueError("buffer length < offset");
  const auto room = into.subspan(static_cast<std::size_t>(offset));
  Bytes message = read(operation, std::nullopt, where);
  if (message.size() > room.size()) throw BufferTooShort(std::move(message));
  std::ranges::copy(message, room.begin());
  operation.succeed_with([&] { return describe_bytes(message); });
  return message.size();
}

bool Connection::poll(Timeout timeout, Location where) {
  Os& here = os();
  Operation operation(here, Verb::poll, ObjectKind::connection, object_, where);
  demand_readable(where);
  PollItem item{.fd = fd_};
  const Instant deadline = deadline_after(here, timeout);
  const Result<int> ready = uninterrupted([&] { return here.poll(std::span(&item, 1), deadline); });
  if (!ready) {
    if (ready.error().value == ETIMEDOUT) return false;
    throw_os_error(ready.error(), "cannot poll");
  }
  operation.succeed();
  return true;
}

void Connection::close(Location where) {
  if (is_closed()) return;
  Os& here = os();
  Operation operation(here, Verb::close, ObjectKind::connection, object_, where);
  static_cast<void>(here.close(std::exchange(fd_, -1)));
  presence_.reset();
  claim_.drop();
  operation.succeed();
}

Descriptor Connection::fileno() const {
  if (is_closed()) throw OSError("handle is closed");
  return fd_;
}

void Connection::encode(Encoder& encoder) const {
  encoder.natural(static_cast<std::uint64_t>(direction_));
  encode_object(encoder, object_);
  if (encoder.crossing() == Crossing::birth)
    encoder.watch([own = std::weak_ptr(presence_)] { return !own.expired(); }, "Connection");
  encoder.passed_descriptor(fileno(), "Connection");  // last: it is taken over when nothing can fail any more
}

Connection Connection::decode(Decoder& decoder) {
  const std::uint64_t direction = decoder.natural();
  if (direction > static_cast<std::uint64_t>(Direction::send))
    throw DecodeError("no direction of a connection");
  const ObjectId object = decode_object(decoder);
  return Connection(decoder.passed_descriptor(), static_cast<Direction>(direction), object);
}

}  // namespace mp
