// Programs that nobody would draw: a property's program, edited. Operations are doubled elsewhere, dropped,
// change places with their neighbours, are joined by other ones of the same objects, and numbers change. So
// primitives are used in ways that no property has thought of, rightly and wrongly.
//
// An edit after which the program makes no sense (programs/plan.hpp) is left out, so what comes out always
// does. What the program declared holds no longer: of an edited program nothing is expected but that each
// operation returns or raises one of the exceptions that programs know.
#pragma once

#include <span>

#include <heddle/programs/program.hpp>
#include <properties/fuzzing/input.hpp>

namespace heddle::properties {

/// The program itself if no edit changes it.
programs::Program edited(programs::Program program, std::span<const Edit> edits);

}  // namespace heddle::properties
