// JoinableQueue: a Queue whose items are marked done by those who got them, so that others may wait until all
// are.
//
// Rows met: JQ-01..05, JQ-07 (a worker that dies before task_done leaves join waiting), JQ-10. Cured: an item
// that cannot be encoded is not counted (JQ-06); a joiner that is killed hangs nobody (JQ-08). JQ-09 does not
// apply before 2^32 items.
#pragma once

#include <mp/queue/queue.hpp>

namespace mp {

template <class T>
class JoinableQueue : public QueueOf<T> {
 public:
  /// As Queue's.
  explicit JoinableQueue(int size_max = 0, QueueOptions options = {}, Location where = Location::current())
      : QueueOf<T>(QueueCore(ObjectKind::joinable_queue, size_max, options, where)) {}

  /// One item got is done. ValueError if none is unfinished (JQ-02). Also after close().
  void task_done(Location where = Location::current()) { this->core_.task_done(where); }
  /// Waits until no item is unfinished: returns once that has been so, whatever was put since (JQ-04). Also
  /// after close(). OSError (EAGAIN): 256 tasks wait already. OwnerDied: the queue is torn, and items are
  /// unfinished that perhaps nobody can get.
  void join(Location where = Location::current()) { this->core_.join(where); }

  /// RuntimeError except for a child being born (QUEUE-34).
  void encode(Encoder& encoder) const { this->core_.encode(encoder, "JoinableQueue"); }
  static JoinableQueue decode(Decoder& decoder) {
    return JoinableQueue(QueueCore::decode(decoder, ObjectKind::joinable_queue));
  }

 private:
  explicit JoinableQueue(QueueCore core) : QueueOf<T>(std::move(core)) {}
};

}  // namespace mp
