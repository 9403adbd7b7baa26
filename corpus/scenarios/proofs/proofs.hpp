// The proofs: programs so small that `dpor` comes to the end of their interleavings, and that nothing is
// wrong in any of them is then more than a sample. Tutorial programs with two or three processes at
// granularity op, where a manager's server is started before the exploration (heddle::Unexplored), and a
// primitive alone at granularity os.
//
// How many classes of interleavings each has is in docs/performance.md, and proofs_test.cpp holds it.
#pragma once

#include <heddle/core/scenario.hpp>

namespace heddle::proofs {

Scenario manager_locked_2();
Scenario value_array_locked_2();
Scenario value_array_locked_3();
Scenario pipe_two_readers_locked_2();
Scenario pipe_two_readers_locked_3();
Scenario lock();
Scenario semaphore();
Scenario pipe();
Scenario value();

}  // namespace heddle::proofs
