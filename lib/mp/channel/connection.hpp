// One end of a pipe or socket that carries whole messages. Each end is an object of its own; every process
// that was handed the end has its own descriptor of it, and end of file comes when the last one is closed.
//
// Rows met: PIPE-01..12, PIPE-14, PIPE-16..18, PIPE-20..23, PIPE-25..27. Tasks that share an end need a lock
// around send and around recv: this is the hazard of PIPE-18 and PIPE-19, kept on purpose. Deviation: recv of
// a zero-length message is a DecodeError (PIPE-15 has an EOFError there).
//
// Connections may be sent through a duplex end, alone or inside a value (PIPE-25): the receiver has copies of
// its own, and the sender may close its ones once send has returned. A one-way pipe cannot carry them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include <mp/channel/framing.hpp>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/name_option.hpp>

namespace mp {

class Connection {
 public:
  /// What an end may be used for.
  enum class Direction : std::uint8_t { both, receive, send };

  /// Takes over an open descriptor. ValueError if it is negative (PIPE-26). `peer`: the other end's object,
  /// if it is known.
  explicit Connection(Descriptor fd, Direction direction = Direction::both, NameOption options = {},
                      Location where = Location::current(), ObjectId peer = ObjectId::none);
  /// Of an object that has been announced already, both ways. For lib alone.
  static Connection adopt(Descriptor fd, ObjectId object) { return Connection(fd, Direction::both, object); }
  Connection(Connection&& other) noexcept;
  Connection& operator=(Connection&& other) noexcept;
  ~Connection();  // closes

  /// One message. Waits while the stream is full (PIPE-22). OSError: closed, or receive-only (PIPE-02,
  /// PIPE-03). BrokenPipeError: every copy of the other end is closed (PIPE-08). ConnectionResetError: it was
  /// closed while this call waited. RuntimeError: a handle other than a Connection. OSError (ENOTSOCK,
  /// EOPNOTSUPP): a Connection through a one-way end, or over TCP; nothing is sent.
  template <class T>
  void send(const T& value, Location where = Location::current()) {
    Operation operation(os(), Verb::send, ObjectKind::connection, object_, where);
    operation.argument([&] { return describe(value); });
    demand_writable(where);
    Encoder encoder(Crossing::connection);
    codec<T>::encode(encoder, value);
    write(encoder.take(), encoder.passed(), where);
    operation.succeed(is_none(value) ? 1 : 0);
  }

  /// The next message. EOFError: every copy of the other end is closed and nothing is left (PIPE-06); before
  /// that once ConnectionResetError if it was closed with a message of ours unread (PIPE-09). OSError:
  /// closed, send-only, the stream ends inside the message (PIPE-20), or a Connection in it cannot be taken
  /// up. DecodeError: it is no T. The message is consumed in either case, with all that came with it.
  template <class T>
  T recv(Location where = Location::current()) {
    Operation operation(os(), Verb::recv, ObjectKind::connection, object_, where);
    demand_readable(where);
    PassedDescriptors passed;
    const Bytes message = read(operation, std::nullopt, where, &passed);
    T value = decode_message<T>(message, std::move(passed));
    operation.succeed_with([&] { return describe(value); }, is_none(value) ? 1 : 0);
    return value;
  }

  /// `size` bytes (absent: all) from `offset` on, as one message; may be none. ValueError if that is not
  /// within `bytes` (PIPE-10); otherwise as send.
  void send_bytes(std::span<const std::byte> bytes, std::int64_t offset = 0,
                  std::optional<std::int64_t> size = std::nullopt, Location where = Location::current());

  /// The next message as it is. ValueError if length_max is negative. OSError ("bad message length") if it is
  /// longer: a receive-only end then is closed, and a duplex one can no longer receive (PIPE-11).
  Bytes recv_bytes(std::optional<std::int64_t> length_max = std::nullopt,
                   Location where = Location::current());

  /// The next message into `into` from `offset` on; gives its length in bytes. ValueError: `offset` is not
  /// within `into`; the message stays. BufferTooShort: it does not fit; it is consumed and in the exception,
  /// and `into` is as it was (PIPE-12). Otherwise as recv.
  std::size_t recv_bytes_into(std::span<std::byte> into, std::int64_t offset = 0,
                              Location where = Location::current());

  /// Would recv not wait: is there data, or the end of file? Waits for at most `timeout` seconds, by default
  /// not at all, absent for ever (PIPE-05).
  bool poll(Timeout timeout = std::chrono::duration<double>(0), Location where = Location::current());

  /// Gives this process's end up; a second time does nothing.
  void close(Location where = Location::current());
  bool is_closed() const { return fd_ < 0; }
  bool readable() const { return direction_ != Direction::send; }
  bool writable() const { return direction_ != Direction::receive; }
  Descriptor fileno() const;  // OSError when closed

  ObjectId object() const { return object_; }
  /// A child being born gets the same descriptor number, the receiver of a message a descriptor of its own.
  /// RuntimeError in messages that do not go through a Connection; OSError: closed.
  void encode(Encoder& encoder) const;
  static Connection decode(Decoder& decoder);

 private:
  Connection(Descriptor fd, Direction direction, ObjectId object);

  void demand_open(Location where) const;
  void demand_readable(Location where) const;
  void demand_writable(Location where) const;
  void write(std::span<const std::byte> body, std::span<const Descriptor> passed, Location where);
  Bytes read(Operation& operation, std::optional<std::uint64_t> length_max, Location where,
             PassedDescriptors* passed = nullptr);

  Descriptor fd_ = -1;                    // -1: closed
  std::shared_ptr<const void> presence_;  // lasts as long as fd_ is open, for those who have encoded this
  Direction direction_ = Direction::both;
  bool at_end_ = false;  // an EOFError has told the program
  ObjectId object_ = ObjectId::none;
  Claim claim_;
};

}  // namespace mp
