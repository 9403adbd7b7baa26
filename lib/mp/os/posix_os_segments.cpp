// Shared memory of the POSIX Os: memfd_create for segments without a name, shm_open for those with one. The
// memory is reserved at creation, so that a machine without room says so then and not by SIGBUS later.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <string>

#include <mp/os/posix_os.hpp>
#include <mp/os/posix_os_numbers.hpp>

namespace mp {

namespace {

constexpr std::size_t name_letters_max = 200;

/// As shm_open wants it; empty when no segment can have the name.
std::string path_of(std::string_view name) {
  const bool is_possible = !name.empty() && name.size() <= name_letters_max && name != "." && name != ".." &&
                           name.find('/') == std::string_view::npos &&
                           name.find('\0') == std::string_view::npos;
  return is_possible ? "/" + std::string(name) : std::string();
}

/// 0, or the errno.
int reserve(Descriptor fd, std::size_t bytes) {
  int error = EINTR;
  while (error == EINTR) error = ::posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  return error;
}

}  // namespace

Result<Descriptor> PosixOs::create_segment(std::string_view name, std::size_t bytes) {
  const std::string path = path_of(name);
  if (bytes == 0 || (path.empty() && !name.empty())) return failure(EINVAL);
  const Descriptor made = path.empty()
                              ? ::memfd_create("segment", MFD_CLOEXEC)
                              : ::shm_open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (made < 0) return failure(errno);
  const Result<Descriptor> fd = posix_numbers::above_standard(made);
  const int error = fd ? reserve(*fd, bytes) : fd.error().value;
  if (error == 0) return fd;
  if (fd) ::close(*fd);
  if (!path.empty()) ::shm_unlink(path.c_str());
  return failure(error);
}

Result<Descriptor> PosixOs::open_segment(std::string_view name) {
  const std::string path = path_of(name);
  if (path.empty()) return failure(EINVAL);
  const Descriptor fd = ::shm_open(path.c_str(), O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0) return failure(errno);
  return posix_numbers::above_standard(fd);
}

Result<void> PosixOs::unlink_segment(std::string_view name) {
  const std::string path = path_of(name);
  if (path.empty()) return failure(EINVAL);
  if (::shm_unlink(path.c_str()) != 0) return failure(errno);
  return {};
}

Result<std::span<std::byte>> PosixOs::map_segment(Descriptor segment) {
  struct stat facts {};
  if (::fstat(segment, &facts) != 0) return failure(errno);
  const auto bytes = static_cast<std::size_t>(facts.st_size);
  void* const mapping = ::mmap(nullptr, bytes, PROT_READ | PROT_WRITE, MAP_SHARED, segment, 0);
  if (mapping == MAP_FAILED) return failure(errno);
  return std::span<std::byte>(static_cast<std::byte*>(mapping), bytes);
}

Result<void> PosixOs::unmap_segment(std::span<std::byte> mapping) {
  if (::munmap(mapping.data(), mapping.size()) != 0) return failure(errno);
  return {};
}

}  // namespace mp
