// Descriptor calls of the simulated kernel. A blocked reader or writer looks again when its stream has
// changed; others may have been quicker, and then it waits on.
#include <algorithm>
#include <cerrno>
#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {
namespace {

// Three different things to wait for need three different addresses. Pollers share one and look again.
WaitKey readable(const Stream& stream) { return &stream.readers; }
WaitKey writable(const Stream& stream) { return &stream.writers; }
const char any_change = 0;

}  // namespace

mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> SimOs::pipe() {
  const Entry entry(*this, Call::pipe);
  const std::uint32_t stream = files_.make_stream();
  const ProcessIndex process = current_process();
  const mp::Descriptor read_end = files_.open(process, files_.make_end(stream, no_stream));
  const mp::Descriptor write_end = files_.open(process, files_.make_end(no_stream, stream));
  return std::pair(read_end, write_end);
}

mp::Result<std::pair<mp::Descriptor, mp::Descriptor>> SimOs::socketpair() {
  const Entry entry(*this, Call::socketpair);
  const std::uint32_t there = files_.make_stream();
  const std::uint32_t back = files_.make_stream();
  const ProcessIndex process = current_process();
  const mp::Descriptor first = files_.open(process, files_.make_end(back, there));
  const mp::Descriptor second = files_.open(process, files_.make_end(there, back));
  return std::pair(first, second);
}

mp::Result<mp::Descriptor> SimOs::listen(std::string_view address, int) {
  const Entry entry(*this, Call::listen);
  if (files_.find_listener(address) != no_file) return mp::failure(EADDRINUSE);
  return files_.open(current_process(), files_.make_listener(address));
}

mp::Result<mp::Descriptor> SimOs::accept(mp::Descriptor listener, mp::Instant deadline) {
  const Entry entry(*this, Call::accept);
  const FileIndex index = files_.find(current_process(), listener);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind != File::Kind::listener) return mp::failure(EINVAL);
  while (files_.file(index).pending.empty())
    if (scheduler_.block(WaitKind::readable, none, &any_change, deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
  File& file = files_.file(index);
  const FileIndex accepted = file.pending.front();
  file.pending.erase(file.pending.begin());
  set_pending(accepted, false);
  return files_.open(current_process(), accepted);
}

mp::Result<mp::Descriptor> SimOs::connect(std::string_view address) {
  const Entry entry(*this, Call::connect);
  const FileIndex listener = files_.find_listener(address);
  if (listener == no_file) return mp::failure(ECONNREFUSED);
  const std::uint32_t there = files_.make_stream();
  const std::uint32_t back = files_.make_stream();
  const FileIndex theirs = files_.make_end(there, back);
  const FileIndex ours = files_.make_end(back, there);
  files_.file(listener).pending.push_back(theirs);
  set_pending(theirs, true);
  scheduler_.wake_all(&any_change);
  return files_.open(current_process(), ours);
}

void SimOs::set_pending(FileIndex accepted_side, bool is_pending) {
  situation_.streams[files_.file(accepted_side).in].is_pending = is_pending;
  situation_.streams[files_.file(accepted_side).out].is_pending = is_pending;
}

mp::Result<std::size_t> SimOs::read(mp::Descriptor fd, std::span<std::byte> into) {
  const Entry entry(*this, Call::read);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind == File::Kind::sink) return std::size_t{0};
  const std::uint32_t in = files_.file(index).in;
  if (in == no_stream) return mp::failure(EBADF);
  if (into.empty()) return std::size_t{0};
  Stream& stream = files_.stream(in);
  while (stream.readable() == 0) {
    if (stream.writers == 0) {
      observation_.end_of_file(in);
      scheduler_.synchronise(&stream);
      return std::size_t{0};
    }
    scheduler_.block(WaitKind::readable, in, readable(stream), mp::never);
  }
  OperationIndex behalf = none;
  const std::uint64_t offset = stream.position();
  const std::size_t count = stream.take(into, behalf);
  if (behalf != none) scheduler_.task(scheduler_.current()).received = behalf;
  observation_.bytes_read(in, offset, count);
  scheduler_.synchronise(&stream);
  scheduler_.wake_all(writable(stream));
  return count;
}

