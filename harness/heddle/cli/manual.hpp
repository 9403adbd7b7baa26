// A command line's manual page.
#pragma once

#include <string>

#include <heddle/cli/synopsis.hpp>

namespace heddle::cli {

/// For man(1), in the macros of man(7): `heddle man | man -l -`.
std::string manual(const Synopsis& synopsis);

}  // namespace heddle::cli
