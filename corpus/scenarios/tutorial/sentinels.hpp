// The program behind sentinels-enough and sentinels-short: three producers put two items each; once all of
// them have ended, main puts None a given number of times, and each consumer works until it gets one.
#pragma once

namespace heddle::tutorial {

/// Correct if and only if there is a sentinel for every consumer.
void sentinels(int consumers, int sentinels_put);

}  // namespace heddle::tutorial
