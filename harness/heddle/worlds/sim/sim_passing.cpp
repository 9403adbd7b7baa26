// Descriptors on their way between processes of the simulated kernel: each travels with one byte of a
// socket's stream and counts as a reference of its file until somebody takes it out.
#include <cerrno>
#include <heddle/worlds/sim/sim_os.hpp>

namespace heddle::sim {

mp::Result<void> SimOs::send_descriptor(mp::Descriptor socket, mp::Descriptor passed) {
  const Entry entry(*this, Call::send_descriptor);
  const FileIndex through = files_.find(current_process(), socket);
  const FileIndex file = files_.find(current_process(), passed);
  if (through == no_file || file == no_file) return mp::failure(EBADF);
  if (!files_.file(through).is_socket) return mp::failure(ENOTSOCK);
  if (files_.file(through).is_tcp()) return mp::failure(EOPNOTSUPP);
  const std::uint32_t out = files_.file(through).out;
  const mp::Result<void> room = await_room(files_.file(through), 1);
  if (!room) return mp::failure(room.error().value);
  files_.stream(out).passed.push_back({.position = files_.stream(out).end(), .file = file});
  files_.hold(file);
  const std::byte byte{'D'};
  put_bytes(out, std::span(&byte, 1));
  return {};
}

mp::Result<mp::Descriptor> SimOs::receive_descriptor(mp::Descriptor socket) {
  const Entry entry(*this, Call::receive_descriptor);
  const FileIndex through = files_.find(current_process(), socket);
  if (through == no_file) return mp::failure(EBADF);
  if (!files_.file(through).is_socket) return mp::failure(ENOTSOCK);
  if (files_.file(through).is_tcp()) return mp::failure(EOPNOTSUPP);
  const std::uint32_t in = files_.file(through).in;
  const mp::Result<bool> comes = await_bytes(in);
  if (!comes) return mp::failure(comes.error().value);
  if (!*comes) return mp::failure(ENODATA);
  Stream& stream = files_.stream(in);
  const bool comes_now = !stream.passed.empty() && stream.passed.front().position == stream.position();
  const FileIndex file = comes_now ? stream.passed.front().file : no_file;
  if (comes_now) stream.passed.pop_front();
  std::byte byte{};
  take_bytes(in, std::span(&byte, 1));
  if (!comes_now) return mp::failure(EBADMSG);
  if (is_struck(ChoiceKind::fds)) {  // as in life: the byte is read, and what it brought is gone
    files_.let_go(file);
    if (files_.file(file).references == 0) let_go(file);
    return mp::failure(EBADMSG);
  }
  const mp::Descriptor fd = open(file);
  files_.let_go(file);  // the one that was on its way; the descriptor has its own
  return fd;
}

// Descriptors whose byte went out by a plain read go nowhere.
void SimOs::drop_passed(Stream& stream, std::uint64_t before) {
  while (!stream.passed.empty() && stream.passed.front().position < before) {
    const FileIndex file = stream.passed.front().file;
    stream.passed.pop_front();
    files_.let_go(file);
    if (files_.file(file).references == 0) let_go(file);
  }
}

}  // namespace heddle::sim
