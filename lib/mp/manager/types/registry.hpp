// The types that every manager's server has, by typeid (MGR-01). A new one is a file beside this one and a
// row in registry.cpp; types of the program's own are registered on a Manager before it starts.
#pragma once

#include <string_view>

#include <mp/manager/object.hpp>

namespace mp::manager {

/// Null: there is none of that name.
const TypeRow* find_type(std::string_view name);

}  // namespace mp::manager
