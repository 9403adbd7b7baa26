// A scenario that must fail the gate: a correct program that claims a finding. It is in no table; its test
// hands it to the gate, so that a gate which passes everything is noticed.
#pragma once

#include <heddle/core/scenario.hpp>

namespace heddle::canary {

Scenario expects_the_impossible();

}  // namespace heddle::canary
