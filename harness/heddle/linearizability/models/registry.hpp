// The table of sequential models: of each primitive whose calls take effect at one moment, and of the objects
// that public histories are about. Barrier and Condition have none: what they do is to let calls meet, which
// no order of single calls describes.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

struct ModelRow {
  std::string_view name;
  std::string_view summary;
  std::int64_t value;  // permits, maxsize or first value, unless told
  std::unique_ptr<Model> (*make)(std::int64_t value);
};

std::span<const ModelRow> models();
/// Null if there is none of that name.
const ModelRow* find_model(std::string_view name);

}  // namespace heddle::linearizability
