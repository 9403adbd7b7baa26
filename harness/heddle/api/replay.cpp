// Replays are put together as explorations are; their strategy is never asked, the tape answers.
#include <fmt/format.h>

#include <cstdlib>
#include <heddle/api/composition.hpp>
#include <heddle/api/heddle.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/engine/breakpoint.hpp>
#include <heddle/engine/digest.hpp>
#include <heddle/engine/exact_replay.hpp>
#include <stdexcept>

namespace heddle {
namespace {

class Replaying {
 public:
  Replaying(std::function<void()> body, const Token& token, const Suppressions& suppressions)
      : token_(token),
        program_{.name = token.scenario, .body = std::move(body)},
        composition_(*strategy("random"), token.run.seed, Budget{}, Callbacks{}, {}, suppressions) {}

  void watch(std::unique_ptr<Oracle> watcher) { composition_.add(std::move(watcher)); }

  Result exactly() {
    Result result = replay(program_, token_.run, token_.tape, composition_.parts());
    if (auto* const broken = std::get_if<Broken>(&result.verdict)) tell_change(*broken);
    return with_digest(std::move(result));
  }

  LenientReplay leniently(std::string_view rule, std::uint64_t executions_max) {
    LenientReplay made =
        replay_leniently(program_, token_.run, token_.tape, rule, executions_max, composition_.parts());
    if (made.divergence) tell_change(*made.divergence);
    if (!made.was_searched) made.result = with_digest(std::move(made.result));
    return made;
  }

 private:
  Result with_digest(Result result) const {
    if (auto* const failed = std::get_if<Failed>(&result.verdict))
      for (Failure& failure : failed->failures) failure.default_digest = token_.default_digest;
    return result;
  }

  void tell_change(Broken& broken) const {
    if (default_digest(program_, token_.run, composition_.parts()) != token_.default_digest)
      broken.why += " (the program has changed since the token was made)";
  }

  const Token& token_;
  const Program program_;
  Composition composition_;
};

}  // namespace

Result replay(std::function<void()> body, const Token& token, const Suppressions& suppressions) {
  return Replaying(std::move(body), token, suppressions).exactly();
}

LenientReplay replay_leniently(std::function<void()> body, const Token& token, std::string_view rule,
                               std::uint64_t executions_max, const Suppressions& suppressions) {
  return Replaying(std::move(body), token, suppressions).leniently(rule, executions_max);
}

std::optional<Result> replay_to(std::function<void()> body, const Token& token, std::uint64_t step,
                                const Suppressions& suppressions) {
  auto made = std::make_unique<Breakpoint>(step);
  const Breakpoint& breakpoint = *made;
  Replaying replaying(std::move(body), token, suppressions);
  replaying.watch(std::move(made));
  Result result = replaying.exactly();
  if (!breakpoint.has_stopped()) return std::nullopt;
  return result;
}

std::optional<Token> token_to_replay(std::string_view name) {
  const char* const text = std::getenv("HEDDLE_REPLAY");
  if (text == nullptr || *text == '\0') return std::nullopt;
  Expected<Token> token = read_token(text);
  if (!token)
    throw std::invalid_argument(
        fmt::format("HEDDLE_REPLAY: {}: {}; {}", token.error().code, token.error().what, token.error().hint));
  if (token->scenario == name) return std::move(*token);
  fmt::print(stderr, "heddle: HEDDLE_REPLAY holds an execution of {}; {} is explored as ever\n",
             token->scenario, name);
  return std::nullopt;
}

}  // namespace heddle
