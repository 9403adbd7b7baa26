// What the threads of one process hand each other: first in, first out, without a bound. A buffer that a
// feeder empties, the list of a pool's tasks. It means nothing in another process.
#pragma once

#include <deque>
#include <mp/sync/lock.hpp>
#include <mp/sync/semaphore.hpp>
#include <mp/sync/with.hpp>
#include <utility>

namespace heddle::zoo {

template <class T>
class Mailbox {
 public:
  void put(T item) {
    {
      const mp::With held(lock_);
      items_.push_back(std::move(item));
    }
    filled_.release();
  }

  /// The oldest; waits until there is one.
  T take() {
    filled_.acquire();
    const mp::With held(lock_);
    T item = std::move(items_.front());
    items_.pop_front();
    return item;
  }

 private:
  mp::Lock lock_{{.name = "mailbox-lock"}};
  mp::Semaphore filled_{0, {.name = "mailbox"}};  // as many as there are items, or fewer
  std::deque<T> items_;                           // under the lock
};

}  // namespace heddle::zoo
