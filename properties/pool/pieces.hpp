// Pieces of programs over pools.
#pragma once

#include <string>

#include <properties/writer.hpp>

namespace heddle::properties {

/// Of threads or of processes, which may have to be replaced after a few tasks.
inline void write_pool(Writer& writer) {
  const std::uint32_t workers = writer.between(1, 3);
  switch (writer.between(0, 2)) {
    case 0:
      writer.object(fmt::format("pool = ThreadPool({})", workers));
      break;
    case 1:
      writer.object(fmt::format("pool = Pool({}, maxtasksperchild={})", workers, writer.between(1, 3)));
      break;
    default:
      writer.object(fmt::format("pool = Pool({})", workers));
      break;
  }
}

inline void write_end(Writer& writer) {
  writer.last("pool.close()");
  writer.last("pool.join()");
}

/// "[1, 2, 3]", each to the power.
inline std::string numbers(std::uint32_t count, bool is_squared) {
  std::string all;
  for (std::uint32_t each = 1; each <= count; ++each)
    all += fmt::format("{}{}", each == 1 ? "" : ", ", is_squared ? each * each : each);
  return "[" + all + "]";
}

}  // namespace heddle::properties
