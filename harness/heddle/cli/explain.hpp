// The command explain: the page of a rule, wherever heddle is and the documentation is not.
#pragma once

#include <heddle/cli/context.hpp>
#include <heddle/cli/request.hpp>

namespace heddle::cli {

/// Error rule-unknown with the rules that are near.
Expected<std::string> explained(std::string_view rule, const Terminal& terminal);

}  // namespace heddle::cli
