// The functions that run programs from C++: everything they need is composed for the call and gone after it.
#include <stdexcept>

#include <heddle/api/composition.hpp>
#include <heddle/api/heddle.hpp>

namespace heddle {
namespace {

constexpr std::string_view replay_strategy = "random";  // never asked: the tape answers

constexpr std::string_view misuse_oracle = "typed-misuse";

StrategyRow strategy_of(std::string_view name) {
  const std::optional<StrategyRow> row = strategy(name);
  if (!row) throw std::invalid_argument("no strategy is called '" + std::string(name) + "'");
  return *row;
}

}  // namespace

Result explore(std::function<void()> body, const Options& options, std::string name) {
  const Composition composition(strategy_of(options.strategy), options.seed, options.budget,
                                {.is_interrupted = options.is_interrupted, .status = options.status},
                                options.judge_misuse ? std::string_view() : misuse_oracle);
  Exploration exploration;
  exploration.run = options.run;
  exploration.budget = options.budget;
  exploration.findings_max = options.findings_max;
  exploration.seek_harm = options.seek_harm;
  return explore(Program{.name = std::move(name), .body = std::move(body)}, exploration, composition.parts());
}

Result replay(std::function<void()> body, const Token& token) {
  const Composition composition(strategy_of(replay_strategy), token.run.seed, Budget{}, Callbacks{});
  const Program program{.name = token.scenario, .body = std::move(body)};
  Result result = replay(program, token.run, token.tape, composition.parts());
  if (Failed* failed = std::get_if<Failed>(&result.verdict))
    for (Failure& failure : failed->failures) failure.default_digest = token.default_digest;
  Broken* broken = std::get_if<Broken>(&result.verdict);
  if (broken != nullptr && default_digest(program, token.run, composition.parts()) != token.default_digest)
    broken->why += " (the program has changed since the token was made)";
  return result;
}

std::uint64_t digest(std::function<void()> body, const Options& options) {
  const Composition composition(strategy_of(options.strategy), options.seed, options.budget, Callbacks{});
  return digest(Program{.name = "digest", .body = std::move(body)}, options.run, options.budget.executions,
                composition.parts());
}

}  // namespace heddle
