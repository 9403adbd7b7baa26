// The two handles, compiled once.
#include <mp/sync/lock.hpp>

namespace mp {

template class LockHandle<Recursion::forbidden>;
template class LockHandle<Recursion::allowed>;

}  // namespace mp
