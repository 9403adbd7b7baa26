// What the page promises of processes: how they end, who may wait for them, what outlives them.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

struct Nothing {};

int return_seven(std::span<const std::byte>) { return 7; }

void status_is_what_entry_returns(mp::Os& os) {
  const mp::ProcessId child =
      value_of(os.start_process({.name = "child", .entry = &return_seven}), "start_process");
  const mp::ProcessEnd end = wait_for(os, child);
  demand_equal(end.status, 7, "status");
  demand_equal(end.signal, 0, "signal");
}

void exit_in_the_middle(mp::Os& os, const Nothing&) { os.exit_process(256 + 44); }

void exit_process_ends_at_once(mp::Os& os) {
  const mp::ProcessEnd end = wait_for(os, start_child<&exit_in_the_middle>(os, Nothing{}));
  demand_equal(end.status, 44, "status modulo 256");
  demand_equal(end.signal, 0, "signal");
}

struct Running {
  mp::Word* started;
  mp::Word* finish;
};

Running make_running(mp::Os& os) { return {&share<mp::Word>(os), &share<mp::Word>(os)}; }

void run_until_told(mp::Os& os, const Running& running) {
  set_word(os, *running.started);
  await_word(os, *running.finish);
}

void signals_end_a_process(mp::Os& os) {
  for (const auto& [signal, number] :
       {std::pair(mp::Signal::kill, 9), std::pair(mp::Signal::terminate, 15)}) {
    const Running running = make_running(os);
    const mp::ProcessId child = start_child<&run_until_told>(os, running);
    await_word(os, *running.started);
    value_of(os.signal_process(child, signal), "signal_process");
    const mp::ProcessEnd end = wait_for(os, child);
    demand_equal(end.signal, number, "signal");
    demand_equal(end.status, 0, "status of a process that did not exit");
  }
}

void end_is_told_once(mp::Os& os) {
  const mp::ProcessId child = start_child<&exit_in_the_middle>(os, Nothing{});
  wait_for(os, child);
  demand_failure(os.wait_process(child, mp::immediately), ECHILD, "second wait, at once");
  demand_failure(os.wait_process(child, mp::never), ECHILD, "second wait");
  demand_failure(os.signal_process(child, mp::Signal::kill), ESRCH, "signal to a reaped process");
}

void ended_is_not_yet_reaped(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const mp::ProcessId child = start_child<&exit_in_the_middle>(os, Nothing{});
  value_of(os.close(out), "close");
  demand(read_some(os, in, 1).empty(), "no end of file");  // the child is gone
  value_of(os.signal_process(child, mp::Signal::terminate), "signal to one that has ended");
  demand_equal(wait_for(os, child).status, 44, "status of one that was signalled after its end");
}

void wait_for_a_sibling(mp::Os& os, const mp::ProcessId& sibling) {
  demand_failure(os.wait_process(sibling, mp::immediately), ECHILD, "wait for a sibling");
}

void only_parents_wait(mp::Os& os) {
  demand_failure(os.wait_process(os.process_id(), mp::immediately), ECHILD, "wait for oneself");
  const Running running = make_running(os);
  const mp::ProcessId sibling = start_child<&run_until_told>(os, running);
  const mp::ProcessId child = start_child<&wait_for_a_sibling>(os, sibling);
  demand_success(os, child);
  set_word(os, *running.finish);
  demand_success(os, sibling);
}

void wait_ends_at_its_deadline(mp::Os& os) {
  const Running running = make_running(os);
  const mp::ProcessId child = start_child<&run_until_told>(os, running);
  demand_failure(os.wait_process(child, mp::immediately), ETIMEDOUT, "wait at once");
  const mp::Instant deadline = soon(os);
  demand_failure(os.wait_process(child, deadline), ETIMEDOUT, "wait with a deadline");
  demand(os.now() >= deadline, "the wait ended before its deadline");
  set_word(os, *running.finish);
  const mp::ProcessEnd end = value_of(os.wait_process(child, late(os)), "wait");
  demand_equal(end.status, 0, "status");
}

struct Family {
  mp::ProcessId parent;
  mp::Word* child_id;
};

void compare_ids(mp::Os& os, const Family& family) {
  demand(os.parent_process_id() == family.parent, "parent_process_id is not the parent's process_id");
  os.store(*family.child_id, static_cast<std::uint32_t>(os.process_id()));
}

void ids_agree(mp::Os& os) {
  const Family family{os.process_id(), &share<mp::Word>(os)};
  const mp::ProcessId child = start_child<&compare_ids>(os, family);
  demand_success(os, child);
  demand_equal(os.load(*family.child_id), static_cast<std::int32_t>(child),
               "what the child takes for its id");
  demand(child != family.parent, "parent and child have one id");
}

