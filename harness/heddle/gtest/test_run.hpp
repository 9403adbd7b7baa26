// One HEDDLE_TEST from body to result, apart from what the running GoogleTest test and the environment say:
// those come in as arguments.
#pragma once

#include <functional>
#include <heddle/gtest/settings.hpp>
#include <string>

namespace heddle::gtest {

/// The place a failure is reported at when the finding has none of its own.
struct Place {
  const char* file = "";
  int line = 0;
};

/// Explores or replays the body under the test's name "Suite.Name" and gives what to say to the running
/// test: a failed part, a skip, or nothing.
void run_body(const std::function<void()>& body, const std::string& name, const Settings& settings,
              const Place& place);

/// The line that replays a token: "HEDDLE_REPLAY=<token> ./my_test --gtest_filter=Suite.Name". One that was
/// found beside suppressed findings needs their file again.
std::string replay_line(const std::string& token, const std::string& name,
                        const Suppressions& suppressions = {});

}  // namespace heddle::gtest
