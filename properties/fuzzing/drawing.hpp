// From an input to what it runs: the program, and the way in which it is run.
#pragma once

#include <span>

#include <heddle/core/options.hpp>
#include <heddle/programs/program.hpp>
#include <properties/fuzzing/input.hpp>
#include <properties/property.hpp>

namespace heddle::properties {

struct Drawn {
  const Property* property = nullptr;
  programs::Program program = {};
  bool is_edited = false;  // it is no longer a program of the property
  RunOptions way = {};
  bool is_run_twice = false;
};

/// `properties`: at least one; they must outlive what is drawn. A program as its property has it is run with
/// the faults only that checking.hpp lets strike, an edited one with any.
Drawn drawn_from(const Input& input, std::span<const Property> properties);

}  // namespace heddle::properties
