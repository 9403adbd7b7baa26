// A std::source_location is a pointer to the record that the compiler emits at each place. The record's
// layout is agreed between libstdc++ and both compilers (__builtin_source_location requires these members
// in this order), so one can be made by hand; location_at_test.cpp fails where that does not hold.
#include <bit>
#include <heddle/core/arena.hpp>
#include <heddle/core/location_at.hpp>
#include <map>
#include <mutex>
#include <string>
#include <type_traits>
#include <utility>

namespace heddle {
namespace {

struct Record {
  const char* file = "";
  const char* function = "";
  unsigned line = 0;
  unsigned column = 0;
};

static_assert(sizeof(mp::Location) == sizeof(const Record*) && std::is_trivially_copyable_v<mp::Location>);

}  // namespace

mp::Location location_at(std::string_view file, int line) {
  if (file.empty() || line < 1) return {};
  const HostAllocation host;
  static std::mutex mutex;
  static std::map<std::pair<std::string, int>, Record> records;  // nodes never move
  const std::lock_guard lock(mutex);
  const auto [row, is_new] = records.try_emplace({std::string(file), line});
  if (is_new) row->second = {row->first.first.c_str(), "", static_cast<unsigned>(line), 0};
  return std::bit_cast<mp::Location>(static_cast<const Record*>(&row->second));
}

}  // namespace heddle
