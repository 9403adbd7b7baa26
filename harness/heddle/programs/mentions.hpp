// Which names an operation or a declaration uses.
#pragma once

#include <string_view>

#include <heddle/programs/program.hpp>

namespace heddle::programs {

/// In its target, its arguments or its expectation, or in those of its block. What it binds is no mention.
bool mentions(const Operation& operation, std::string_view name);
bool mentions(const ObjectDeclaration& declaration, std::string_view name);

}  // namespace heddle::programs
