// A failure as a Mermaid sequence diagram.
#pragma once

#include <string>

#include <heddle/core/verdict.hpp>

namespace heddle::github {

/// A fenced block of Markdown; empty where there is no history.
std::string diagram_of(const Failure& failure);

}  // namespace heddle::github
