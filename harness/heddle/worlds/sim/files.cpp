// Streams, files and descriptor tables.
#include <algorithm>
#include <cstring>
#include <heddle/worlds/sim/files.hpp>
#include <heddle/worlds/sim/observation.hpp>

namespace heddle::sim {

void Stream::reset() {
  written_ = read_ = 0;
  segments_.clear();
  readers = writers = 0;
  reset_pending = is_refused = false;
  passed.clear();
}

void Stream::put(std::span<const std::byte> bytes, OperationIndex behalf) {
  if (readable() + bytes.size() > ring_.size()) {
    const std::size_t held = readable();
    std::vector<std::byte> larger(
        std::min(stream_capacity, std::max(ring_.size() * 2, held + bytes.size() + 256)));
    for (std::size_t i = 0; i < held; ++i)
      larger[(read_ + i) % larger.size()] = ring_[(read_ + i) % ring_.size()];
    ring_.swap(larger);
  }
  const std::size_t start = written_ % ring_.size();
  const std::size_t first = std::min(bytes.size(), ring_.size() - start);
  std::memcpy(ring_.data() + start, bytes.data(), first);
  if (first < bytes.size()) std::memcpy(ring_.data(), bytes.data() + first, bytes.size() - first);
  written_ += bytes.size();
  segments_.push_back({written_, behalf});
}

std::size_t Stream::take(std::span<std::byte> into, OperationIndex& behalf) {
  const std::size_t count = std::min(into.size(), readable());
  if (count == 0) return 0;
  behalf = segments_.front().behalf;
  const std::size_t start = read_ % ring_.size();
  const std::size_t first = std::min(count, ring_.size() - start);
  std::memcpy(into.data(), ring_.data() + start, first);
  if (first < count) std::memcpy(into.data() + first, ring_.data(), count - first);
  read_ += count;
  while (!segments_.empty() && segments_.front().end <= read_) segments_.pop_front();
  return count;
}

void Files::begin() {
  files_.clear();
  tables_.resize(std::max<std::size_t>(tables_.size(), 1));
}

std::uint32_t Files::make_stream() {
  const std::uint32_t index = situation_.streams.add();
  while (streams_.size() <= index) streams_.push_back(std::make_unique<Stream>());
  streams_[index]->reset();
  return index;
}

FileIndex Files::make_end(std::uint32_t in, std::uint32_t out) {
  const FileIndex index = files_.add();
  files_[index].kind = File::Kind::end;
  files_[index].in = in;
  files_[index].out = out;
  if (in != no_stream) ++streams_[in]->readers;
  if (out != no_stream) ++streams_[out]->writers;
  return index;
}

FileIndex Files::make_process(ProcessIndex process) {
  const FileIndex index = files_.add();
  files_[index].kind = File::Kind::process;
  files_[index].subject = process;
  return index;
}

FileIndex Files::make_segment(std::uint32_t segment) {
  const FileIndex index = files_.add();
  files_[index].kind = File::Kind::segment;
  files_[index].subject = segment;
  return index;
}

FileIndex Files::make_listener(const mp::SocketAddress& address, std::size_t backlog) {
  const FileIndex index = files_.add();
  files_[index].kind = File::Kind::listener;
  files_[index].address = address.name;
  files_[index].ports.own = address.port;
  files_[index].backlog = backlog;
  return index;
}

void Files::add_process(ProcessIndex process, ProcessIndex parent) {
  if (tables_.size() <= process) tables_.resize(process + 1);
  auto& table = tables_[process];
  table.clear();
  if (parent == none) {
    const FileIndex sink = files_.add();
    files_[sink].kind = File::Kind::sink;
    for (int i = 0; i < 3; ++i) open(process, sink);
    return;
  }
  table = tables_[parent];
  for (const FileIndex file : table)
    if (file != no_file) count(process, file, +1);
}

void Files::add_spawned_process(ProcessIndex process, ProcessIndex parent,
                                std::span<const mp::Descriptor> named) {
  add_process(process, none);
  auto& table = tables_[process];
  for (const mp::Descriptor fd : named) {
    const auto place = static_cast<std::size_t>(fd);
    if (table.size() <= place) table.resize(place + 1, no_file);
    if (table[place] != no_file) continue;  // named twice, or a standard one
    table[place] = find(parent, fd);
    count(process, table[place], +1);
  }
}

mp::Descriptor Files::open(ProcessIndex process, FileIndex file) {
  auto& table = tables_[process];
  const auto free = std::ranges::find(table, no_file);
  const auto fd = static_cast<mp::Descriptor>(free - table.begin());
  if (free == table.end()) {
    table.push_back(file);
  } else {
    *free = file;
  }
  count(process, file, +1);
  return fd;
}

FileIndex Files::find(ProcessIndex process, mp::Descriptor fd) const {
  const auto& table = tables_[process];
  if (fd < 0 || static_cast<std::size_t>(fd) >= table.size()) return no_file;
  return table[static_cast<std::size_t>(fd)];
}

FileIndex Files::close(ProcessIndex process, mp::Descriptor fd) {
  const FileIndex index = find(process, fd);
  if (index == no_file) return no_file;
  tables_[process][static_cast<std::size_t>(fd)] = no_file;
  count(process, index, -1);
  return index;
}

mp::Descriptor Files::any_open(ProcessIndex process) const {
  const auto& table = tables_[process];
  for (std::size_t fd = 0; fd < table.size(); ++fd)
    if (table[fd] != no_file) return static_cast<mp::Descriptor>(fd);
  return -1;
}

FileIndex Files::find_listener(const mp::SocketAddress& address) const {
  for (FileIndex index = 0; index < files_.size(); ++index)
    if (is_listening(index) && files_[index].address == address.name &&
        files_[index].ports.own == address.port)
      return index;
  return no_file;
}

bool Files::is_listening(FileIndex index) const {
  return index < files_.size() && files_[index].kind == File::Kind::listener && files_[index].references > 0;
}

bool Files::knows_port(std::uint16_t port) const {
  return std::ranges::any_of(files_, [&](const File& file) { return file.ports.own == port; });
}

namespace {

void add(std::uint32_t& number, int change) {
  number = static_cast<std::uint32_t>(static_cast<int>(number) + change);
}

}  // namespace

// Keeps the situation's account of who holds which end of which stream.
void Files::count(ProcessIndex process, FileIndex index, int change) {
  const File& file = files_[index];
  if (file.in != no_stream) add(holder_of(situation_.streams[file.in].readers, process).descriptors, change);
  if (file.out != no_stream)
    add(holder_of(situation_.streams[file.out].writers, process).descriptors, change);
  count_references(index, change);
}

void Files::count_on_the_way(FileIndex index, int change) {
  const File& file = files_[index];
  if (file.in != no_stream) add(situation_.streams[file.in].on_the_way, change);
  if (file.out != no_stream) add(situation_.streams[file.out].on_the_way, change);
  count_references(index, change);
}

// The last reference takes the end away from its streams.
void Files::count_references(FileIndex index, int change) {
  File& file = files_[index];
  add(file.references, change);
  if (file.references > 0 || file.kind != File::Kind::end) return;
  if (file.in != no_stream) --streams_[file.in]->readers;
  if (file.out != no_stream) --streams_[file.out]->writers;
}

}  // namespace heddle::sim