mp::Result<std::size_t> SimOs::write(mp::Descriptor fd, std::span<const std::byte> bytes) {
  const Entry entry(*this, Call::write);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind == File::Kind::sink) return bytes.size();
  const std::uint32_t out = files_.file(index).out;
  if (out == no_stream) return mp::failure(EBADF);
  if (bytes.empty()) return std::size_t{0};
  Stream& stream = files_.stream(out);
  const std::size_t needed = bytes.size() <= atomic_write_bytes ? bytes.size() : 1;
  for (;;) {
    if (stream.readers == 0) return mp::failure(EPIPE);
    if (stream.room() >= needed) break;
    scheduler_.block(WaitKind::writable, out, writable(stream), mp::never);
  }
  const std::size_t count = std::min(bytes.size(), stream.room());
  stream.put(bytes.first(count), observation_.behalf());
  observation_.bytes_written(out);
  scheduler_.synchronise(&stream);
  scheduler_.wake_all(readable(stream));
  scheduler_.wake_all(&any_change);
  return count;
}

mp::Result<void> SimOs::close(mp::Descriptor fd) {
  const Entry entry(*this, Call::close);
  if (files_.find(current_process(), fd) == no_file) return mp::failure(EBADF);
  close_descriptor(current_process(), fd, scheduler_.current());
  observation_.descriptor_closed();
  stop_if_wanted();
  return {};
}

void SimOs::close_descriptor(ProcessIndex process, mp::Descriptor fd, TaskIndex closer) {
  const FileIndex index = files_.close(process, fd);
  File& file = files_.file(index);
  if (file.kind == File::Kind::listener && file.references == 0) close_pending(file);
  if (file.out != no_stream) {
    observation_.stream_gone(file.out, closer);
    scheduler_.synchronise(&files_.stream(file.out));
  }
  if (file.references > 0) return;
  if (file.in != no_stream) stream_changed(file.in);
  if (file.out != no_stream) stream_changed(file.out);
}

// Nobody will ever accept them: to their clients the other side is gone.
void SimOs::close_pending(File& listener) {
  for (const FileIndex each : listener.pending) {
    File& file = files_.file(each);
    set_pending(each, false);
    --files_.stream(file.in).readers;
    --files_.stream(file.out).writers;
    stream_changed(file.in);
    stream_changed(file.out);
  }
  listener.pending.clear();
}

void SimOs::stream_changed(std::uint32_t index) {
  scheduler_.wake_all(readable(files_.stream(index)));
  scheduler_.wake_all(writable(files_.stream(index)));
  scheduler_.wake_all(&any_change);
}

mp::Result<mp::Descriptor> SimOs::duplicate(mp::Descriptor fd) {
  const Entry entry(*this, Call::duplicate);
  const FileIndex index = files_.find(current_process(), fd);
  if (index == no_file) return mp::failure(EBADF);
  return files_.open(current_process(), index);
}

bool SimOs::is_ready(FileIndex index) {
  if (index == no_file) return true;  // an error is an answer
  const File& file = files_.file(index);
  if (file.kind == File::Kind::listener) return !file.pending.empty();
  if (file.in != no_stream)
    return files_.stream(file.in).readable() > 0 || files_.stream(file.in).writers == 0;
  if (file.out != no_stream) return files_.stream(file.out).readers == 0;
  return true;
}

mp::Result<int> SimOs::poll(std::span<mp::PollItem> items, mp::Instant deadline) {
  const Entry entry(*this, Call::poll);
  const ProcessIndex process = current_process();
  for (const mp::PollItem& item : items)
    if (files_.find(process, item.fd) == no_file) return mp::failure(EBADF);
  for (;;) {
    int ready = 0;
    for (mp::PollItem& item : items) {
      item.ready = is_ready(files_.find(process, item.fd));
      if (item.ready) ++ready;
    }
    if (ready > 0) return ready;
    std::uint32_t stream = none;
    if (!items.empty()) stream = files_.file(files_.find(process, items.front().fd)).in;
    if (scheduler_.block(WaitKind::readable, stream, &any_change, deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
  }
}

}  // namespace heddle::sim
