// Making a shared mapping, and giving it back where it was made.
#include <mp/shared/shared_block.hpp>

#include <mp/shared/os_failure.hpp>

namespace mp {

SharedMapping::SharedMapping(std::size_t bytes)
    : bytes_(demand(map_shared(os(), bytes), "cannot map shared memory")), owner_(os().process_id()) {}

// A child that the program forked by itself has copies of this object: its unmapping would be its own affair,
// but the objects around it may still be used by what the program does there.
SharedMapping::~SharedMapping() {
  Os& here = os();
  if (here.process_id() == owner_) static_cast<void>(here.unmap_segment(bytes_));
}

}  // namespace mp
