// A bounded queue with a feeder, of the design in which it is the feeder that encodes: put() takes a slot and
// appends the item to a buffer of its process, the feeder thread encodes the items and writes them to a pipe,
// get() reads the pipe and gives the slot back. Items are counted until task_done(), as in a JoinableQueue.
//
// Our own Queue encodes in put(), so the mistakes that were made with items that cannot be encoded could not
// be made in it.
#pragma once

#include <atomic>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/shared/exit_duty.hpp>
#include <optional>
#include <scenarios/zoo/mailbox.hpp>
#include <utility>

namespace heddle::zoo {

enum class QueueMistake : std::uint8_t {
  none,
  feeder_ends_on_error,          // card 2
  slot_is_kept_on_error,         // card 3
  item_stays_counted_on_error,   // card 4
  creator_does_not_flush,        // card 5
  reader_is_closed_first,        // card 6
  reader_is_kept_when_flushing,  // card 26
};

/// What the processes of a queue share.
struct QueueParts {
  mp::Semaphore slots;
  mp::Lock read_lock;
  mp::Lock write_lock;
  mp::RawValue<int> unfinished;  // under the condition's lock
  mp::Condition all_done;
  mp::ProcessId creator;
  QueueMistake mistake;

  void encode(mp::Encoder& encoder) const {
    slots.encode(encoder);
    read_lock.encode(encoder);
    write_lock.encode(encoder);
    unfinished.encode(encoder);
    all_done.encode(encoder);
    encoder.integer(static_cast<std::int64_t>(creator));
    encoder.natural(static_cast<std::uint64_t>(mistake));
  }
  static QueueParts decode(mp::Decoder& decoder) {
    return {mp::Semaphore::decode(decoder),
            mp::Lock::decode(decoder),
            mp::Lock::decode(decoder),
            mp::RawValue<int>::decode(decoder),
            mp::Condition::decode(decoder),
            static_cast<mp::ProcessId>(decoder.integer()),
            static_cast<QueueMistake>(decoder.natural())};
  }
};

/// What one process has of a queue for itself. The handle, the feeder and the exit sequence share it.
template <class T>
class QueueSide : public std::enable_shared_from_this<QueueSide<T>> {
 public:
  QueueSide(QueueParts parts, mp::Connection reader, mp::Connection writer)
      : parts_(std::move(parts)), reader_(std::move(reader)), writer_(std::move(writer)) {}

  QueueParts& parts() { return parts_; }
  mp::Connection& reader() { return reader_; }
  mp::Connection& writer() { return writer_; }

  void append(T item) {
    if (!feeder_) start();
    buffer_.put(std::move(item));
  }

  /// Lets the feeder end behind all items.
  void stop() {
    if (!feeder_ || std::exchange(is_stopped_, true)) return;
    no_more_data_.drop();
    buffer_.put(std::nullopt);
  }
  /// Nobody will miss what cannot be written.
  void abandon() { is_abandoned_ = true; }
  void join_feeder() {
    if (feeder_) feeder_->join();
  }
  bool has_feeder() const { return feeder_.has_value(); }

 private:
  using Self = QueueSide<T>;

  void start() {
    const auto self = this->shared_from_this();
    feeder_.emplace([self] { self->feed(); }, mp::ThreadOptions{.name = "feeder", .daemon = true});
    feeder_->start();
    no_more_data_.take_on(mp::exit_priority::queue_no_more_data, self,
                          [](void* side) { static_cast<Self*>(side)->stop(); });
    const bool is_creator = parts_.creator == mp::current_process().pid();
    if (parts_.mistake == QueueMistake::creator_does_not_flush && is_creator) return;
    flush_.take_on(mp::exit_priority::queue_join_feeder, self,
                   [](void* side) { static_cast<Self*>(side)->join_feeder(); });
  }

  void feed() {
    try {
      feed_all();
    } catch (const mp::ValueError&) {
      return;  // card 2: nobody feeds any more
    } catch (const mp::BrokenPipeError&) {
      if (!is_abandoned_) throw;
    }
    if (!is_abandoned_) reader_.close();
    writer_.close();
  }

  void feed_all() {
    while (const std::optional<T> item = buffer_.take()) {
      if (parts_.mistake == QueueMistake::feeder_ends_on_error) {
        write(*item);
        continue;
      }
      try {
        write(*item);
      } catch (const mp::ValueError&) {
        give_up();
      }
    }
  }

