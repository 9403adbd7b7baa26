// A queue of bytes: all of Queue<T> and JoinableQueue<T> but the coding of items. Calls are parts of an
// operation that the typed handle has begun; `where` is for what is told about them.
#pragma once

#include <memory>
#include <string_view>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/queue/feeder.hpp>
#include <mp/queue/queue_state.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {

class QueueCore {
 public:
  /// `kind`: queue or joinable_queue. `size_max`: as Queue's.
  QueueCore(ObjectKind kind, int size_max, NameOption options, Location where);
  QueueCore(QueueCore&&) noexcept = default;
  QueueCore& operator=(QueueCore&& other) noexcept;
  ~QueueCore();  // as close(), told to nobody

  /// The first half of put: takes a slot. ValueError: closed. Full: not in time. OwnerDied: this process
  /// knows that the queue is torn.
  void take_slot(bool block, Timeout timeout, Location where);
  /// The second half: hands the message to the feeder. RuntimeError: it cannot be started; the slot is back.
  void enqueue(Bytes bytes, Stamp stamp, Location where);
  /// The second half when the item cannot be encoded: gives the slot back and says so on descriptor 2.
  void drop_item(std::string_view why, Location where);
  /// The next message. ValueError: closed. Empty: not in time. EOFError: nobody can put any more. OwnerDied:
  /// the queue is torn.
  Bytes receive(bool block, Timeout timeout, Location where);

  int qsize(Location where) const;
  bool empty(Location where) const;
  bool full(Location where) const;
  void close(Location where);
  void join_thread(Location where);
  void cancel_join_thread();

  void task_done(Location where);
  void join(Location where);

  ObjectKind kind() const { return kind_; }
  ObjectId object() const { return object_; }
  void encode(Encoder& encoder, std::string_view what) const;
  static QueueCore decode(Decoder& decoder, ObjectKind kind);

 private:
  QueueCore(ObjectKind kind, std::uint32_t size_max, SharedBlock<QueueState> state, std::uint64_t secret,
            ObjectId object, std::pair<Descriptor, Descriptor> ends);

  void demand_open(Location where) const;
  Descriptor demand_read_end() const;
  [[noreturn]] void throw_failure(Os& os, const StreamFailure& failure) const;
  void uncount(Os& os, std::uint32_t unfinished, Location where) const;
  void tell_unfinished(Os& os, std::uint32_t unfinished, Location where) const;
  void let_go() noexcept;

  ObjectKind kind_;
  std::uint32_t size_max_;
  SharedBlock<QueueState> state_;
  std::uint64_t secret_;  // the stream's
  ObjectId object_;
  std::shared_ptr<Feeder> feeder_;  // null once moved from
};

}  // namespace mp
