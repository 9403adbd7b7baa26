// Queues. Items are told apart by what they are: a history in which all are different says the most.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

/// put(item), get() -> item, empty() -> True or False: first in, first out.
std::unique_ptr<Model> simple_queue();
/// put(item), which is Full where that is refused, get() -> item or Empty, empty() -> True or False. An item
/// that was put may become visible later (QUEUE-07), so Empty and True are always possible, and only the
/// items of one producer come in their order (QUEUE-08, QUEUE-09). Bounded, if maxsize is above 0.
std::unique_ptr<Model> queue(std::int64_t maxsize);
/// The same, and task_done(), ValueError if there is nothing to be done, and join().
std::unique_ptr<Model> joinable_queue(std::int64_t maxsize);

}  // namespace heddle::linearizability
