// An owner pushes and pops at the tail without a lock, a thief steals at the head under one. Each announces
// its step and then looks at the other's end; whoever finds that they met steps back, and the owner tries
// again under the lock. The bug: the thief looks before it announces, so that for the last item neither sees
// the other. At granularity os, where each access to a Word is a switch point. About 55 switch points; the
// program of the name in the literature has 161, and another bug.
#include <array>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/classic/classic.hpp>
#include <scenarios/classic/crew.hpp>

namespace heddle::classic {
namespace {

constexpr std::uint32_t items = 4;
constexpr std::uint32_t nothing = UINT32_MAX;

// Signed in meaning: the tail may be one before the head for a moment.
bool is_before(std::uint32_t left, std::uint32_t right) {
  return static_cast<std::int32_t>(left - right) < 0;
}

class Deque {
 public:
  void push(std::uint32_t item) {
    mp::Os& os = mp::os();
    const std::uint32_t tail = os.load(tail_);
    os.store(items_[tail % items], item);
    os.store(tail_, tail + 1);
  }

  std::uint32_t pop() {
    mp::Os& os = mp::os();
    const std::uint32_t tail = os.load(tail_) - 1;
    os.store(tail_, tail);
    if (!is_before(tail, os.load(head_))) return os.load(items_[tail % items]);
    os.store(tail_, tail + 1);
    return pop_alone();
  }

  std::uint32_t steal() {
    mp::Os& os = mp::os();
    const mp::With held(lock_);
    const std::uint32_t head = os.load(head_);
    if (!is_before(head, os.load(tail_))) return nothing;
    os.store(head_, head + 1);
    return os.load(items_[head % items]);
  }

 private:
  std::uint32_t pop_alone() {
    mp::Os& os = mp::os();
    const mp::With held(lock_);
    const std::uint32_t tail = os.load(tail_) - 1;
    if (is_before(tail, os.load(head_))) return nothing;
    os.store(tail_, tail);
    return os.load(items_[tail % items]);
  }

  mp::Lock lock_{{.name = "lock"}};
  mp::Word head_;
  mp::Word tail_;
  std::array<mp::Word, items> items_ = {};
};

class Work {
 public:
  void done(std::uint32_t item) {
    if (item != nothing) check(mp::os().fetch_add(times_[item], 1) == 0, "an item is taken once");
  }

 private:
  std::array<mp::Word, items> times_ = {};
};

void body() {
  Deque deque;
  Work work;
  Crew crew;
  crew.start("thief", [&] {
    for (int i = 0; i < 2; ++i) work.done(deque.steal());
  });
  for (std::uint32_t item = 0; item < items; item += 2) {
    deque.push(item);
    deque.push(item + 1);
    work.done(deque.pop());
  }
  for (std::uint32_t i = 0; i < items / 2; ++i) work.done(deque.pop());
  crew.join();
}

}  // namespace

Scenario work_stealing_queue() {
  return {.name = "classic/work-stealing-queue",
          .summary = "a thief looks at the tail of a queue before it says that it is at the head",
          .body = &body,
          .expected = {{.rule = "assertion"}},
          .granularity = Granularity::os};
}

}  // namespace heddle::classic
