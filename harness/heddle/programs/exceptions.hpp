// The exceptions that programs may name: to expect them, and to raise them. One row each, derived ones before
// their bases, so that what was raised goes by its own name and is matched by its bases' as well.
#pragma once

#include <exception>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/payload.hpp>

namespace heddle::programs {

struct ExceptionRow {
  std::string_view name;
  bool (*matches)(const std::exception&);               // is it one, or derived from one?
  void (*raise)(const char* words);                     // does not return
  Payload (*carried)(const std::exception&) = nullptr;  // what one has with it; null: nothing
};

std::span<const ExceptionRow> exceptions();
/// nullptr: programs know none of this name.
const ExceptionRow* find_exception(std::string_view name);
/// "Full"; what() of one that has no row.
std::string name_of(const std::exception& exception);

}  // namespace heddle::programs
