// What a child does first and last, however it was born. For posix_os_*.cpp alone.
#pragma once

namespace mp::posix_birth {

/// Makes standard input an empty file: a child must not take input that was meant for its parent.
void empty_standard_input();

/// Writes what stdio and iostreams have buffered.
void flush_output();

}  // namespace mp::posix_birth
