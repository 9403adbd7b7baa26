// Listeners and their callers in the simulated kernel: unix sockets by file or abstract name, and TCP on the
// loopback interface. A connection is there from its connect on; until somebody accepts it, it is one of its
// listener's pending files. Callers beyond the backlog wait and look again when one has been accepted.
//
// Ports that are free come from the label of the task that asks, so that no other branch of the program
// changes them; a port that was used in the execution is not given out again.
#include <algorithm>
#include <cerrno>
#include <heddle/worlds/sim/sim_os.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace heddle::sim {
namespace {

constexpr std::size_t name_letters_max = 107;
constexpr std::uint16_t first_free_port = 32'768;
constexpr std::uint16_t free_ports = 28'232;  // Linux's usual range

/// What those who wait for a backlog sleep on: any listener that has room again, or is gone. It stands for
/// all listeners, their callers and their addresses.
constexpr char any_room = 0;

/// 0: the address is well-formed.
int fault_of(const mp::SocketAddress& address) {
  if (address.family == mp::SocketAddress::Family::loopback) return 0;
  if (address.name.empty()) return EINVAL;
  return address.name.size() > name_letters_max ? ENAMETOOLONG : 0;
}

}  // namespace

void SimOs::look_at_listeners() { scheduler_.touch(&any_room, AccessKind::read); }

std::uint16_t SimOs::free_port() {
  const std::string label = situation_.label_of(scheduler_.current());
  std::uint64_t number = XXH3_64bits(label.data(), label.size());
  while (files_.knows_port(static_cast<std::uint16_t>(first_free_port + number % free_ports))) ++number;
  return static_cast<std::uint16_t>(first_free_port + number % free_ports);
}

// Abstract names and ports are a listener's while it is open; a file is whoever's it was bound to.
mp::Result<FileIndex> SimOs::find_listener(const mp::SocketAddress& address) const {
  if (const int fault = fault_of(address); fault != 0) return mp::failure(fault);
  const bool is_file = address.family == mp::SocketAddress::Family::unix_name && !address.is_abstract();
  if (!is_file) {
    const FileIndex found = files_.find_listener(address);
    return found != no_file ? mp::Result<FileIndex>(found) : mp::failure(ECONNREFUSED);
  }
  const mp::Result<std::uint32_t> bound = paths_.listener_at(address.name);
  if (!bound) return bound;
  return files_.is_listening(*bound) ? bound : mp::failure(ECONNREFUSED);
}

mp::Result<mp::Descriptor> SimOs::listen(mp::SocketAddress address, int backlog) {
  const Entry entry(*this, Call::listen, &any_room);
  scheduler_.touch(&any_room, AccessKind::write);
  scheduler_.touch(&paths_, AccessKind::write);
  if (const int fault = fault_of(address); fault != 0) return mp::failure(fault);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  const bool is_tcp = address.family == mp::SocketAddress::Family::loopback;
  if (is_tcp && address.port == 0) address.port = free_port();
  const bool is_file = !is_tcp && !address.is_abstract();
  if (!is_file && files_.find_listener(address) != no_file) return mp::failure(EADDRINUSE);
  if (is_file && is_struck(ChoiceKind::enospc)) return mp::failure(ENOSPC);
  const FileIndex listener = files_.make_listener(address, static_cast<std::size_t>(std::max(backlog, 0)));
  if (is_file) {
    const mp::Result<void> bound = paths_.add_socket(address.name, listener);
    if (!bound) return mp::failure(bound.error().value == EEXIST ? EADDRINUSE : bound.error().value);
  }
  return open(listener);
}

