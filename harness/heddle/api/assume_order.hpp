// What a program relies on, said so that the harness can watch it.
#pragma once

#include <heddle/core/order_assumed.hpp>
#include <mp/os/os.hpp>

namespace heddle {

/// The program relies on one order over all items of the queue, whoever puts them: what was put first comes
/// first. No queue keeps that between processes (QUEUE-09); where two items come otherwise, the rule
/// queue-order-assumed is reported. Any queue with an object(): Queue, JoinableQueue, SimpleQueue. Nothing
/// happens outside a harness.
template <class AnyQueue>
void assume_order(const AnyQueue& queue) {
  mp::os().annotate({.kind = mp::Annotation::Kind::count, .object = queue.object(), .text = order_assumed});
}

}  // namespace heddle
