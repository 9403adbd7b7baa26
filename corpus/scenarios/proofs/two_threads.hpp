// Two threads that do the same, main being one.
#pragma once

#include <mp/multiprocessing.hpp>

namespace heddle::proofs {

/// Both are done when it returns.
template <class Body>
void run_two(Body body) {
  mp::Thread other(body, {.name = "other"});
  other.start();
  body();
  other.join();
}

}  // namespace heddle::proofs
