// The names of files in the simulated kernel, as far as sockets need them: directories, and what unix sockets
// are bound to. A name outlives its listener until it is removed, and may be bound anew after that. From the
// start there are the working directory, the root and the directory for temporary files; names are compared
// as they are written.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <heddle/core/table.hpp>
#include <mp/os/result.hpp>

namespace heddle::sim {

class Paths {
 public:
  static constexpr std::uint32_t nobody = UINT32_MAX;

  void begin() { entries_.clear(); }
  /// EEXIST; ENOENT: there is no such directory to make it in.
  mp::Result<void> add_directory(std::string_view path);
  /// The same for a socket that is bound to `listener`.
  mp::Result<void> add_socket(std::string_view path, std::uint32_t listener);
  /// ENOENT; ENOTEMPTY: a directory with something in it.
  mp::Result<void> remove(std::string_view path);
  /// Whose socket this is, alive or not; `nobody` for a directory. ENOENT.
  mp::Result<std::uint32_t> listener_at(std::string_view path) const;

 private:
  struct Entry {
    std::string path;  // empty: removed
    std::uint32_t listener = nobody;
    void reset() {
      path.clear();
      listener = nobody;
    }
  };
  mp::Result<void> add(std::string_view path, std::uint32_t listener);
  static constexpr std::uint32_t nowhere = UINT32_MAX;
  std::uint32_t find(std::string_view path) const;  // its position; `nowhere` if there is none
  bool is_directory(std::string_view path) const;

  Table<Entry> entries_;
};

}  // namespace heddle::sim
