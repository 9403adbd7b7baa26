// The functions that run programs from C++: everything they need is composed for the call and gone after it.
#include <heddle/api/composition.hpp>
#include <heddle/api/heddle.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/engine/digest.hpp>

namespace heddle {

Result explore(std::function<void()> body, const Options& options, std::string name) {
  if (options.heeds_environment)
    if (const std::optional<Token> token = token_to_replay(name))
      return replay(std::move(body), *token, options.suppressions);
  const Composition composition = compose(options);
  return explore(Program{.name = std::move(name), .body = std::move(body)}, exploration_of(options),
                 composition.parts());
}

std::uint64_t digest(std::function<void()> body, const Options& options) {
  const Composition composition = compose(options);
  return digest(Program{.name = "digest", .body = std::move(body)}, options.run, options.budget.executions,
                composition.parts());
}

}  // namespace heddle
