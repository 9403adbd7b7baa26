// Writes a program as text, in the one canonical way: parse(print(p)) == p for every program that can be
// written at all, and print(parse(text)) is the canonical form of a text. Comments are not kept.
#pragma once

#include <string>

#include <heddle/programs/program.hpp>

namespace heddle::programs {

std::string print(const Program& program);

/// One operation on one line, without indentation; of one with a block its first line. For messages and
/// reports.
std::string print(const Operation& operation);

}  // namespace heddle::programs
