// Objects that let some wait: locks, semaphores and the event. A call that waits can be made once it need not
// wait any more. acquire() returns False where it gave up; every other result says that it has acquired. An
// error is a result by its name: release() -> ValueError.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

/// acquire(), release(), by anyone; ValueError if it is not held.
std::unique_ptr<Model> lock();
/// acquire(), release(); AssertionError for whoever does not own it.
std::unique_ptr<Model> rlock();
/// acquire(), release(), from so many permits.
std::unique_ptr<Model> semaphore(std::int64_t permits);
/// The same; ValueError where there would be more permits than at first.
std::unique_ptr<Model> bounded_semaphore(std::int64_t permits);
/// set(), clear(), is_set() -> True or False, wait() -> True, or False where it gave up.
std::unique_ptr<Model> event();

}  // namespace heddle::linearizability
