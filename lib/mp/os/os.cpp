// Which Os the calling thread talks to. The default one is constant-initialised and never destroyed: it is
// there before the first static object of a program and after the last.
#include <mp/os/os.hpp>

#include <mp/os/posix_os.hpp>

namespace mp {

namespace {

union Immortal {
  PosixOs os;
  constexpr Immortal() : os() {}
  ~Immortal() {}  // on purpose not os's
};

constinit Immortal default_os;

}  // namespace

constinit thread_local Os* detail::current_os = &default_os.os;
alignas(std::max_align_t) constinit thread_local std::byte detail::thread_slot[slot_bytes] = {};

OsScope::OsScope(Os* other)
    : previous_(std::exchange(detail::current_os, other != nullptr ? other : &default_os.os)) {}

OsScope::~OsScope() { detail::current_os = previous_; }

// The mapping keeps the segment; its descriptor would only be one more to leak into children.
Result<std::span<std::byte>> map_shared(Os& os, std::size_t bytes) {
  const Result<Descriptor> segment = os.create_segment({}, bytes);
  if (!segment) return failure(segment.error().value);
  Result<std::span<std::byte>> mapping = os.map_segment(*segment);
  static_cast<void>(os.close(*segment));
  return mapping;
}

Instant deadline_after(Os& os, Timeout timeout) {
  if (!timeout) return never;
  if (!(timeout->count() > 0)) return immediately;  // NaN too: one attempt
  const Instant now = os.now();
  // Compared as doubles, because a large timeout does not fit the integers that it would be cast to.
  const std::chrono::duration<double> room = never - now;
  if (*timeout >= room) return never;
  return now + std::chrono::ceil<std::chrono::nanoseconds>(*timeout);
}

}  // namespace mp
