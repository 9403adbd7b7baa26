// What the page promises of descriptors for processes, of descriptors sent through sockets, and of waiting
// on a word for somebody who may die.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

bool is_ready(mp::Os& os, mp::Descriptor fd, mp::Instant deadline) {
  mp::PollItem item{.fd = fd};
  return os.poll(std::span(&item, 1), deadline).has_value();
}

void await_go(mp::Os& os, mp::Word* const& go) { await_word(os, *go); }

void process_descriptor_tells_the_end(mp::Os& os) {
  mp::Word* const go = &share<mp::Word>(os);
  const mp::ProcessId child = start_child<&await_go>(os, go);
  const mp::Descriptor fd = value_of(os.open_process(child), "open_process");
  demand(!is_ready(os, fd, mp::immediately), "a running process is ready");
  set_word(os, *go);
  demand(is_ready(os, fd, late(os)), "a process that has ended is not ready");
  demand(is_ready(os, fd, mp::immediately), "it is ready only once");
  demand_success(os, child);
}

void reaped_process_cannot_be_opened(mp::Os& os) {
  mp::Word* const go = &share<mp::Word>(os);
  set_word(os, *go);
  const mp::ProcessId child = start_child<&await_go>(os, go);
  demand_success(os, child);
  demand_failure(os.open_process(child), ESRCH, "open_process of a reaped child");
}

void write_to_a_received_descriptor(mp::Os& os, const mp::Descriptor& socket) {
  const mp::Descriptor fd = value_of(os.receive_descriptor(socket), "receive_descriptor");
  write_all(os, fd, as_bytes("through"));
}

void descriptor_travels_through_a_socket(mp::Os& os) {
  const auto [ours, theirs] = value_of(os.socketpair(), "socketpair");
  const mp::ProcessId child = start_child<&write_to_a_received_descriptor>(os, theirs);
  const auto [reader, writer] = value_of(os.pipe(), "pipe");  // after the child: it does not inherit them
  value_of(os.send_descriptor(ours, writer), "send_descriptor");
  value_of(os.close(writer), "close");
  demand(read_to_end(os, reader) == "through", "the receiver's copy writes elsewhere");
  demand_success(os, child);
}

void descriptor_on_its_way_keeps_its_end_open(mp::Os& os) {
  const auto [ours, theirs] = value_of(os.socketpair(), "socketpair");
  const auto [reader, writer] = value_of(os.pipe(), "pipe");
  value_of(os.send_descriptor(ours, writer), "send_descriptor");
  value_of(os.close(writer), "close");
  demand(!is_ready(os, reader, mp::immediately), "end of file while a copy is on its way");
  value_of(os.close(ours), "close");
  value_of(os.close(theirs), "close");
  demand(is_ready(os, reader, late(os)), "no end of file though nobody can receive the copy");
}

void passing_refuses_what_it_cannot(mp::Os& os) {
  const auto [reader, writer] = value_of(os.pipe(), "pipe");
  demand_failure(os.send_descriptor(writer, reader), ENOTSOCK, "send_descriptor through a pipe");
  const auto [a, b] = value_of(os.socketpair(), "socketpair");
  write_all(os, a, as_bytes("x"));
  demand_failure(os.receive_descriptor(b), EBADMSG, "receive_descriptor of a plain byte");
  value_of(os.close(a), "close");
  demand_failure(os.receive_descriptor(b), ENODATA, "receive_descriptor at end of file");
}

void wait_for_an_owner_ends_with_it(mp::Os& os) {
  auto& words = share<std::array<mp::Word, 2>>(os);
  mp::Word* const go = &words[0];
  const mp::ProcessId owner = start_child<&await_go>(os, go);
  demand_failure(os.word_wait(words[1], 0, soon(os), owner), ETIMEDOUT, "word_wait, owner alive");
  set_word(os, *go);
  demand_failure(os.word_wait(words[1], 0, mp::never, owner), EOWNERDEAD, "word_wait, owner ended");
  demand_failure(os.word_wait(words[1], 1, mp::never, owner), EAGAIN, "word_wait on another value");
  demand_success(os, owner);
  demand_failure(os.word_wait(words[1], 0, mp::never, owner), EOWNERDEAD, "word_wait, owner reaped");
}

void wake_later(mp::Os& os, mp::Word* const& word) {
  os.sleep_until(soon(os));
  set_word(os, *word);
}

void wait_for_an_owner_ends_by_a_wake(mp::Os& os) {
  mp::Word* const word = &share<mp::Word>(os);
  const mp::ProcessId child = start_child<&wake_later>(os, word);
  while (os.load(*word) == 0) {
    const mp::Result<void> woken = os.word_wait(*word, 0, late(os), os.process_id());
    demand(woken || woken.error().value == EAGAIN, "word_wait gave up");
  }
  demand_success(os, child);
}

void store_later(mp::Os& os, mp::Word* const& word) {
  os.sleep_until(soon(os));
  os.store(*word, 1);
}

void wait_for_an_owner_ends_when_the_word_has_changed(mp::Os& os) {
  mp::Word* const word = &share<mp::Word>(os);
  const mp::ProcessId child = start_child<&store_later>(os, word);
  const mp::Result<void> seen = os.word_wait(*word, 0, late(os), os.process_id());
  demand(seen || seen.error().value == EAGAIN, "word_wait slept on although the word has changed");
  demand_equal(os.load(*word), 1U, "the word");
  demand_success(os, child);
}

void stopped_process_goes_on_when_resumed(mp::Os& os) {
  auto& words = share<std::array<mp::Word, 1>>(os);
  mp::Word* const go = &words[0];
  const mp::ProcessId child = start_child<&await_go>(os, go);
  value_of(os.signal_process(child, mp::Signal::stop), "stop");
  set_word(os, *go);
  demand_failure(os.wait_process(child, soon(os)), ETIMEDOUT, "wait for a stopped process");
  value_of(os.signal_process(child, mp::Signal::resume), "resume");
  demand_success(os, child);
}

void stopped_process_can_be_killed(mp::Os& os) {
  mp::Word* const go = &share<mp::Word>(os);
  const mp::ProcessId child = start_child<&await_go>(os, go);
  value_of(os.signal_process(child, mp::Signal::stop), "stop");
  value_of(os.signal_process(child, mp::Signal::kill), "kill");
  demand_equal(wait_for(os, child).signal, 9, "signal that ended it");
}

constexpr PageCheck checks[] = {
    {"A descriptor of a process is ready once it has ended", &process_descriptor_tells_the_end},
    {"A reaped process cannot be opened", &reaped_process_cannot_be_opened},
    {"A descriptor travels through a socket", &descriptor_travels_through_a_socket},
    {"A descriptor on its way keeps its end open", &descriptor_on_its_way_keeps_its_end_open},
    {"Passing descriptors refuses what it cannot do", &passing_refuses_what_it_cannot},
    {"A wait with an owner ends with the owner", &wait_for_an_owner_ends_with_it},
    {"A wait with an owner ends by a wake", &wait_for_an_owner_ends_by_a_wake},
    {"A wait with an owner ends when the word has changed",
     &wait_for_an_owner_ends_when_the_word_has_changed},
    {"A stopped process goes on when it is resumed", &stopped_process_goes_on_when_resumed},
    {"A stopped process can be killed", &stopped_process_can_be_killed},
};

}  // namespace

std::span<const PageCheck> passing_checks() { return checks; }

}  // namespace heddle::conformance
