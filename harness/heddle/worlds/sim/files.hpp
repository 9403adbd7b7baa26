// Descriptors, pipes and sockets of the simulated kernel. A stream is one direction of bytes with a
// real capacity; it remembers on behalf of which operation each byte was written, so that a put can be
// traced to its get through buffers and servers. A file is one open end; each process's descriptor table
// refers to files, and an end is closed when the last process has let go of it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <heddle/core/situation.hpp>
#include <mp/os/os.hpp>

namespace heddle::sim {

inline constexpr std::size_t stream_capacity = 65'536;
inline constexpr std::size_t atomic_write_bytes = 4'096;

/// What pollers sleep on: any change of any file, after which they look again.
inline constexpr char any_file = 0;

/// Bytes in flight, first in first out, in a ring that grows up to the capacity and is kept.
class Stream {
 public:
  void reset();
  std::size_t readable() const { return static_cast<std::size_t>(written_ - read_); }
  std::size_t room() const { return stream_capacity - readable(); }
  std::uint64_t position() const { return read_; }
  void put(std::span<const std::byte> bytes, OperationIndex behalf);
  /// Takes out up to into.size() bytes; gives how many, and on whose behalf the first was written.
  std::size_t take(std::span<std::byte> into, OperationIndex& behalf);
  /// On whose behalf the next byte was written.
  OperationIndex next_behalf() const { return segments_.empty() ? none : segments_.front().behalf; }

  /// Files on their way, each with the byte that was written at this position.
  struct Passed {
    std::uint64_t position;
    std::uint32_t file;
  };
  std::uint64_t end() const { return written_; }

  std::uint32_t readers = 0;  // files
  std::uint32_t writers = 0;
  bool reset_pending = false;  // a socket's: the peer left bytes of ours unread, and nobody knows yet
  bool is_refused = false;     // over TCP, once nobody reads: writers have been told, or are to be
  std::deque<Passed> passed;   // oldest first; each counts as one reference of its file

 private:
  struct Segment {
    std::uint64_t end;  // position of the first byte after it
    OperationIndex behalf;
  };
  std::vector<std::byte> ring_;
  std::uint64_t written_ = 0;
  std::uint64_t read_ = 0;
  std::deque<Segment> segments_;
};

inline constexpr std::uint32_t no_stream = none;

struct File {
  enum class Kind : std::uint8_t { unused, sink, end, listener, process, segment };
  Kind kind = Kind::unused;
  std::uint32_t references = 0;        // descriptors, over all processes
  std::uint32_t in = no_stream;        // what a read takes from
  std::uint32_t out = no_stream;       // what a write goes to
  bool is_socket = false;              // an end's
  std::uint32_t subject = none;        // the process or segment that it names
  mp::Ports ports = {};                // a TCP socket's
  std::string address;                 // a listener's name, if it is a unix socket
  std::size_t backlog = 0;             // a listener's
  std::vector<std::uint32_t> pending;  // a listener's: files of the accepted side, not accepted yet
  OperationIndex caller = none;        // an accepted side's: whose call of the listener made it
  bool is_tcp() const { return ports.own != 0; }
  /// As in Linux, one more than the backlog.
  bool has_room() const { return pending.size() <= backlog; }
  void reset() {
    address.clear();
    pending.clear();
    *this = File{.address = std::move(address), .pending = std::move(pending)};
  }
};

using FileIndex = std::uint32_t;
inline constexpr FileIndex no_file = UINT32_MAX;

/// All files and streams of an execution, and one descriptor table per process.
class Files {
 public:
  explicit Files(Situation& situation) : situation_(situation) {}

  void begin();
  /// A process is born with a copy of its parent's table, or with the three standard sinks.
  void add_process(ProcessIndex process, ProcessIndex parent);
  /// A process is born with the standard sinks and these of its parent's descriptors, which are open, by
  /// their numbers.
  void add_spawned_process(ProcessIndex process, ProcessIndex parent, std::span<const mp::Descriptor> named);

  FileIndex make_end(std::uint32_t in, std::uint32_t out);
  FileIndex make_process(ProcessIndex process);
  FileIndex make_segment(std::uint32_t segment);
  FileIndex make_listener(const mp::SocketAddress& address, std::size_t backlog);
  std::uint32_t make_stream();
  /// The lowest free number, as in life.
  mp::Descriptor open(ProcessIndex process, FileIndex file);
  /// no_file when the number is not open.
  FileIndex find(ProcessIndex process, mp::Descriptor fd) const;
  /// Lets one descriptor go; gives the file, whose references may now be none.
  FileIndex close(ProcessIndex process, mp::Descriptor fd);
  /// The lowest open number of a process; -1 when there is none.
  mp::Descriptor any_open(ProcessIndex process) const;
  /// A reference that no process has: a descriptor on its way through a socket.
  void hold(FileIndex file) { count_on_the_way(file, +1); }
  void let_go(FileIndex file) { count_on_the_way(file, -1); }
  /// Who listens at this address; no_file if nobody does.
  FileIndex find_listener(const mp::SocketAddress& address) const;
  bool is_listening(FileIndex file) const;
  /// Some socket has it or had it.
  bool knows_port(std::uint16_t port) const;

  File& file(FileIndex index) { return files_[index]; }
  Stream& stream(std::uint32_t index) { return *streams_[index]; }

 private:
  void count(ProcessIndex process, FileIndex file, int change);
  void count_on_the_way(FileIndex file, int change);
  void count_references(FileIndex file, int change);

  Situation& situation_;
  Table<File> files_;
  std::vector<std::unique_ptr<Stream>> streams_;
  std::vector<std::vector<FileIndex>> tables_;  // by process, then by descriptor
};

}  // namespace heddle::sim
