// A plain int that two threads change, the reader when the writer has let it go on by a primitive. Where the
// writer changes the int before it does so, the primitive orders the two; where it does so only afterwards,
// nothing does, and the same program has a race. Each edge below is one primitive's way to let go on.
#pragma once

#include <cstdint>
#include <utility>

#include <mp/multiprocessing.hpp>

namespace heddle::sim::edges {

enum class Change : std::uint8_t { before_it_lets_go_on, afterwards };

// begin, give: the writer's. take, end: the reader's.

template <class Guard>
struct ByGuard {
  Guard guard;
  void begin() { guard.acquire(); }
  void give() { guard.release(); }
  void take() { guard.acquire(); }
  void end() { guard.release(); }
};
struct ByLock : ByGuard<mp::Lock> {};
struct ByRLock : ByGuard<mp::RLock> {};
struct ByBoundedSemaphore : ByGuard<mp::BoundedSemaphore> {};

/// What needs nothing before and behind.
struct Bare {
  void begin() {}
  void end() {}
};

struct BySemaphore : Bare {
  mp::Semaphore permits{0};
  void give() { permits.release(); }
  void take() { permits.acquire(); }
};

struct ByCondition : Bare {
  mp::Condition condition;
  bool is_told = false;
  void give() {
    const mp::With held(condition);
    is_told = true;
    condition.notify();
  }
  void take() {
    const mp::With held(condition);
    condition.wait_for([this] { return is_told; });
  }
};

struct ByEvent : Bare {
  mp::Event event;
  void give() { event.set(); }
  void take() { event.wait(); }
};

struct ByBarrier : Bare {
  mp::Barrier barrier{2};
  void give() { barrier.wait(); }
  void take() { barrier.wait(); }
};

template <class Queue>
struct ByItem : Bare {
  Queue queue;
  void give() { queue.put(1); }
  void take() { queue.get(); }
};
struct ByQueue : ByItem<mp::Queue<int>> {};
struct BySimpleQueue : ByItem<mp::SimpleQueue<int>> {};

struct ByTaskDone {
  mp::JoinableQueue<int> tasks;
  ByTaskDone() { tasks.put(1); }
  void begin() { tasks.get(); }
  void give() { tasks.task_done(); }
  void take() { tasks.join(); }
  void end() {}
};

struct Ends {
  std::pair<mp::Connection, mp::Connection> ends = mp::Pipe(mp::Duplex::no);
};
struct ByMessage : Bare, Ends {
  void give() { ends.second.send(1); }
  void take() { ends.first.recv<int>(); }
};
struct ByEndOfFile : Bare, Ends {
  void give() { ends.second.close(); }
  void take() {
    try {
      ends.first.recv<int>();
    } catch (const mp::EOFError&) {
    }
  }
};

struct ByValuesLock : ByGuard<mp::Value<int>> {};

struct Managed {
  mp::Manager manager;
};
struct ByManagedEvent : Managed, Bare {
  mp::EventProxy event = manager.Event();
  void give() { event.set(); }
  void take() { event.wait(); }
};
struct ByManagedQueue : Managed, Bare {
  mp::QueueProxy<int> queue = manager.Queue<int>();
  void give() { queue.put(1); }
  void take() { queue.get(); }
};
struct ByManagedLock : Managed {
  mp::LockProxy lock = manager.Lock();
  void begin() { lock.acquire(); }
  void give() { lock.release(); }
  void take() { lock.acquire(); }
  void end() { lock.release(); }
};

template <class Edge>
void run(Change change) {
  Edge edge;
  [[maybe_unused]] int number = 0;  // changed, and read by ThreadSanitizer alone
  mp::Thread writer(
      [&] {
        edge.begin();
        if (change == Change::before_it_lets_go_on) ++number;
        edge.give();
        if (change == Change::afterwards) ++number;
      },
      {.name = "writer"});
  mp::Thread reader(
      [&] {
        edge.take();
        ++number;
        edge.end();
      },
      {.name = "reader"});
  writer.start();
  reader.start();
  writer.join();
  reader.join();
}

/// In a list of the caller's kind.
template <template <class...> class List>
using All = List<ByLock, ByRLock, ByBoundedSemaphore, BySemaphore, ByCondition, ByEvent, ByBarrier, ByQueue,
                 BySimpleQueue, ByTaskDone, ByMessage, ByEndOfFile, ByValuesLock, ByManagedEvent,
                 ByManagedQueue, ByManagedLock>;

}  // namespace heddle::sim::edges
