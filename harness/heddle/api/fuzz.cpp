// See the header. The world and the oracles are kept from one execution to the next. What has a finding is
// run once more by the engine's own search, of one execution, and concluded like any other.
#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>

#include <heddle/api/composition.hpp>
#include <heddle/api/fuzz.hpp>
#include <heddle/api/replay.hpp>
#include <heddle/api/text_report.hpp>
#include <heddle/engine/byte_choices.hpp>
#include <heddle/engine/handoffs.hpp>
#include <heddle/engine/histories.hpp>
#include <heddle/strategies/fair.hpp>

namespace heddle {
namespace {

constexpr std::string_view variable = "HEDDLE_REPLAY";

Options options_of(const FuzzOptions& options) {
  Options made;
  made.run = options.run;
  made.budget = {.executions = 1};
  made.findings_max = UINT32_MAX;
  made.looks_beyond_maximal = false;
  made.judge_misuse = options.judge_misuse;
  made.checks_determinism = options.checks_determinism;
  made.suppressions = options.suppressions;
  return made;
}

std::span<std::uint8_t> interleaving_counters() {
  if (heddle_interleaving_counters == nullptr) return {};
  std::size_t count = 0;
  std::uint8_t* const counters = heddle_interleaving_counters(&count);
  return {counters, count};
}

[[noreturn]] void replay_and_exit(const std::function<void()>& body, const Token& token,
                                  const FuzzOptions& options) {
  const Result result = replay(body, token, options.suppressions);
  std::fputs(fuzz_report(result, options, program_invocation_name).c_str(), stderr);
  std::_Exit(std::holds_alternative<Passed>(result.verdict) ? 0 : 1);
}

}  // namespace

class Fuzzing::Executions {
 public:
  explicit Executions(FuzzOptions options)
      : options_(std::move(options)), composition_(compose(options_of(options_))) {}

  std::optional<Result> run(const std::function<void()>& body, std::span<const std::uint8_t> bytes,
                            const RunOptions& way) {
    const Program program{.name = options_.name, .body = body};
    auto own = std::make_unique<ByteChoices>(bytes);
    const ByteChoices& choices = *own;
    const std::unique_ptr<Strategy> strategy = make_fair(std::move(own));
    const Parts& parts = composition_.parts();
    strategy->begin(0);
    const Execution& execution = parts.world.run(program, way, *strategy, parts.oracles, Record::nothing);
    choices_ = choices.asked();
    if (options_.has_interleavings) handoffs_.count(parts.world.situation(), interleaving_counters());
    if (execution.diverged_at)
      return Result{.verdict = Broken{std::string(why_histories_differ), *execution.diverged_at},
                    .coverage = {.executions = 1},
                    .outcomes = {}};
    if (!is_worth_a_search(execution)) return std::nullopt;
    return search(program, bytes, way);
  }

  const FuzzOptions& options() const { return options_; }
  std::size_t choices() const { return choices_; }

 private:
  bool keeps(const Finding& finding) const {
    return (options_.keeps_warnings || finding.severity == Severity::error) &&
           (options_.keeps_predictions || finding.harm == Harm::seen);
  }

  bool is_worth_a_search(const Execution& execution) const {
    const bool is_explained = !execution.findings.empty() || execution.is_damage_suppressed;
    if (execution.ending == Ending::stuck && !is_explained) return true;
    return std::ranges::any_of(execution.findings, [&](const Finding& finding) { return keeps(finding); });
  }

  // Damage is looked for as ever, by the default strategy.
  std::optional<Result> search(const Program& program, std::span<const std::uint8_t> bytes,
                               const RunOptions& way) {
    Exploration exploration = exploration_of(options_of(options_));
    exploration.run = way;
    Parts parts = composition_.parts();
    parts.strategy = [bytes](const Share&) { return make_fair(std::make_unique<ByteChoices>(bytes)); };
    parts.member = nullptr;
    Partial caught = heddle::search(program, exploration, parts, {});
    std::erase_if(caught.caught, [&](const Catch& each) { return !keeps(each.finding); });
    if (caught.caught.empty()) return std::nullopt;
    Result result = conclude(program, exploration, composition_.parts(), std::move(caught));
    if (std::holds_alternative<Passed>(result.verdict) || std::holds_alternative<GaveUp>(result.verdict))
      return std::nullopt;
    const auto* const failed = std::get_if<Failed>(&result.verdict);
    if (failed != nullptr && failed->failures.front().finding.rule == "vacuous") return std::nullopt;
    return result;
  }

  const FuzzOptions options_;
  const Composition composition_;
  Handoffs handoffs_;
  std::size_t choices_ = 0;
};

Fuzzing::Fuzzing(FuzzOptions options) : executions_(std::make_unique<Executions>(std::move(options))) {}
Fuzzing::~Fuzzing() = default;

std::optional<Result> Fuzzing::run(const std::function<void()>& body, std::span<const std::uint8_t> bytes) {
  return run(body, bytes, options().run);
}
std::optional<Result> Fuzzing::run(const std::function<void()>& body, std::span<const std::uint8_t> bytes,
                                   const RunOptions& way) {
  return executions_->run(body, bytes, way);
}
const FuzzOptions& Fuzzing::options() const { return executions_->options(); }
std::size_t Fuzzing::choices() const { return executions_->choices(); }

// Reports end each failure in their command and its token; an environment wants the token in between.
std::string fuzz_report(const Result& result, const FuzzOptions& options, const std::string& command) {
  std::string words =
      text_report(result, {.scenario = options.name, .replay_command = std::string(variable)});
  const std::string printed = std::string(variable) + " h";
  for (std::size_t at = words.find(printed); at != std::string::npos; at = words.find(printed, at + 1)) {
    words[at + variable.size()] = '=';
    words.insert(std::min(words.find('\n', at), words.size()), " " + command);
  }
  return words;
}

void fuzz(const std::function<void()>& body, std::span<const std::uint8_t> bytes,
          const FuzzOptions& options) {
  static Fuzzing fuzzing(options);
  static const std::optional<Token> token = token_to_replay(fuzzing.options().name);
  if (token) replay_and_exit(body, *token, fuzzing.options());
  const std::optional<Result> result = fuzzing.run(body, bytes);
  if (!result) return;
  std::fputs(fuzz_report(*result, fuzzing.options(), program_invocation_name).c_str(), stderr);
  std::abort();
}

}  // namespace heddle
