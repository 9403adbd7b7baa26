// Descriptor calls of the simulated kernel. A blocked reader or writer looks again when its stream has
// changed; others may have been quicker, and then it waits on.
#include <algorithm>
#include <cerrno>
#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {
namespace {

// Different things to wait for need different addresses. Pollers share one and look again.
WaitKey readable(const Stream& stream) { return &stream.readers; }
WaitKey writable(const Stream& stream) { return &stream.writers; }

}  // namespace

// Whoever would sleep may be interrupted before. That stands for any moment of the sleep: others run between
// this call and the one that is made instead of it.
bool SimOs::is_interrupted(mp::Instant deadline) {
  return deadline > scheduler_.now() && is_struck(ChoiceKind::eintr);
}

// How many of the bytes that a read or write could move it does move.
std::size_t SimOs::moved(std::size_t bytes) {
  if (bytes < 2) return bytes;
  switch (scheduler_.fault(ChoiceKind::short_io, bytes == 2 ? 2 : 3)) {
    case 1:
      return 1;
    case 2:
      return bytes / 2;
    default:
      return bytes;
  }
}

mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> SimOs::pipe() {
  const Entry entry(*this, Call::pipe);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  const std::uint32_t stream = make_stream();
  const mp::Descriptor read_end = open(files_.make_end(stream, no_stream));
  const mp::Descriptor write_end = open(files_.make_end(no_stream, stream));
  return std::pair(read_end, write_end);
}

mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> SimOs::socketpair() {
  const Entry entry(*this, Call::socketpair);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  const std::uint32_t there = make_stream();
  const std::uint32_t back = make_stream();
  const FileIndex first = files_.make_end(back, there);
  const FileIndex second = files_.make_end(there, back);
  files_.file(first).is_socket = files_.file(second).is_socket = true;
  const mp::Descriptor ours = open(first);
  return std::pair(ours, open(second));
}

// A peer that closed with bytes unread resets the connection: one call learns of it, then it is closed.
bool SimOs::take_reset(std::uint32_t in) {
  return in != no_stream && std::exchange(files_.stream(in).reset_pending, false);
}

// False: the end of file. What the peer sent before it closed comes before the word that it reset.
mp::Result<bool> SimOs::await_bytes(std::uint32_t in) {
  Stream& stream = files_.stream(in);
  while (stream.readable() == 0) {
    if (stream.writers == 0) {
      observation_.end_of_file(in);
      scheduler_.synchronise(&stream, AccessKind::read);
      if (take_reset(in)) return mp::failure(ECONNRESET);
      return false;
    }
    if (is_interrupted(mp::never)) return mp::failure(EINTR);
    scheduler_.touch(&stream, AccessKind::read);
    scheduler_.block(WaitKind::readable, in, readable(stream), mp::never);
  }
  return true;
}

std::size_t SimOs::take_bytes(std::uint32_t in, std::span<std::byte> into) {
  Stream& stream = files_.stream(in);
  OperationIndex behalf = none;
  const std::uint64_t offset = stream.position();
  const std::size_t count = stream.take(into, behalf);
  if (behalf != none) scheduler_.task(scheduler_.current()).received = behalf;
  observation_.bytes_read(in, offset, count);
  scheduler_.synchronise(&stream, AccessKind::write);
  scheduler_.wake_all(writable(stream));
  return count;
}

mp::Result<std::size_t> SimOs::read(mp::Descriptor fd, std::span<std::byte> into) {
  const Entry entry(*this, Call::read);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind == File::Kind::sink) return std::size_t{0};
  const std::uint32_t in = files_.file(index).in;
  if (in == no_stream) return mp::failure(EBADF);
  if (into.empty()) return std::size_t{0};
  const mp::Result<bool> comes = await_bytes(in);
  if (!comes) return mp::failure(comes.error().value);
  if (!*comes) return std::size_t{0};
  const std::size_t count =
      take_bytes(in, into.first(moved(std::min<std::size_t>(into.size(), files_.stream(in).readable()))));
  drop_passed(files_.stream(in), files_.stream(in).position());
  return count;
}

// To its peer, a side that closed with bytes unread, or that was never accepted. Over TCP the word of it
// reaches those who write as well.
void SimOs::reset_peer(const File& closed) {
  files_.stream(closed.out).reset_pending = true;
  files_.stream(closed.in).is_refused = true;
}

