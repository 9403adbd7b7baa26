// JoinableQueue: the rows JQ-* of the contract. JQ-07 is a hazard that is kept and promises nothing.
#include <optional>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

/// Cannot be encoded.
struct Stubborn {};

}  // namespace
}  // namespace heddle::trial

template <>
struct mp::codec<heddle::trial::Stubborn> {
  static void encode(Encoder&, const heddle::trial::Stubborn&) { throw ValueError("will not"); }
  static heddle::trial::Stubborn decode(Decoder&) { return {}; }
  static std::string describe(const heddle::trial::Stubborn&) { return "<stubborn>"; }
};

namespace heddle::trial {
namespace {

void counts_puts_and_not_gets() {
  mp::JoinableQueue<int> queue(2);
  queue.join();
  queue.put(1);
  queue.put(2);
  check_throws<mp::Full>([&] { queue.put_nowait(3); }, "a third item found a slot");
  queue.task_done();
  queue.task_done();
  queue.join();
  check_throws<mp::ValueError>([&] { queue.task_done(); }, "one more task was done than put");
  check(queue.get() == 1 && queue.get() == 2, "other items were got");
}

void join_and_tell(mp::JoinableQueue<int>& queue, mp::Semaphore& joined) {
  queue.join();
  joined.release();
}

void all_joiners_are_released() {
  mp::JoinableQueue<int> queue;
  mp::Semaphore joined(0);
  queue.put(1);
  mp::Process first(mp::fn<&join_and_tell>, mp::args(queue, joined));
  mp::Process second(mp::fn<&join_and_tell>, mp::args(queue, joined));
  first.start();
  second.start();
  check(queue.get() == 1 && joined.get_value() == 0, "a join returned before the task was done");
  queue.task_done();
  first.join();
  second.join();
  check(joined.get_value() == 2, "a joiner was not released");
}

void joiner_looks_once() {
  mp::JoinableQueue<int> queue;
  mp::Semaphore joined(0);
  queue.put(1);
  mp::Process joiner(mp::fn<&join_and_tell>, mp::args(queue, joined));
  joiner.start();
  queue.task_done();
  queue.put(2);  // the joiner may have come too late, and then it waits for this one as well
  queue.task_done();
  joiner.join();
  check(joined.get_value() == 1, "the joiner was not released");
  check(queue.get() == 1 && queue.get() == 2, "other items were got");
}

void works_after_close() {
  mp::JoinableQueue<int> queue;
  queue.put(1);
  queue.close();
  queue.task_done();
  queue.join();
  check_throws<mp::ValueError>([&] { queue.task_done(); }, "one more task was done than put");
}

void what_cannot_be_encoded_does_not_count() {
  mp::JoinableQueue<Stubborn> queue;
  queue.put({});
  queue.join();
  check_throws<mp::ValueError>([&] { queue.task_done(); }, "an item that was dropped counts");
}

void join_it(mp::JoinableQueue<int>& queue, mp::Semaphore& here) {
  here.release();
  queue.join();
}

void killed_joiner_hangs_nobody() {
  mp::JoinableQueue<int> queue;
  mp::Semaphore here(0);
  queue.put(1);
  mp::Process joiner(mp::fn<&join_it>, mp::args(queue, here));
  joiner.start();
  here.acquire();
  joiner.kill();
  joiner.join();
  check(queue.get() == 1, "another item was got");
  queue.task_done();
  queue.join();
}

void work(mp::JoinableQueue<std::optional<int>>& tasks, mp::Semaphore& done) {
  while (tasks.get().has_value()) {
    done.release();
    tasks.task_done();
  }
  tasks.task_done();
}

void join_waits_for_sentinels_too() {
  mp::JoinableQueue<std::optional<int>> tasks;
  mp::Semaphore done(0);
  mp::Process first(mp::fn<&work>, mp::args(tasks, done));
  mp::Process second(mp::fn<&work>, mp::args(tasks, done));
  first.start();
  second.start();
  tasks.put(1);
  tasks.put(2);
  tasks.put(std::nullopt);
  tasks.put(std::nullopt);
  tasks.join();
  check(done.get_value() == 2, "join returned before the tasks were done");
  first.join();
  second.join();
}

const Row rows[] = {
    {"JQ-01 JQ-02 JQ-03", "puts are counted, gets are not, and a put that found no slot is not",
     &counts_puts_and_not_gets},
    {"JQ-04", "the last task_done releases every joiner", &all_joiners_are_released},
    {"JQ-04", "a joiner is released whatever is put next", &joiner_looks_once},
    {"JQ-05", "close does not disable task_done and join", &works_after_close},
    {"JQ-06", "an item that cannot be encoded does not count", &what_cannot_be_encoded_does_not_count},
    {"JQ-08", "a joiner that is killed hangs nobody", &killed_joiner_hangs_nobody},
    {"JQ-10", "join waits for tasks and sentinels", &join_waits_for_sentinels_too},
};

HEDDLE_CONTRACT_ROWS(JoinableQueue, rows);

}  // namespace
}  // namespace heddle::trial
