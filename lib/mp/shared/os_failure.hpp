// Turns what the Os answers into what a primitive throws, and tells the Os of calls that a primitive
// rejects. For lib alone: users see the exceptions of errors.hpp.
#pragma once

#include <string_view>

#include <mp/os/os.hpp>

namespace mp {

/// Throws the OSError that has a name of its own (EPIPE, ECONNRESET, ECONNREFUSED, ENOENT, EEXIST), a plain
/// one for the rest; in the system's words after `what`.
[[noreturn]] void throw_os_error(Errno error, std::string_view what);

/// The value of a call that had to succeed. OSError otherwise.
template <class T>
T demand(Result<T> result, std::string_view what) {
  if (!result) throw_os_error(result.error(), what);
  if constexpr (!std::is_void_v<T>) return *std::move(result);
}

/// Tells the Os that a call is rejected; the caller then throws. `rule` is the catalogue's id.
inline void report_misuse(Os& os, ObjectKind kind, ObjectId object, std::string_view rule,
                          std::string_view words, Location where) {
  os.annotate({.kind = Annotation::Kind::misused,
               .object_kind = kind,
               .object = object,
               .text = words,
               .rule = rule,
               .where = where});
}

}  // namespace mp
