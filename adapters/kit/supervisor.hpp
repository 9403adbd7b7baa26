// The part of an adapter that is the same for every port: it says hello, makes the main process of each case,
// relays lines between heddle and the processes, tells who is gone, and clears up behind a case.
//
// It waits for all at once and makes no call of what is tested, so nothing that is tested can stop it; and
// nobody here wakes up but for a message, for heddle tells from sleeping threads that a call waits.
#pragma once

#include <adapters/kit/cast.hpp>
#include <functional>

namespace adapter_kit {

struct Port {
  /// As docs/reference/port-protocol.md has it, without type and protocol; 64 processes by fork, if it says
  /// nothing else.
  Json hello;
  /// In a process of its own, which it ends. `message`: the case's.
  std::function<void(const Json& message, Cast cast)> play_main;
};

/// The whole of an adapter's main: until heddle is gone. Gives the exit status.
int serve(const Port& port);

}  // namespace adapter_kit
