// SimpleQueue: first in, first out between any number of processes, and nothing in between: put itself writes
// the item to the pipe, so an item that was put is there to be got, in the order of the puts over all
// processes, and put waits while the pipe is full.
//
// Rows met: SQ-01..07, SQ-09. Cured: SQ-08; who finds that a process was killed in the middle of a message
// gets OwnerDied, and so does everybody from then on (message_stream.hpp). The handle crosses to a child at
// its birth.
#pragma once

#include <mp/queue/simple_queue_core.hpp>

namespace mp {

/// T needs a codec.
template <class T>
class SimpleQueue {
 public:
  /// OSError if the machine refuses memory or descriptors.
  explicit SimpleQueue(NameOption options = {}, Location where = Location::current())
      : core_(options, where) {}
  SimpleQueue(SimpleQueue&&) noexcept = default;
  SimpleQueue& operator=(SimpleQueue&&) noexcept = default;

  /// Returns once the item is in the pipe; waits while that is full. What encoding throws comes out of here,
  /// and nothing is put (SQ-02). OSError: closed. BrokenPipeError: nobody can ever get it (SQ-06). OwnerDied.
  void put(const T& item, Location where = Location::current()) {
    Operation operation(os(), Verb::put, ObjectKind::simple_queue, core_.object(), where);
    operation.argument([&] { return describe(item); });
    core_.demand_open(where);
    core_.put(encode_message(item), where);
    operation.succeed(is_none(item) ? 1 : 0);
  }

  /// The next item; waits for it. OSError: closed. EOFError: nobody can put any more. DecodeError: it is no
  /// T; the item is consumed. OwnerDied.
  T get(Location where = Location::current()) {
    Operation operation(os(), Verb::get, ObjectKind::simple_queue, core_.object(), where);
    core_.demand_open(where);
    T item = decode_message<T>(core_.get());
    operation.succeed_with([&] { return describe(item); }, is_none(item) ? 1 : 0);
    return item;
  }

  /// Would get wait? No at the end of file (SQ-05). OSError: closed.
  bool empty(Location where = Location::current()) const { return core_.empty(where); }

  /// Gives up both ends in this process; a second time does nothing (SQ-07).
  void close(Location where = Location::current()) { core_.close(where); }

  /// The descriptor that is ready when get would not wait, for wait(). OSError: closed.
  Descriptor fileno() const { return core_.ends().first; }
  ObjectId object() const { return core_.object(); }

  /// RuntimeError except for a child being born (SQ-09).
  void encode(Encoder& encoder) const { core_.encode(encoder); }
  static SimpleQueue decode(Decoder& decoder) { return SimpleQueue(SimpleQueueCore::decode(decoder)); }

 private:
  explicit SimpleQueue(SimpleQueueCore core) : core_(std::move(core)) {}

  SimpleQueueCore core_;
};

}  // namespace mp
