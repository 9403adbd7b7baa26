// How a process ends by itself: the rows PROC-09 to PROC-12 of the contract.
#include <algorithm>
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/rows.hpp>
#include <mp/multiprocessing.hpp>
#include <mp/process/exit_sequence.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

void wait_for(mp::Semaphore& told) { told.acquire(); }

void hold_for_ever(mp::Connection& held) {
  mp::Semaphore never_told(0);
  never_told.acquire(true, 3600s);
  held.close();
}

void end_before_its_children(mp::Connection& held, mp::Semaphore& finish) {
  mp::Process(mp::fn<&hold_for_ever>, mp::args(held), {.daemon = true}).start();
  mp::Process(mp::fn<&wait_for>, mp::args(finish)).start();
}

void waits_for_its_children_at_its_end() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Semaphore finish(0);
  mp::Process parent(mp::fn<&end_before_its_children>, mp::args(out, finish));
  parent.start();
  out.close();
  parent.join(0.02s);
  check(parent.is_alive(), "a process ended before its child that is no daemon");
  finish.release();
  parent.join();
  check(parent.exitcode() == 0, "the exit sequence failed");
  check_throws<mp::EOFError>([&] { return in.recv<int>(); }, "a daemon outlived its parent");
}

struct Note {
  mp::Connection* out;
  int number;
};

void send_note(void* context) {
  const Note& note = *static_cast<const Note*>(context);
  note.out->send(note.number);
}

void send_one_thousand(mp::Connection& out) { out.send(1'000); }

void leave_work_for_the_end(mp::Connection& out) {
  // Where the finalizers find it, after this function has returned.
  auto* const kept = new mp::Connection(std::move(out));
  for (const int priority : {-100, 0, 15, -5, 10})
    mp::register_finalizer(priority, &send_note, new Note{kept, priority});
  mp::register_finalizer(10, &send_note, new Note{kept, 11});
  mp::Process(mp::fn<&send_one_thousand>, mp::args(*kept)).start();
}

void ends_in_order() {
  auto [in, out] = mp::Pipe(mp::Duplex::no);
  mp::Process process(mp::fn<&leave_work_for_the_end>, mp::args(out));
  process.start();
  std::vector<int> numbers;
  for (int i = 0; i < 7; ++i) numbers.push_back(in.recv<int>());
  process.join();
  // The child runs at once, and is waited for between the finalizers of priority 0 and those below.
  const auto child = std::ranges::find(numbers, 1'000);
  check(child != numbers.end() && child - numbers.begin() <= 4,
        "a later finalizer ran before the child's end");
  numbers.erase(child);
  check(numbers == std::vector{15, 11, 10, 0, -5, -100}, "finalizers ran in another order");
}

void take_all(mp::Queue<std::string>& queue, mp::Semaphore& taken) {
  if (queue.get().size() == 200'000) taken.release();
}

void put_and_return(mp::Queue<std::string>& queue, mp::Semaphore& taken) {
  mp::Process(mp::fn<&take_all>, mp::args(queue, taken)).start();
  queue.put(std::string(200'000, 'x'));
}

void what_was_put_last_arrives() {
  mp::Queue<std::string> queue;
  mp::Semaphore taken(0);
  mp::Process producer(mp::fn<&put_and_return>, mp::args(queue, taken));
  producer.start();
  producer.join();
  check(taken.acquire(false), "the consumer did not get what was put before the end");
}

void leave_a_thread_to_the_end(mp::Semaphore& last) {
  auto* const told = new mp::Semaphore(0);
  mp::Thread([told, &last] {
    told->acquire();
    last.release();
  }).start();
  mp::Thread([] { mp::sleep(3600s); }, {.daemon = true}).start();
  mp::register_finalizer(
      0, [](void* context) { static_cast<mp::Semaphore*>(context)->release(); }, told);
  std::byte byte{};
  check(mp::os().read(0, std::span(&byte, 1)).value_or(1) == 0, "a child has input");
  last.acquire();  // by this thread: the other one can only give it back after the finalizers
}

void a_child_ends_in_order() {
  mp::Semaphore last(1);
  mp::Process process(mp::fn<[](mp::Semaphore& semaphore) {
                        // Kept: the thread outlives the target.
                        leave_a_thread_to_the_end(*new mp::Semaphore(std::move(semaphore)));
                      }>,
                      mp::args(last));
  process.start();
  process.join();
  check(process.exitcode() == 0, "a child failed to end");
  check(last.acquire(false), "a child ended before its thread, or waited for its daemonic one");
}

const Row rows[] = {
    {"PROC-09", "a process terminates its daemons and waits for its other children",
     &waits_for_its_children_at_its_end},
    {"PROC-10", "finalizers run by priority, the children's ends between", &ends_in_order},
    {"PROC-11", "a child gets what its parent put just before its end", &what_was_put_last_arrives,
     Granularity::op},
    {"PROC-12", "a child runs its finalizers, then joins its threads but the daemonic ones",
     &a_child_ends_in_order},
};

HEDDLE_CONTRACT_ROWS(ProcessEnding, rows);

}  // namespace
}  // namespace heddle::trial