// EPIPE: nobody can read any more. A writer that waits takes the word of a reset, as in life: it hears of it
// unless part of what it writes has gone out before, and the larger of these calls stands for the rest.
mp::Result<void> SimOs::await_room(const File& file, std::size_t bytes) {
  const std::uint32_t out = file.out;
  const std::uint32_t in = file.in;
  const Stream& stream = files_.stream(out);
  const bool is_atomic = bytes <= atomic_write_bytes;
  bool waited = false;
  while (stream.readers > 0 && stream.room() < (is_atomic ? bytes : 1)) {
    if (is_interrupted(mp::never)) return mp::failure(EINTR);
    waited = true;
    scheduler_.touch(&stream, AccessKind::read);
    scheduler_.block(WaitKind::writable, out, writable(stream), mp::never);
  }
  if (stream.readers > 0) return {};
  scheduler_.touch(&stream, AccessKind::read);
  if (file.is_tcp()) return is_heard_of(file);
  const bool was_reset = waited && take_reset(in);
  return mp::failure(was_reset && is_atomic ? ECONNRESET : EPIPE);
}

// Over TCP a writer learns of the peer's close by what comes back for a first write, which goes nowhere.
mp::Result<void> SimOs::is_heard_of(const File& file) {
  if (take_reset(file.in)) return mp::failure(ECONNRESET);
  if (std::exchange(files_.stream(file.out).is_refused, true)) return mp::failure(EPIPE);
  return {};
}

void SimOs::put_bytes(std::uint32_t out, std::span<const std::byte> bytes) {
  Stream& stream = files_.stream(out);
  stream.put(bytes, observation_.behalf());
  observation_.bytes_written(out, bytes.size());
  scheduler_.synchronise(&stream, AccessKind::write);
  scheduler_.wake_all(readable(stream));
  wake_pollers({.kind = WaitKind::readable, .target = out});
}

mp::Result<std::size_t> SimOs::write(mp::Descriptor fd, std::span<const std::byte> bytes) {
  const Entry entry(*this, Call::write);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind == File::Kind::sink) return bytes.size();
  const std::uint32_t out = files_.file(index).out;
  if (out == no_stream) return mp::failure(EBADF);
  if (bytes.empty()) return std::size_t{0};
  const mp::Result<void> room = await_room(files_.file(index), bytes.size());
  if (!room) return mp::failure(room.error().value);
  std::size_t count = std::min(bytes.size(), files_.stream(out).room());
  if (files_.stream(out).readers == 0) return count;
  const bool is_whole = !files_.file(index).is_socket && bytes.size() <= atomic_write_bytes;
  if (!is_whole) count = moved(count);
  put_bytes(out, bytes.first(count));
  return count;
}

mp::Result<void> SimOs::close(mp::Descriptor fd) {
  const Entry entry(*this, Call::close);
  if (files_.find(current_process(), fd) == no_file) return mp::failure(EBADF);
  scheduler_.touch(&processes_[current_process()]->numbers, AccessKind::write);
  close_descriptor(current_process(), fd, scheduler_.current());
  observation_.descriptor_closed();
  stop_if_wanted();
  return {};
}

void SimOs::close_descriptor(ProcessIndex process, mp::Descriptor fd, TaskIndex closer) {
  const FileIndex index = files_.close(process, fd);
  const File& file = files_.file(index);
  if (file.out != no_stream) {
    observation_.stream_gone(file.out, closer);
    scheduler_.synchronise(&files_.stream(file.out), AccessKind::write);
  }
  if (file.references == 0) let_go(index);
}

// Nothing refers to the file any more. What was on its way to a stream that nobody can read is gone as well.
void SimOs::let_go(FileIndex index) {
  File& file = files_.file(index);
  if (file.kind == File::Kind::listener) close_pending(file);
  const std::uint32_t in = file.in;
  const std::uint32_t out = file.out;
  if (in != no_stream) stream_changed(in);
  if (out != no_stream) stream_changed(out);
  if (in == no_stream || files_.stream(in).readers > 0) return;
  if (file.is_socket && files_.stream(in).readable() > 0) reset_peer(file);
  drop_passed(files_.stream(in), UINT64_MAX);
}

void SimOs::stream_changed(std::uint32_t index) {
  scheduler_.touch(&files_.stream(index), AccessKind::write);
  scheduler_.wake_all(readable(files_.stream(index)));
  scheduler_.wake_all(writable(files_.stream(index)));
  wake_pollers({.kind = WaitKind::readable, .target = index});
}

mp::Result<mp::Descriptor> SimOs::duplicate(mp::Descriptor fd) {
  const Entry entry(*this, Call::duplicate);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  return open(index);
}

