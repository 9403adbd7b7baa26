// The misuse corpus: for each rule of the catalogue that is observed three programs with its mistake, each of
// another shape, and of each a twin, the same program with the mistake mended the way its author would. The
// twins are as important: they do what a rule that looks less closely would object to.
//
// A rule is one file, whose name is the rule's, and gives six rows: misuse/<rule>-1, misuse/<rule>-1-fixed
// and so on. As in the tutorial, nothing is used but what functions are passed.
#pragma once

#include <heddle/core/scenario.hpp>
#include <vector>

namespace heddle {

/// In the order of the catalogue.
std::vector<Scenario> misuse_scenarios();

}  // namespace heddle