struct Orphanage {
  Running running;
  mp::Descriptor out;
};

void outlive(mp::Os& os, const Orphanage& orphanage) {
  run_until_told(os, orphanage.running);
  write_all(os, orphanage.out, as_bytes("still here"));
}

void have_a_child(mp::Os& os, const Orphanage& orphanage) {
  start_child<&outlive>(os, orphanage);
  mp::Word& never_set = share<mp::Word>(os);
  await_word(os, never_set);
}

void children_survive_their_parent(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const Orphanage orphanage{make_running(os), out};
  const mp::ProcessId parent = start_child<&have_a_child>(os, orphanage);
  value_of(os.close(out), "close");
  await_word(os, *orphanage.running.started);
  value_of(os.signal_process(parent, mp::Signal::kill), "kill");
  demand_equal(wait_for(os, parent).signal, 9, "signal");
  set_word(os, *orphanage.running.finish);
  demand(read_to_end(os, in) == "still here", "the orphan did not survive");
}

void read_payload(mp::Os&, const std::array<int, 3>& numbers) {
  demand(numbers == std::array{1, 2, 3}, "the payload differs");
}

void payload_is_copied(mp::Os& os) {
  std::array<int, 3> numbers{1, 2, 3};
  const mp::ProcessId child = start_child<&read_payload>(os, numbers);
  numbers.fill(0);
  demand_success(os, child);
}

struct Ends {
  mp::Descriptor in;
  mp::Descriptor named;
  mp::Descriptor unnamed;
};

void use_named_only(mp::Os& os, const Ends& ends) {
  demand_failure(os.write(ends.unnamed, as_bytes("x")), EBADF, "write to a descriptor that was not named");
  demand_failure(os.write(ends.in, as_bytes("x")), EBADF, "write to a pipe's end that was not named");
  demand(read_some(os, 0, 1).empty(), "standard input is not empty");
  demand(os.process_slot().front() == std::byte{0}, "the process slot is not zeroed");
  write_all(os, ends.named, as_bytes("spawned"));
}

void spawned_has_what_is_named(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const mp::Descriptor other = value_of(os.duplicate(out), "duplicate");
  const mp::Descriptor named[] = {other};
  os.process_slot().front() = std::byte{1};
  const mp::ProcessId child =
      spawn_child<&use_named_only>(os, Ends{.in = in, .named = other, .unnamed = out}, named);
  os.process_slot().front() = std::byte{0};
  value_of(os.close(out), "close");
  value_of(os.close(other), "close");
  demand(read_to_end(os, in) == "spawned", "what the child wrote did not arrive");
  demand_success(os, child);
}

void spawn_needs_open_descriptors(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  value_of(os.close(out), "close");
  const mp::Descriptor named[] = {in, out};
  const auto child = os.start_process(
      {.name = "child", .method = mp::StartMethod::spawn, .entry = &return_seven, .descriptors = named});
  demand_failure(child, EBADF, "spawn with a closed descriptor");
}

void spawned_is_a_child_like_any(mp::Os& os) {
  const mp::ProcessId child =
      value_of(os.start_process({.name = "child", .method = mp::StartMethod::spawn, .entry = &return_seven}),
               "start_process by spawn");
  demand_equal(wait_for(os, child).status, 7, "status");
  demand_failure(os.wait_process(child, mp::immediately), ECHILD, "second wait");
}

constexpr PageCheck checks[] = {
    {"The status of a process is what its entry returns", &status_is_what_entry_returns},
    {"Exit ends a process at once with a status modulo 256", &exit_process_ends_at_once},
    {"Signals 9 and 15 end a process", &signals_end_a_process},
    {"The end of a process is told once", &end_is_told_once},
    {"A process that has ended keeps its status until it is waited for", &ended_is_not_yet_reaped},
    {"Only a parent waits for a process", &only_parents_wait},
    {"A wait for a process ends at its deadline", &wait_ends_at_its_deadline},
    {"Process ids agree between parent and child", &ids_agree},
    {"Children survive a killed parent", &children_survive_their_parent},
    {"A payload is copied at the start", &payload_is_copied},
    {"A spawned process has the descriptors that were named for it", &spawned_has_what_is_named},
    {"A spawned process needs descriptors that are open", &spawn_needs_open_descriptors},
    {"A spawned process is a child like any other", &spawned_is_a_child_like_any},
};

}  // namespace

std::span<const PageCheck> process_checks() { return checks; }

}  // namespace heddle::conformance
