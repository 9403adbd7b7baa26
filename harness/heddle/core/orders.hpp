// Which orders of operations an exploration has shown, as values. What counts are outermost operations of the
// program's own tasks, by their verb, on one object, by different tasks, in the order in which they begin.
// Objects that stand for processes and threads are left out: their operations have one order.
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include <mp/os/annotation.hpp>

namespace heddle {

/// Operations of two verbs, both of which were seen on the object by different tasks in one execution, so
/// that at least one of the two orders was. If the verbs are the same, `one` is of the task that was born
/// earlier.
struct PairOrders {
  mp::Verb one{};
  mp::Verb other{};
  bool one_first = false;
  bool other_first = false;
  friend bool operator==(const PairOrders&, const PairOrders&) = default;
};

struct ObjectOrders {
  std::string object;  // its name
  mp::ObjectKind kind{};
  std::vector<PairOrders> pairs = {};  // by verb; at least one
  friend bool operator==(const ObjectOrders&, const ObjectOrders&) = default;
};

struct OrdersSeen {
  std::size_t seen = 0;
  std::size_t all = 0;  // two for each pair; some may be impossible
};
OrdersSeen count_orders(std::span<const ObjectOrders> orders);

/// "lock: release() before acquire()", for each order that was not seen.
std::vector<std::string> orders_missing(std::span<const ObjectOrders> orders);

}  // namespace heddle