bool SimOs::is_ready(FileIndex index) {
  if (index == no_file) return true;  // an error is an answer
  const File& file = files_.file(index);
  if (file.kind == File::Kind::listener) return !file.pending.empty();
  if (file.kind == File::Kind::process) return !situation_.processes[file.subject].alive;
  if (file.in != no_stream)
    return files_.stream(file.in).readable() > 0 || files_.stream(file.in).writers == 0;
  if (file.out != no_stream) return files_.stream(file.out).readers == 0;
  return true;
}

void SimOs::look_at(FileIndex index) {
  if (index == no_file) return;  // closed meanwhile
  const File& file = files_.file(index);
  if (file.kind == File::Kind::process)
    scheduler_.touch(processes_[file.subject].get(), AccessKind::read);
  else if (file.kind == File::Kind::listener)
    look_at_listeners();
  else if (file.in != no_stream || file.out != no_stream)
    scheduler_.touch(&files_.stream(file.in != no_stream ? file.in : file.out), AccessKind::read);
}

// What a poll that finds it ready lets its caller know. Who calls a listener promises nothing by that.
void SimOs::see(FileIndex index) {
  if (index == no_file) return;  // closed meanwhile
  const File& file = files_.file(index);
  if (file.kind == File::Kind::process) {
    scheduler_.synchronise(processes_[file.subject].get(), AccessKind::read);
    observation_.end_seen(file.subject);
  } else if (file.in != no_stream) {
    Stream& stream = files_.stream(file.in);
    scheduler_.synchronise(&stream, AccessKind::read);
    if (stream.readable() > 0)
      observation_.bytes_seen(stream.next_behalf());
    else
      observation_.end_of_file(file.in);
  }
}

WaitTarget SimOs::target_of(FileIndex index) {
  const File& file = files_.file(index);
  if (file.kind == File::Kind::process) return {.kind = WaitKind::process, .target = file.subject};
  if (file.in == no_stream && file.out != no_stream) return {.kind = WaitKind::writable, .target = file.out};
  return {.kind = WaitKind::readable, .target = file.in};
}

// Pollers whose files have not changed sleep on.
void SimOs::wake_pollers(WaitTarget changed) {
  scheduler_.wake_those(&any_file, [&](TaskIndex poller) {
    return std::ranges::any_of(situation_.tasks[poller].targets, [&](const WaitTarget& each) {
      return each.target == changed.target &&
             (each.kind == WaitKind::process) == (changed.kind == WaitKind::process);
    });
  });
}

mp::Descriptor SimOs::open(FileIndex file) {
  scheduler_.touch(&processes_[current_process()]->numbers, AccessKind::write);
  return files_.open(current_process(), file);
}

std::uint32_t SimOs::make_stream() {
  const std::uint32_t stream = files_.make_stream();
  Accesses& accesses = scheduler_.accesses();
  accesses.name(&files_.stream(stream), accesses.make_id(scheduler_.current()));
  return stream;
}

// One thing waited for is told like any other wait for it.
Wake SimOs::wait_for_any(std::span<mp::PollItem> items, mp::Instant deadline) {
  std::vector<WaitTarget>& targets = situation_.tasks[scheduler_.current()].targets;
  targets.clear();
  for (const mp::PollItem& item : items)
    targets.push_back(target_of(files_.find(current_process(), item.fd)));
  const WaitTarget single = targets.size() == 1 ? targets.front() : WaitTarget{.kind = WaitKind::any};
  return scheduler_.block(single.kind, single.target, &any_file, deadline);
}

mp::Result<int> SimOs::poll(std::span<mp::PollItem> items, mp::Instant deadline) {
  const Entry entry(*this, Call::poll);
  const ProcessIndex process = current_process();
  for (const mp::PollItem& item : items)
    if (files_.find(process, item.fd) == no_file) return mp::failure(EBADF);
  for (;;) {
    int ready = 0;
    for (mp::PollItem& item : items) {
      const FileIndex index = files_.find(process, item.fd);
      look_at(index);
      item.ready = is_ready(index);
      if (!item.ready) continue;
      see(index);
      ++ready;
    }
    if (ready > 0) return ready;
    if (is_struck(ChoiceKind::eintr)) return mp::failure(EINTR);  // also when it would not sleep, as in life
    if (wait_for_any(items, deadline) == Wake::timed_out) return mp::failure(ETIMEDOUT);
  }
}

}  // namespace heddle::sim
