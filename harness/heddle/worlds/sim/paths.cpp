// A list of names, searched from the start: programs have few.
#include <algorithm>
#include <array>
#include <cerrno>
#include <heddle/worlds/sim/paths.hpp>

namespace heddle::sim {
namespace {

constexpr std::array<std::string_view, 4> always_there{"", ".", "/", "/tmp"};

std::string_view directory_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return "";
  return path.substr(0, std::max<std::size_t>(slash, 1));
}

}  // namespace

std::uint32_t Paths::find(std::string_view path) const {
  const auto found = std::ranges::find(entries_, path, &Entry::path);
  const bool is_there = !path.empty() && found != entries_.end();
  return is_there ? static_cast<std::uint32_t>(found - entries_.begin()) : nowhere;
}

bool Paths::is_directory(std::string_view path) const {
  if (std::ranges::find(always_there, path) != always_there.end()) return true;
  const std::uint32_t entry = find(path);
  return entry != nowhere && entries_[entry].listener == nobody;
}

mp::Result<void> Paths::add(std::string_view path, std::uint32_t listener) {
  if (find(path) != nowhere || is_directory(path)) return mp::failure(EEXIST);
  if (!is_directory(directory_of(path))) return mp::failure(ENOENT);
  Entry& entry = entries_[entries_.add()];
  entry.path = path;
  entry.listener = listener;
  return {};
}

mp::Result<void> Paths::add_directory(std::string_view path) { return add(path, nobody); }

mp::Result<void> Paths::add_socket(std::string_view path, std::uint32_t listener) {
  return add(path, listener);
}

mp::Result<void> Paths::remove(std::string_view path) {
  const std::uint32_t entry = find(path);
  if (entry == nowhere) return mp::failure(ENOENT);
  const bool holds_something = std::ranges::any_of(
      entries_, [&](const Entry& each) { return !each.path.empty() && directory_of(each.path) == path; });
  if (entries_[entry].listener == nobody && holds_something) return mp::failure(ENOTEMPTY);
  entries_[entry].path.clear();
  return {};
}

mp::Result<std::uint32_t> Paths::listener_at(std::string_view path) const {
  if (const std::uint32_t entry = find(path); entry != nowhere) return entries_[entry].listener;
  if (is_directory(path)) return nobody;
  return mp::failure(ENOENT);
}

}  // namespace heddle::sim
