// The buffer, the feeder's loop and its place in the exit sequence.
#include <mp/queue/feeder.hpp>

#include <string>

#include <mp/process/uncaught.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp {

Feeder::Feeder(SharedBlock<QueueState> state, std::uint64_t secret, std::uint32_t size_max, ObjectId queue,
               std::pair<Descriptor, Descriptor> ends)
    : state_(std::move(state)),
      secret_(secret),
      size_max_(size_max),
      queue_(queue),
      object_(announce(os(), ObjectKind::feeder, {}, Location::current())),
      claim_(os(), queue),
      read_end_(ends.first),
      write_end_(ends.second) {}

Feeder::~Feeder() { close_ends(os()); }

void Feeder::close_ends(Os& os) {
  for (std::atomic<Descriptor>* const end : {&read_end_, &write_end_}) {
    if (const Descriptor fd = end->exchange(-1); fd >= 0) static_cast<void>(os.close(fd));
  }
}

// With the mutex held.
void Feeder::start(Location where) {
  const std::shared_ptr<Feeder> self = shared_from_this();
  Thread thread([self] { self->run(); }, {.name = "feeder", .daemon = true, .role = Role::helper}, where);
  thread.start(where);
  thread_ = std::move(thread);
  // Even in an exit sequence that has passed these priorities the two run, in this order. After it, the
  // thread is nobody's, and what it has not written is lost (QUEUE-26).
  no_more_data_.take_on(exit_priority::queue_no_more_data, self,
                        [](void* feeder) { static_cast<Feeder*>(feeder)->stop(os()); });
  if (join_cancelled_) return;
  join_thread_.take_on(exit_priority::queue_join_feeder, self,
                       [](void* feeder) { static_cast<Feeder*>(feeder)->join(Location::current()); });
}

void Feeder::append(Os& os, Bytes bytes, Stamp stamp, Location where) {
  mutex_.acquire(os);
  if (!thread_) {
    try {
      start(where);
    } catch (...) {
      mutex_.release(os);
      throw;
    }
  }
  add(os, {.bytes = std::move(bytes), .stamp = stamp});
}

void Feeder::stop(Os& os) {
  mutex_.acquire(os);
  if (!thread_ || stopped_) {
    mutex_.release(os);
    return;
  }
  stopped_ = true;
  no_more_data_.drop();
  add(os, {.bytes = {}, .is_sentinel = true});
}

// Comes with the mutex held and releases it. Only the one that finds the thread asleep rings: whoever comes
// between that and the ring leaves an item that the thread finds when it looks again.
void Feeder::add(Os& os, BufferedItem item) {
  buffer_.push_back(std::move(item));
  const bool ring = std::exchange(is_asleep_, false);
  mutex_.release(os);
  if (!ring) return;
  os.store(doorbell_, 1);
  os.word_wake(doorbell_, 1);
}

void Feeder::join(Location where) {
  Os& here = os();
  {
    const FutexGuard guard(here, mutex_);
    if (!thread_ || join_cancelled_) return;
  }
  thread_->join(std::nullopt, where);  // does not change any more
}

void Feeder::cancel_join() {
  Os& here = os();
  join_cancelled_ = true;
  const FutexGuard guard(here, mutex_);
  join_thread_.drop();
}

BufferedItem Feeder::take_next(Os& os) {
  while (true) {
    {
      const FutexGuard guard(os, mutex_);
      if (!buffer_.empty()) {
        BufferedItem next = std::move(buffer_.front());
        buffer_.pop_front();
        return next;
      }
      is_asleep_ = true;
      os.store(doorbell_, 0);
    }
    static_cast<void>(os.word_wait(doorbell_, 0, never));  // rung, or for nothing: look again
  }
}

void Feeder::write(Os& os, const BufferedItem& item) {
  os.annotate({.kind = Annotation::Kind::carry, .object = queue_, .stamp = item.stamp});
  const tl::expected<void, StreamFailure> written =
      MessageStream(state_->stream, secret_).put(os, write_end(), item.bytes);
  os.annotate({.kind = Annotation::Kind::carry, .object = queue_, .stamp = Stamp::none});
  if (!written) drop(os, written.error());
}

// Nobody can ever read it: the item is dropped and its slot given back (QUEUE-37).
void Feeder::drop(Os& os, const StreamFailure& failure) {
  if (failure.kind == StreamFailure::Kind::torn) {
    torn = true;
    release_waiters(os, *state_, size_max_);
    detail::write_error(os, std::string("a queue's item is dropped: ") + torn_words + "\n");
    return;
  }
  state_->slots.release(os, size_max_);
  const std::string words =
      "a queue's item is dropped: nobody can read it (errno " + std::to_string(failure.error.value) + ")";
  report_misuse(os, ObjectKind::queue, queue_, "queue-items-lost", words, Location::current());
  detail::write_error(os, words + "\n");
}

void Feeder::run() {
  Os& here = os();
  while (true) {
    Operation feed(here, Verb::feed, ObjectKind::feeder, object_, Location::current(), queue_);
    const BufferedItem next = take_next(here);
    if (next.is_sentinel) break;
    write(here, next);
    feed.succeed();
  }
  close_ends(here);
  const FutexGuard guard(here, mutex_);
  join_thread_.drop();
}

}  // namespace mp
