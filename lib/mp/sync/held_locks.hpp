// Which Locks and RLocks the calling task holds, and how often, kept in its own task slot. So the owner of an
// RLock, which the contract names as (process, thread), is whoever has it in its list: the question needs no
// shared word, cannot be answered wrongly by two words that change one after the other, and a child by fork
// starts with an empty list (RLOCK-04).
//
// For an RLock the list is exact. For a Lock, which anyone may release, an entry means "acquired here and
// not released here": a Condition uses it to reject a wait without the lock, nothing else does.
#pragma once

#include <cstdint>

#include <mp/os/os.hpp>

namespace mp {

/// What a lock is called in the lists: drawn at its creation, never 0, the same in every process. Its address
/// would not do: a lock may go away while some task has it in its list, and another come in its place.
enum class LockIdentity : std::uint64_t { none = 0 };
LockIdentity draw_lock_identity(Os& os);

/// How many releases the calling task owes the lock; 0: it does not hold it.
std::uint32_t held_depth(Os& os, LockIdentity lock);
void set_held_depth(Os& os, LockIdentity lock, std::uint32_t depth);

}  // namespace mp