  /// ValueError: it cannot be encoded.
  void write(const T& item) {
    const mp::Bytes bytes = mp::encode_message(item);
    const mp::With held(parts_.write_lock);
    writer_.send_bytes(bytes);
  }

  /// An item that cannot be encoded is as if it had not been put.
  void give_up() {
    if (parts_.mistake != QueueMistake::slot_is_kept_on_error) parts_.slots.release();
    if (parts_.mistake == QueueMistake::item_stays_counted_on_error) return;
    const mp::With held(parts_.all_done);
    parts_.unfinished.value() = parts_.unfinished.value() - 1;
    if (parts_.unfinished.value() == 0) parts_.all_done.notify_all();
  }

  QueueParts parts_;
  mp::Connection reader_;
  mp::Connection writer_;
  Mailbox<std::optional<T>> buffer_;  // nothing: no more data
  std::optional<mp::Thread> feeder_;
  bool is_stopped_ = false;
  std::atomic<bool> is_abandoned_ = false;  // then whoever abandons has the reading end
  mp::ExitDuty no_more_data_;
  mp::ExitDuty flush_;
};

template <class T>
class BufferedQueue {
 public:
  explicit BufferedQueue(int size_max, QueueMistake mistake) {
    auto [reader, writer] = mp::Pipe(mp::Duplex::no, {.name = "queue"});
    side_ = std::make_shared<QueueSide<T>>(
        QueueParts{mp::Semaphore(size_max, {.name = "slots"}), mp::Lock({.name = "read-lock"}),
                   mp::Lock({.name = "write-lock"}), mp::RawValue<int>(0, {.name = "unfinished"}),
                   mp::Condition({.name = "all-done"}), mp::current_process().pid(), mistake},
        std::move(reader), std::move(writer));
  }
  BufferedQueue(BufferedQueue&&) noexcept = default;
  BufferedQueue& operator=(BufferedQueue&&) noexcept = default;
  ~BufferedQueue() {
    if (side_) close();
  }

  void put(T item) {
    QueueParts& parts = side_->parts();
    parts.slots.acquire();
    const mp::With held(parts.all_done);
    parts.unfinished.value() = parts.unfinished.value() + 1;
    side_->append(std::move(item));
  }
  T get() {
    mp::Bytes bytes;
    {
      const mp::With held(side_->parts().read_lock);
      bytes = side_->reader().recv_bytes();
    }
    side_->parts().slots.release();
    return mp::decode_message<T>(bytes);
  }

  void task_done() {
    QueueParts& parts = side_->parts();
    const mp::With held(parts.all_done);
    parts.unfinished.value() = parts.unfinished.value() - 1;
    if (parts.unfinished.value() == 0) parts.all_done.notify_all();
  }
  void join() {
    QueueParts& parts = side_->parts();
    const mp::With held(parts.all_done);
    parts.all_done.wait_for([&] { return parts.unfinished.value() == 0; });
  }

  /// No more puts and gets in this process; what was put still goes out, and then the feeder closes both
  /// ends.
  void close() {
    if (side_->parts().mistake == QueueMistake::reader_is_closed_first) side_->reader().close();
    side_->stop();
    if (side_->has_feeder()) return;
    side_->reader().close();
    side_->writer().close();
  }
  void join_thread() { side_->join_feeder(); }

  /// In place of close() and join_thread() where all who read have ended: what they have not got is dropped.
  void abandon() {
    side_->abandon();
    // The sentinel first: a feeder that waits for room learns of the closed end by its write alone.
    side_->stop();
    if (side_->parts().mistake != QueueMistake::reader_is_kept_when_flushing) side_->reader().close();
    side_->join_feeder();
  }

  /// For who is to read and is not born of this process.
  void send_reader(mp::Connection& to) { to.send(side_->reader()); }

  void encode(mp::Encoder& encoder) const {
    side_->parts().encode(encoder);
    side_->reader().encode(encoder);
    side_->writer().encode(encoder);
  }
  static BufferedQueue decode(mp::Decoder& decoder) {
    QueueParts parts = QueueParts::decode(decoder);
    mp::Connection reader = mp::Connection::decode(decoder);
    mp::Connection writer = mp::Connection::decode(decoder);
    return BufferedQueue(
        std::make_shared<QueueSide<T>>(std::move(parts), std::move(reader), std::move(writer)));
  }

 private:
  explicit BufferedQueue(std::shared_ptr<QueueSide<T>> side) : side_(std::move(side)) {}

  std::shared_ptr<QueueSide<T>> side_;  // null once moved from
};

}  // namespace heddle::zoo
