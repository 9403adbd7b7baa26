// Writing a frame in as few writes as it takes, and collecting one from as many reads.
#include <mp/pool/frame.hpp>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include <mp/channel/framing.hpp>
#include <mp/os/uninterrupted.hpp>

namespace mp::detail {

namespace {

constexpr std::size_t read_bytes = 4096;          // at least, per read
constexpr std::size_t ahead_bytes = 1024 * 1024;  // most that is allocated ahead of what has arrived
constexpr std::size_t joined_body_max = 16384;    // header and body in one write up to here

FrameHeader header_at(std::span<const std::byte> bytes) {
  FrameHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  return header;
}

}  // namespace

bool FrameBuffer::fill(Os& os, Descriptor fd) {
  if (begin_ == end_) begin_ = end_ = 0;
  std::size_t wanted = read_bytes;
  if (end_ - begin_ >= sizeof(FrameHeader)) {
    const std::uint64_t length = header_at(std::span(bytes_).subspan(begin_)).length;
    wanted = std::clamp<std::uint64_t>(length, read_bytes, ahead_bytes);
  }
  if (bytes_.size() < end_ + wanted) bytes_.resize(end_ + wanted);
  const Result<std::size_t> got = uninterrupted([&] { return os.read(fd, std::span(bytes_).subspan(end_)); });
  if (!got || *got == 0) return false;
  end_ += *got;
  return true;
}

std::optional<Frame> FrameBuffer::take() {
  const std::span<const std::byte> rest = std::span(bytes_).subspan(begin_, end_ - begin_);
  if (rest.size() < sizeof(FrameHeader)) return std::nullopt;
  const FrameHeader header = header_at(rest);
  if (rest.size() - sizeof header < header.length) return std::nullopt;
  begin_ += sizeof header + static_cast<std::size_t>(header.length);
  return Frame{header, rest.subspan(sizeof header, static_cast<std::size_t>(header.length))};
}

Result<void> write_frame(Os& os, Descriptor fd, FrameHeader header, std::span<const std::byte> body) {
  header.length = body.size();
  const bool is_joined = body.size() <= joined_body_max;
  Bytes front(sizeof header + (is_joined ? body.size() : 0));
  std::memcpy(front.data(), &header, sizeof header);
  if (is_joined) {
    std::ranges::copy(body, front.begin() + sizeof header);
    return write_all(os, fd, front);
  }
  if (const Result<void> written = write_all(os, fd, front); !written) return written;
  return write_all(os, fd, body);
}

}  // namespace mp::detail