mp::Result<mp::Descriptor> SimOs::accept(mp::Descriptor listener, mp::Instant deadline) {
  const Entry entry(*this, Call::accept, &any_room);
  const FileIndex index = files_.find(current_process(), listener);
  if (index == no_file) return mp::failure(EBADF);
  if (files_.file(index).kind != File::Kind::listener) return mp::failure(EINVAL);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);  // before it looks for a caller, as in life
  situation_.tasks[scheduler_.current()].targets.assign(1, target_of(index));
  scheduler_.touch(&any_room, AccessKind::read);
  while (files_.file(index).pending.empty()) {
    if (is_interrupted(deadline)) return mp::failure(EINTR);
    if (scheduler_.block(WaitKind::readable, none, &any_file, deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
  }
  File& file = files_.file(index);
  scheduler_.touch(&any_room, AccessKind::write);
  const FileIndex accepted = file.pending.front();
  file.pending.erase(file.pending.begin());
  set_pending(accepted, false);
  scheduler_.task(scheduler_.current()).received = files_.file(accepted).caller;
  scheduler_.synchronise(&files_.stream(files_.file(accepted).in), AccessKind::write);
  scheduler_.wake_all(&any_room);
  return open(accepted);
}

mp::Result<mp::Descriptor> SimOs::connect(mp::SocketAddress address, mp::Instant deadline) {
  const Entry entry(*this, Call::connect, &any_room);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  for (;;) {
    scheduler_.touch(&paths_, AccessKind::read);
    scheduler_.touch(&any_room, AccessKind::write);
    const mp::Result<FileIndex> listener = find_listener(address);
    if (!listener) return mp::failure(listener.error().value);
    if (files_.file(*listener).has_room()) return call(*listener);
    if (is_interrupted(deadline)) return mp::failure(EINTR);
    if (scheduler_.block(WaitKind::writable, none, &any_room, deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
  }
}

mp::Descriptor SimOs::call(FileIndex listener) {
  const std::uint32_t there = make_stream();
  const std::uint32_t back = make_stream();
  const FileIndex theirs = files_.make_end(there, back);
  const FileIndex ours = files_.make_end(back, there);
  files_.file(theirs).is_socket = files_.file(ours).is_socket = true;
  files_.file(theirs).caller = observation_.behalf();
  const std::uint16_t port = files_.file(listener).ports.own;
  if (port != 0) {
    files_.file(ours).ports = {.own = free_port(), .peer = port};
    files_.file(theirs).ports = {.own = port, .peer = files_.file(ours).ports.own};
  }
  files_.file(listener).pending.push_back(theirs);
  set_pending(theirs, true);
  scheduler_.synchronise(&files_.stream(there), AccessKind::write);
  wake_pollers({.kind = WaitKind::readable});
  return open(ours);
}

void SimOs::set_pending(FileIndex accepted_side, bool is_pending) {
  situation_.streams[files_.file(accepted_side).in].is_pending = is_pending;
  situation_.streams[files_.file(accepted_side).out].is_pending = is_pending;
}

// Nobody will ever accept them: to their clients the other side is gone.
void SimOs::close_pending(File& listener) {
  scheduler_.touch(&any_room, AccessKind::write);
  for (const FileIndex each : listener.pending) {
    const File& file = files_.file(each);
    set_pending(each, false);
    --files_.stream(file.in).readers;
    --files_.stream(file.out).writers;
    reset_peer(file);  // as in life, with bytes unread or without
    stream_changed(file.in);
    stream_changed(file.out);
  }
  listener.pending.clear();
  scheduler_.wake_all(&any_room);
}

mp::Result<mp::Ports> SimOs::ports(mp::Descriptor socket) {
  const Entry entry(*this, Call::ports);
  const FileIndex index = files_.find(current_process(), socket);
  if (index == no_file) return mp::failure(EBADF);
  const File& file = files_.file(index);
  if (!file.is_socket && file.kind != File::Kind::listener) return mp::failure(ENOTSOCK);
  return file.ports;
}

mp::Result<void> SimOs::make_directory(std::string_view path) {
  const Entry entry(*this, Call::make_directory, &paths_);
  scheduler_.touch(&paths_, AccessKind::write);
  if (is_struck(ChoiceKind::enospc)) return mp::failure(ENOSPC);
  return paths_.add_directory(path);
}

mp::Result<void> SimOs::remove(std::string_view path) {
  const Entry entry(*this, Call::remove, &paths_);
  scheduler_.touch(&paths_, AccessKind::write);
  return paths_.remove(path);
}

}  // namespace heddle::sim
