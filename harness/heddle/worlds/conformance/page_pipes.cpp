// What the page promises of pipes: capacity, blocking, order, atomic writes, end of file, broken pipes.
#include <vector>

#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

constexpr std::size_t pipe_bytes = 65'536;
constexpr std::size_t atomic_bytes = 4'096;

struct Ends {
  mp::Descriptor in;   // read here
  mp::Descriptor out;  // write here
};

Ends make_pipe(mp::Os& os) {
  const auto [in, out] = value_of(os.pipe(), "pipe");
  return {in, out};
}

void fill(mp::Os& os, mp::Descriptor out) { write_all(os, out, std::vector<std::byte>(pipe_bytes)); }

void holds_its_capacity(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  // Without a reader, this would block for ever if the pipe held any less.
  fill(os, pipe.out);
  demand_equal(static_cast<std::int64_t>(read_exactly(os, pipe.in, pipe_bytes).size()), pipe_bytes,
               "bytes read");
  mp::PollItem item{.fd = pipe.in};
  demand_failure(os.poll(std::span(&item, 1), mp::immediately), ETIMEDOUT, "poll of an emptied pipe");
}

struct FullPipe {
  Ends pipe;
  mp::Word* passed;
};

void write_one_more(mp::Os& os, const FullPipe& full) {
  write_all(os, full.pipe.out, as_bytes("x"));
  set_word(os, *full.passed);
}

void write_waits_for_room(mp::Os& os) {
  const FullPipe full{make_pipe(os), &share<mp::Word>(os)};
  fill(os, full.pipe.out);
  const mp::ProcessId writer = start_child<&write_one_more>(os, full);
  os.sleep_until(soon(os));
  demand_equal(os.load(*full.passed), 0, "writes past the capacity");
  read_exactly(os, full.pipe.in, pipe_bytes);
  demand_success(os, writer);
  demand(read_some(os, full.pipe.in, 2) == "x", "the byte that had waited is missing");
}

void reads_are_partial(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  write_all(os, pipe.out, as_bytes("0123456789"));
  const std::string first = read_some(os, pipe.in, 4);
  demand(!first.empty() && std::string_view("0123").starts_with(first),
         "a read did not take the first bytes");
  demand(first + read_exactly(os, pipe.in, 10 - first.size()) == "0123456789",
         "a read did not go on where the one before ended");
}

void write_after_a_while(mp::Os& os, const Ends& pipe) {
  os.sleep_until(soon(os));
  write_all(os, pipe.out, as_bytes("late"));
}

void read_waits_for_bytes(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  const mp::ProcessId writer = start_child<&write_after_a_while>(os, pipe);
  demand(read_exactly(os, pipe.in, 4) == "late", "other bytes than were written");
  demand_success(os, writer);
}

struct HeldPipe {
  Ends pipe;
  mp::Word* release;
};

void hold_until_released(mp::Os& os, const HeldPipe& held) { await_word(os, *held.release); }

void end_of_file_needs_the_last_writer(mp::Os& os) {
  const HeldPipe held{make_pipe(os), &share<mp::Word>(os)};
  const mp::ProcessId holder = start_child<&hold_until_released>(os, held);
  value_of(os.close(held.pipe.out), "close");
  mp::PollItem item{.fd = held.pipe.in};
  demand_failure(os.poll(std::span(&item, 1), soon(os)), ETIMEDOUT, "poll while a child holds the write end");
  set_word(os, *held.release);
  demand(read_some(os, held.pipe.in, 1).empty(), "bytes came out of nowhere");
  demand_success(os, holder);
}

void death_closes_the_write_end(mp::Os& os) {
  const HeldPipe held{make_pipe(os), &share<mp::Word>(os)};
  const mp::ProcessId holder = start_child<&hold_until_released>(os, held);
  value_of(os.close(held.pipe.out), "close");
  value_of(os.signal_process(holder, mp::Signal::kill), "kill");
  demand(read_some(os, held.pipe.in, 1).empty(), "bytes came out of nowhere");
  demand_equal(wait_for(os, holder).signal, 9, "signal");
}

void bytes_outlive_their_writer(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  write_all(os, pipe.out, as_bytes("last words"));
  value_of(os.close(pipe.out), "close");
  demand(read_to_end(os, pipe.in) == "last words", "what was written before the close is not what is read");
  demand(read_some(os, pipe.in, 1).empty(), "end of file did not last");
}

void write_without_reader_breaks(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  value_of(os.close(pipe.in), "close");
  demand_failure(os.write(pipe.out, as_bytes("x")), EPIPE, "write without a reader");
}

void expect_a_broken_pipe(mp::Os& os, const FullPipe& full) {
  value_of(os.close(full.pipe.in), "close");
  set_word(os, *full.passed);
  demand_failure(os.write(full.pipe.out, as_bytes("x")), EPIPE,
                 "write that waited when the last reader closed");
}

void waiting_write_breaks(mp::Os& os) {
  const FullPipe full{make_pipe(os), &share<mp::Word>(os)};
  fill(os, full.pipe.out);
  const mp::ProcessId writer = start_child<&expect_a_broken_pipe>(os, full);
  await_word(os, *full.passed);
  os.sleep_until(soon(os));
  value_of(os.close(full.pipe.in), "close");
  demand_success(os, writer);
}

constexpr int blocks_per_writer = 40;

struct BlockWriter {
  Ends pipe;
  char letter;
};

void write_blocks(mp::Os& os, const BlockWriter& writer) {
  const std::string block(atomic_bytes, writer.letter);
  for (int i = 0; i < blocks_per_writer; ++i) {
    demand_equal(static_cast<std::int64_t>(value_of(os.write(writer.pipe.out, as_bytes(block)), "write")),
                 atomic_bytes, "bytes written at once");
  }
}

void small_writes_are_atomic(mp::Os& os) {
  const Ends pipe = make_pipe(os);
  const mp::ProcessId a = start_child<&write_blocks>(os, BlockWriter{pipe, 'a'});
  const mp::ProcessId b = start_child<&write_blocks>(os, BlockWriter{pipe, 'b'});
  value_of(os.close(pipe.out), "close");
  const std::string all = read_to_end(os, pipe.in);
  demand_equal(static_cast<std::int64_t>(all.size()), 2 * blocks_per_writer * std::int64_t{atomic_bytes},
               "bytes");
  for (std::size_t start = 0; start < all.size(); start += atomic_bytes) {
    const std::string_view block = std::string_view(all).substr(start, atomic_bytes);
    demand(block.find_first_not_of(block.front()) == std::string_view::npos, "two blocks are mixed");
  }
  demand_success(os, a);
  demand_success(os, b);
}

constexpr PageCheck checks[] = {
    {"A pipe holds 65536 bytes", &holds_its_capacity},
    {"A write to a full pipe waits for room", &write_waits_for_room},
    {"A read returns the first of what there is and keeps the order", &reads_are_partial},
    {"A read of an empty pipe waits for bytes", &read_waits_for_bytes},
    {"End of file comes with the last copy of the write end", &end_of_file_needs_the_last_writer},
    {"A killed process closes its descriptors", &death_closes_the_write_end},
    {"Bytes outlive the closing of their writer", &bytes_outlive_their_writer},
    {"A write without a reader is EPIPE and no signal", &write_without_reader_breaks},
    {"A write that waits is EPIPE when the last reader closes", &waiting_write_breaks},
    {"Writes of 4096 bytes are atomic", &small_writes_are_atomic},
};

}  // namespace

std::span<const PageCheck> pipe_checks() { return checks; }

}  // namespace heddle::conformance
