// Files that are whole or not there, whatever happens while they are written.
#pragma once

#include <string>
#include <string_view>

#include <heddle/core/error.hpp>

namespace heddle::results {

/// Writes a file beside `path`, makes sure that it is on the disk, and renames it. What was at `path` stays
/// until then. Error result-unwritable (exit code 3), after which nothing is left behind.
Expected<void> write_whole(const std::string& path, std::string_view text);

/// The same error, if it can be told before there is anything to write.
Expected<void> check_writable(const std::string& path);

/// Error result-unreadable.
Expected<std::string> read_whole(const std::string& path);

}  // namespace heddle::results
