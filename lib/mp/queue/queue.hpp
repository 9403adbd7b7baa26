// Queue: first in, first out from each process, between any number of processes. put hands a copy of the
// item to this process's feeder thread and returns; get takes a message off the pipe.
//
// Rows met: QUEUE-01..14, QUEUE-16..19, QUEUE-21..25, QUEUE-33..38. Kept as in CPython because it is what
// programs meet: an item in a dead producer's buffer is lost with its slot (QUEUE-27). Cured: a getter that
// is killed while it waits is of no consequence (QUEUE-28), and a process that is killed in the middle of a
// message makes the queue *torn* (QUEUE-30, QUEUE-31; message_stream.hpp): get throws OwnerDied from then on,
// and so does put in every process that has noticed; what a process puts before it notices is dropped with a
// word on descriptor 2. Deviation: the item is encoded when put is called, so changing it afterwards changes
// nothing (QUEUE-15).
//
// The handle crosses to a child at its birth. A child that is given one queue twice has two buffers of it.
#pragma once

#include <exception>
#include <string>

#include <mp/errors.hpp>
#include <mp/queue/queue_core.hpp>

namespace mp {

using QueueOptions = NameOption;

/// What Queue and JoinableQueue have in common. T needs a codec.
template <class T>
class QueueOf {
 public:
  QueueOf(QueueOf&&) noexcept = default;
  QueueOf& operator=(QueueOf&&) noexcept = default;

  /// Waits for a free slot for at most `timeout` seconds: absent for ever, zero and below one attempt; unless
  /// `block`, one attempt whatever the timeout. Full: none in time. ValueError: closed in this process.
  /// OwnerDied: torn. An item that cannot be encoded is dropped with a word on descriptor 2 (QUEUE-16).
  void put(const T& item, bool block = true, Timeout timeout = std::nullopt,
           Location where = Location::current()) {
    Operation operation(os(), Verb::put, core_.kind(), core_.object(), where);
    operation.argument([&] { return describe(item); });
    core_.take_slot(block, timeout, where);
    std::optional<Bytes> bytes;
    std::string why;
    try {
      bytes = encode_message(item);
    } catch (const std::exception& exception) {
      why = exception.what();
    }
    if (!bytes) {
      core_.drop_item(why, where);
      return;
    }
    core_.enqueue(*std::move(bytes), operation.stamp(), where);
    operation.succeed(is_none(item) ? 1 : 0);
  }
  void put_nowait(const T& item, Location where = Location::current()) {
    put(item, false, std::nullopt, where);
  }

  /// The next item; waits as put does. Empty: none in time, or another getter had the queue. ValueError:
  /// closed in this process. EOFError: every process has closed the queue. DecodeError: it is no T; the item
  /// is consumed (QUEUE-17). OwnerDied: torn; items in the pipe are lost. Of an item of more than 4080 bytes
  /// the timeout covers the beginning: for the rest it waits as long as the process that puts it lives.
  T get(bool block = true, Timeout timeout = std::nullopt, Location where = Location::current()) {
    Operation operation(os(), Verb::get, core_.kind(), core_.object(), where);
    T item = decode_message<T>(core_.receive(block, timeout, where));
    operation.succeed_with([&] { return describe(item); }, is_none(item) ? 1 : 0);
    return item;
  }
  T get_nowait(Location where = Location::current()) { return get(false, std::nullopt, where); }

  /// How many items were put and not yet received by a getter (QUEUE-12). This and the next two are out of
  /// date as soon as they are known (QUEUE-14).
  int qsize(Location where = Location::current()) const { return core_.qsize(where); }
  /// Is nothing readable in the pipe? True also while the feeder is on its way (QUEUE-07). OSError: the
  /// feeder has closed its ends (QUEUE-20).
  bool empty(Location where = Location::current()) const { return core_.empty(where); }
  /// Is no slot free? Together with empty() possible (QUEUE-13).
  bool full(Location where = Location::current()) const { return core_.full(where); }

  /// No more puts and gets in this process; what was put still goes out. A second time does nothing.
  void close(Location where = Location::current()) { core_.close(where); }
  /// Waits until this process's feeder has written everything and ended. AssertionError before close().
  void join_thread(Location where = Location::current()) { core_.join_thread(where); }
  /// Neither join_thread() nor the end of the process waits for the feeder; items may be lost (QUEUE-22).
  void cancel_join_thread() { core_.cancel_join_thread(); }

  ObjectId object() const { return core_.object(); }

 protected:
  explicit QueueOf(QueueCore core) : core_(std::move(core)) {}
  ~QueueOf() = default;

  QueueCore core_;
};

template <class T>
class Queue : public QueueOf<T> {
 public:
  /// At most `size_max` items that no getter has received yet; zero and below: 2^31-1 (QUEUE-01). OSError if
  /// the machine refuses memory or descriptors.
  explicit Queue(int size_max = 0, QueueOptions options = {}, Location where = Location::current())
      : QueueOf<T>(QueueCore(ObjectKind::queue, size_max, options, where)) {}

  /// RuntimeError except for a child being born (QUEUE-34).
  void encode(Encoder& encoder) const { this->core_.encode(encoder, "Queue"); }
  static Queue decode(Decoder& decoder) { return Queue(QueueCore::decode(decoder, ObjectKind::queue)); }

 private:
  explicit Queue(QueueCore core) : QueueOf<T>(std::move(core)) {}
};

}  // namespace mp
