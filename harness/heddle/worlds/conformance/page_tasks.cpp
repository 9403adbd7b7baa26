// What the page promises of threads, and of the storage that belongs to processes and tasks.
#include <algorithm>

#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

bool is_zero(mp::Slot slot) {
  return std::all_of(slot.begin(), slot.end(), [](std::byte byte) { return byte == std::byte{}; });
}

void fill(mp::Slot slot, int value) { std::fill(slot.begin(), slot.end(), std::byte(value)); }

/// Leaves the calling task's slots as it found them, zero: lib lives there, and a world may run some of it
/// when the check is over.
class BorrowedSlots {
 public:
  explicit BorrowedSlots(mp::Os& os) : os_(os) {}
  ~BorrowedSlots() {
    fill(os_.process_slot(), 0);
    fill(os_.task_slot(), 0);
  }
  BorrowedSlots(const BorrowedSlots&) = delete;
  BorrowedSlots& operator=(const BorrowedSlots&) = delete;

 private:
  mp::Os& os_;
};

void thread_shares_memory(mp::Os& os) {
  int written = 0;
  std::function<void()> body = [&] { written = 5; };
  value_of(os.join_thread(start_thread(os, body), mp::never), "join_thread");
  demand_equal(written, 5, "what the thread wrote");
}

void join_waits_until_its_deadline(mp::Os& os) {
  mp::Word& finish = share<mp::Word>(os);
  std::function<void()> body = [&] { await_word(mp::os(), finish); };
  const mp::ThreadId thread = start_thread(os, body);
  demand_failure(os.join_thread(thread, mp::immediately), ETIMEDOUT, "join at once");
  const mp::Instant deadline = soon(os);
  demand_failure(os.join_thread(thread, deadline), ETIMEDOUT, "join with a deadline");
  demand(os.now() >= deadline, "the join ended before its deadline");
  set_word(os, finish);
  value_of(os.join_thread(thread, late(os)), "join_thread");
}

void thread_is_joined_once(mp::Os& os) {
  std::function<void()> body = [] {};
  const mp::ThreadId thread = start_thread(os, body);
  value_of(os.join_thread(thread, mp::never), "join_thread");
  demand_failure(os.join_thread(thread, mp::never), ESRCH, "second join");
}

void threads_have_ids_of_their_own(mp::Os& os) {
  mp::ThreadId inside = mp::ThreadId::none;
  mp::ProcessId process = mp::ProcessId::none;
  std::function<void()> body = [&] {
    inside = mp::os().thread_id();
    process = mp::os().process_id();
  };
  const mp::ThreadId thread = start_thread(os, body);
  value_of(os.join_thread(thread, mp::never), "join_thread");
  demand(inside == thread, "a thread's own id is not the one its creator got");
  demand(thread != os.thread_id() && thread != mp::ThreadId::none, "two threads have one id");
  demand(process == os.process_id(), "a thread has another process id than its process");
}

struct Nothing {};

void end_with_a_thread_asleep(mp::Os& os, const Nothing&) {
  // Never destroyed, for the thread outlives this frame.
  auto* const never_set = &share<mp::Word>(os);
  value_of(os.start_thread({.name = "sleeper",
                            .entry = [](void* word) { await_word(mp::os(), *static_cast<mp::Word*>(word)); },
                            .argument = never_set}),
           "start_thread");
}

void threads_end_with_their_process(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const mp::ProcessId child = start_child<&end_with_a_thread_asleep>(os, Nothing{});
  value_of(os.close(out), "close");
  demand_success(os, child);
  demand(read_some(os, in, 1).empty(), "no end of file from a process that has ended");
}

void find_clean_slots(mp::Os& os, const Nothing&) {
  demand(is_zero(os.process_slot()), "a child's process slot is not zero");
  demand(is_zero(os.task_slot()), "a child's task slot is not zero");
  const BorrowedSlots borrowed(os);
  fill(os.process_slot(), 1);
  fill(os.task_slot(), 1);
}

void slots_start_as_zeros(mp::Os& os) {
  demand(is_zero(os.process_slot()), "the process slot is not zero");
  demand(is_zero(os.task_slot()), "the task slot is not zero");
}

void children_have_slots_of_their_own(mp::Os& os) {
  const BorrowedSlots borrowed(os);
  fill(os.process_slot(), 7);
  fill(os.task_slot(), 8);
  demand_success(os, start_child<&find_clean_slots>(os, Nothing{}));
  demand_equal(std::to_integer<int>(os.process_slot()[0]), 7,
               "the process slot after a child wrote to its own");
  demand_equal(std::to_integer<int>(os.task_slot()[0]), 8, "the task slot after a child wrote to its own");
}

void threads_share_the_process_slot(mp::Os& os) {
  const BorrowedSlots borrowed(os);
  os.process_slot()[200] = std::byte{7};
  fill(os.task_slot(), 1);
  bool task_slot_is_zero = false;
  std::function<void()> body = [&] {
    mp::Os& here = mp::os();
    task_slot_is_zero = is_zero(here.task_slot());
    here.process_slot()[201] = here.process_slot()[200];
  };
  value_of(os.join_thread(start_thread(os, body), mp::never), "join_thread");
  demand(task_slot_is_zero, "a thread's task slot is not zero");
  demand_equal(std::to_integer<int>(os.process_slot()[201]), 7, "what a thread wrote to the process slot");
}

constexpr PageCheck checks[] = {
    {"A thread shares its process memory", &thread_shares_memory},
    {"A join of a thread ends at its deadline", &join_waits_until_its_deadline},
    {"A thread is joined once", &thread_is_joined_once},
    {"Threads have ids of their own", &threads_have_ids_of_their_own},
    {"Threads end with their process", &threads_end_with_their_process},
    {"Slots start as zeros", &slots_start_as_zeros},
    {"Children have slots of their own", &children_have_slots_of_their_own},
    {"Threads share the process slot and nothing else", &threads_share_the_process_slot},
};

}  // namespace

std::span<const PageCheck> task_checks() { return checks; }

}  // namespace heddle::conformance
