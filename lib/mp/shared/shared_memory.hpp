// Shared memory with a name: a process makes a segment, others attach to it by its name, whoever they are.
// The bytes have no lock and no types; what several tasks do to them at one time must be ordered by the
// program, which the rule shared-memory-race judges.
//
// Rows met: SHM-01..03. SHM-04 is cured: attaching never destroys, whatever becomes of the process. SHM-05 is
// not offered: nobody unlinks for a creator that was killed, the segment stays until someone does. `buf` of a
// closed handle is not None, asking for it is a ValueError.
//
// Not synchronised: a handle is used by one task at a time. Handles of one segment are independent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/shared/element_reference.hpp>
#include <mp/shared/sequence.hpp>

namespace mp {

namespace detail {

/// A mapping of this process, unmapped when the last one that uses it lets go.
class MappedSegment {
 public:
  explicit MappedSegment(std::span<std::byte> bytes) : bytes_(bytes), owner_(os().process_id()) {}
  ~MappedSegment();
  MappedSegment(const MappedSegment&) = delete;
  MappedSegment& operator=(const MappedSegment&) = delete;

  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
  ProcessId owner_;
};

}  // namespace detail

/// The bytes of a SharedMemory, as Python's memoryview of it. A copy is a view of its own. While one lives
/// the handle cannot be closed.
class SharedMemoryView {
 public:
  SharedMemoryView(std::shared_ptr<const detail::MappedSegment> segment, ObjectId object)
      : segment_(std::move(segment)), object_(object) {}

  /// In bytes.
  std::size_t size() const { return segment_->bytes().size(); }

  /// One byte, to read or to assign. IndexError unless the position is in -size..size-1.
  ElementReference<std::uint8_t> operator[](Position position) const {
    const std::size_t offset = detail::index_of(position.index, size());
    return ElementReference<std::uint8_t>(access<std::uint8_t>(offset), position.where);
  }
  /// A T at `offset` bytes from the beginning, aligned or not. IndexError: it does not lie within.
  template <Element T>
  T load(std::size_t offset, Location where = Location::current()) const {
    T value{};
    access<T>(offset).load(std::as_writable_bytes(std::span(&value, 1)), where);
    return value;
  }
  template <Element T>
  void store(std::size_t offset, T value, Location where = Location::current()) const {
    access<T>(offset).store(std::as_bytes(std::span(&value, 1)), where);
  }
  /// `count` bytes from `offset` on. IndexError: they do not lie within.
  Bytes read(std::size_t offset, std::size_t count, Location where = Location::current()) const;
  void write(std::size_t offset, std::span<const std::byte> bytes,
             Location where = Location::current()) const;

  /// A word to synchronise by, at a multiple of 4 bytes: for the Os's own calls. It is there while the view
  /// is. IndexError: it does not lie within. ValueError: not a multiple of 4.
  Word& word(std::size_t offset) const;
  /// The memory itself. Nobody observes what is done through it: no switch between tasks, no finding, except
  /// by ThreadSanitizer. It is there while the view is.
  std::span<std::byte> bytes() const { return segment_->bytes(); }

 private:
  std::byte* address_of(std::size_t offset, std::size_t count) const;
  detail::ElementAccess access_bytes(std::size_t offset, std::size_t count,
                                     std::string (*describe)(const void*, std::size_t)) const;
  template <Element T>
  detail::ElementAccess access(std::size_t offset) const {
    return access_bytes(offset, sizeof(T), &detail::describe_elements<T>);
  }

  std::shared_ptr<const detail::MappedSegment> segment_;
  ObjectId object_;
};

class SharedMemory {
 public:
  /// A new segment of exactly `size` bytes, all zero. Without a name it gets one that nobody has. ValueError:
  /// size not positive, a name with '/' or NUL. FileExistsError: the name is taken. OSError: the machine
  /// refuses, or the name has more than 200 letters.
  static SharedMemory create(std::int64_t size, std::optional<std::string_view> name = std::nullopt,
                             Location where = Location::current());
  /// The segment that has this name. ValueError: it cannot be a name. FileNotFoundError: none has it.
  static SharedMemory attach(std::string_view name, Location where = Location::current());
  /// As Python's constructor: create or attach. ValueError: neither to create nor a name. Attaching ignores
  /// the size (SHM-01).
  explicit SharedMemory(std::optional<std::string_view> name, bool create_it = false, std::int64_t size = 0,
                        Location where = Location::current());

  /// Closes its handle and nothing else; views that still live keep the memory.
  ~SharedMemory() = default;
  SharedMemory(SharedMemory&&) noexcept = default;
  SharedMemory& operator=(SharedMemory&&) noexcept = default;

  const std::string& name() const { return name_; }
  /// As it was created, in bytes.
  std::size_t size() const { return size_; }
  bool is_closed() const { return segment_ == nullptr; }
  /// ValueError once closed.
  SharedMemoryView buf() const;

  /// Gives this handle's mapping up; a second time does nothing. BufferError: a view lives (SHM-02).
  void close(Location where = Location::current());
  /// Takes the name away: nobody can attach any more, what is mapped stays. Also after close().
  /// FileNotFoundError: it has been taken away (SHM-02).
  void unlink(Location where = Location::current());

  ObjectId object() const { return object_; }
  /// By name, in messages too (SHM-03). Who decodes it attaches: FileNotFoundError if the name is gone.
  void encode(Encoder& encoder) const { encoder.text(name_); }
  static SharedMemory decode(Decoder& decoder) { return attach(decoder.text()); }

 private:
  enum class Origin : std::uint8_t { attached, created };
  SharedMemory(std::string name, std::string_view told_name, Descriptor segment, Origin origin,
               Location where);

  std::string name_;
  std::shared_ptr<const detail::MappedSegment> segment_;  // null once closed
  std::size_t size_ = 0;
  ObjectId object_ = ObjectId::none;
  Claim claim_;
};

}  // namespace mp
