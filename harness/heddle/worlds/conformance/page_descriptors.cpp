// What the page promises of descriptors as such: duplicates, tables of their own per process, polling.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

void duplicate_keeps_the_end_open(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const mp::Descriptor copy = value_of(os.duplicate(out), "duplicate");
  demand(copy != out && copy != in, "a duplicate has a number that was taken");
  value_of(os.close(out), "close");
  write_all(os, copy, as_bytes("x"));
  demand(read_some(os, in, 1) == "x", "a duplicate does not write to the same pipe");
  mp::PollItem item{.fd = in};
  demand_failure(os.poll(std::span(&item, 1), mp::immediately), ETIMEDOUT, "poll while a duplicate is open");
  value_of(os.close(copy), "close");
  demand(read_some(os, in, 1).empty(), "no end of file after the last duplicate was closed");
}

void wrong_descriptors_are_ebadf(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  std::byte byte{};
  demand_failure(os.read(out, std::span(&byte, 1)), EBADF, "read of a write end");
  demand_failure(os.write(in, std::span(&byte, 1)), EBADF, "write to a read end");
  value_of(os.close(in), "close");
  demand_failure(os.read(in, std::span(&byte, 1)), EBADF, "read of a closed descriptor");
  demand_failure(os.close(in), EBADF, "second close");
  demand_failure(os.duplicate(in), EBADF, "duplicate of a closed descriptor");
  mp::PollItem item{.fd = in};
  demand_failure(os.poll(std::span(&item, 1), mp::immediately), EBADF, "poll of a closed descriptor");
}

struct Ends {
  mp::Descriptor in;
  mp::Descriptor out;
  mp::Word* go;
};

void close_and_end(mp::Os& os, const Ends& pipe) {
  value_of(os.close(pipe.in), "close");
  value_of(os.close(pipe.out), "close");
}

void child_closes_its_own_table(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  demand_success(os, start_child<&close_and_end>(os, Ends{in, out, nullptr}));
  write_all(os, out, as_bytes("x"));
  demand(read_some(os, in, 1) == "x", "a child's close reached its parent");
}

void write_when_told(mp::Os& os, const Ends& pipe) {
  await_word(os, *pipe.go);
  write_all(os, pipe.out, as_bytes("from the child"));
}

void child_keeps_what_its_parent_closes(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const Ends pipe{in, out, &share<mp::Word>(os)};
  const mp::ProcessId child = start_child<&write_when_told>(os, pipe);
  value_of(os.close(out), "close");
  set_word(os, *pipe.go);
  demand(read_to_end(os, in) == "from the child", "the child's copy was closed with its parent's");
  demand_success(os, child);
}

void poll_tells_which_are_ready(mp::Os& os) {
  const auto first = value_of(os.pipe(), "pipe");
  const auto second = value_of(os.pipe(), "pipe");
  const auto third = value_of(os.pipe(), "pipe");
  write_all(os, second.second, as_bytes("x"));
  value_of(os.close(third.second), "close");
  std::array<mp::PollItem, 3> items{mp::PollItem{.fd = first.first, .ready = true},
                                    mp::PollItem{.fd = second.first, .ready = false},
                                    mp::PollItem{.fd = third.first, .ready = false}};
  demand_equal(value_of(os.poll(items, mp::never), "poll"), 2, "descriptors ready");
  demand(!items[0].ready, "an empty pipe is ready");
  demand(items[1].ready, "a pipe with bytes is not ready");
  demand(items[2].ready, "a pipe at end of file is not ready");
}

void poll_waits_until_its_deadline(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  mp::PollItem item{.fd = in};
  demand_failure(os.poll(std::span(&item, 1), mp::immediately), ETIMEDOUT, "poll at once");
  const mp::Instant deadline = soon(os);
  demand_failure(os.poll(std::span(&item, 1), deadline), ETIMEDOUT, "poll with a deadline");
  demand(os.now() >= deadline, "poll gave up before its deadline");
  demand_failure(os.poll({}, soon(os)), ETIMEDOUT, "poll of nothing");
}

void poll_is_woken_by_bytes(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  const Ends pipe{in, out, &share<mp::Word>(os)};
  const mp::ProcessId child = start_child<&write_when_told>(os, pipe);
  set_word(os, *pipe.go);
  mp::PollItem item{.fd = in};
  demand_equal(value_of(os.poll(std::span(&item, 1), late(os)), "poll"), 1, "descriptors ready");
  demand(item.ready, "poll counted one and marked none");
  demand_success(os, child);
}

constexpr PageCheck checks[] = {
    {"A duplicate keeps its end open", &duplicate_keeps_the_end_open},
    {"A wrong descriptor is EBADF", &wrong_descriptors_are_ebadf},
    {"A child closes in its own table only", &child_closes_its_own_table},
    {"A child keeps the descriptors that its parent closes", &child_keeps_what_its_parent_closes},
    {"Poll tells which descriptors are ready", &poll_tells_which_are_ready},
    {"Poll waits until its deadline and no longer", &poll_waits_until_its_deadline},
    {"Poll is woken by bytes", &poll_is_woken_by_bytes},
};

}  // namespace

std::span<const PageCheck> descriptor_checks() { return checks; }

}  // namespace heddle::conformance
