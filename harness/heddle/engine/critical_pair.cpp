// A tape of which one switch is put off and its length limited, and the halving over both.
#include <algorithm>

#include <heddle/core/party.hpp>
#include <heddle/engine/confirmation.hpp>
#include <heddle/engine/critical_pair.hpp>
#include <heddle/engine/explanation.hpp>
#include <heddle/engine/tape_replay.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t without_end = UINT64_MAX;

// Where a task was when it got its turn.
struct Turn {
  TaskIndex task = no_task;
  std::uint64_t step = 0;
  bool is_before = false;  // an operation's start
};

// Plays a tape leniently, except for one entry: what it switches to gets its turn `delay` turns later, and
// keeps it for `lead` turns; then the task that it overtook has one, and the other goes on.
class PutOff final : public Strategy {
 public:
  PutOff(const Tape& tape, std::size_t index, std::uint64_t delay, std::uint64_t lead)
      : entry_(tape.entries[index]), rest_(without(tape, index)), delay_(delay), lead_(lead) {}

  bool begin(std::uint64_t execution) override { return rest_.begin(execution); }
  bool end() override { return false; }
  Attention attention() const override { return Attention::turns; }

  std::uint32_t choose(const Choice& choice) override {
    const std::uint32_t usual = rest_.choose(choice);
    if (choice.kind != ChoiceKind::task) return usual;
    if (phase_ == Phase::before && is_entry(choice)) phase_ = Phase::waiting;
    switch (phase_) {
      case Phase::waiting:
        return turns_++ < delay_ ? usual : overtake(choice, usual);
      case Phase::leading:
        return lead(choice, usual);
      case Phase::following:
        if (choice.task != overtaken_) return usual;
        phase_ = Phase::after;
        return answer_of(choice, entry_.chosen).value_or(usual);
      case Phase::before:
      case Phase::after:
        break;
    }
    return usual;
  }

  std::uint64_t turns() const { return turns_; }  // while the switch was put off
  std::uint64_t led() const { return led_; }      // turns before the overtaken task got one
  Turn first() const { return first_; }           // the last turn before that
  Turn second() const { return second_; }         // the overtaken task's
  bool has_overtaken() const { return second_.task != no_task; }

 private:
  enum class Phase : std::uint8_t { before, waiting, leading, following, after };

  static Tape without(Tape tape, std::size_t index) {
    tape.entries.erase(tape.entries.begin() + static_cast<std::ptrdiff_t>(index));
    return tape;
  }

  bool is_entry(const Choice& choice) const {
    return choice.ordinal == entry_.ordinal && choice.tasks->label(choice.task) == entry_.task;
  }

  std::uint32_t overtake(const Choice& choice, std::uint32_t usual) {
    const auto picked = answer_of(choice, entry_.chosen);
    if (!picked) return usual;  // it cannot run now; at a later turn, perhaps
    overtaken_ = choice.tasks->candidate(usual);
    if (*picked == usual) {
      phase_ = Phase::after;
      return usual;
    }
    phase_ = Phase::leading;
    led_ = 1;
    first_ = {choice.tasks->candidate(*picked), choice.step, false};
    second_ = {overtaken_, choice.step, choice.is_preemption && overtaken_ == choice.task};
    return *picked;
  }

  std::uint32_t lead(const Choice& choice, std::uint32_t usual) {
    if (led_ >= lead_)
      if (const auto back = find(choice, overtaken_)) return follow(choice, *back, Phase::following);
    const TaskIndex next = choice.tasks->candidate(usual);
    if (next == overtaken_) return follow(choice, usual, Phase::after);
    if (next == first_.task) {
      ++led_;
      first_.step = choice.step;
      first_.is_before = choice.is_preemption && choice.task == next;
    }
    return usual;
  }

  std::uint32_t follow(const Choice& choice, std::uint32_t answer, Phase then) {
    second_.step = choice.step;
    phase_ = then;
    return answer;
  }

  static std::optional<std::uint32_t> find(const Choice& choice, TaskIndex task) {
    for (std::uint32_t i = 0; i < choice.count; ++i)
      if (choice.tasks->candidate(i) == task) return i;
    return std::nullopt;
  }

  const TapeEntry entry_;
  TapeReplay rest_;
  const std::uint64_t delay_;
  const std::uint64_t lead_;
  Phase phase_ = Phase::before;
  TaskIndex overtaken_ = no_task;
  std::uint64_t turns_ = 0;
  std::uint64_t led_ = 0;
  Turn first_;
  Turn second_;
};

class Bisection {
 public:
  Bisection(const Program& program, const RunOptions& run, const Tape& tape, const Finding& wanted,
            World& world, std::span<const std::unique_ptr<Oracle>> oracles)
      : program_(program), run_(run), tape_(tape), wanted_(wanted), world_(world), oracles_(oracles) {}

  std::optional<CriticalPair> find(const Situation& shown) {
    const auto last = std::find_if(tape_.entries.rbegin(), tape_.entries.rend(),
                                   [](const TapeEntry& each) { return each.kind == ChoiceKind::task; });
    if (last == tape_.entries.rend()) return std::nullopt;
    index_ = static_cast<std::size_t>(tape_.entries.rend() - last) - 1;
    const std::optional<std::uint64_t> delay = find_delay();
    if (!delay) return std::nullopt;
    const std::uint64_t lead = find_lead(*delay);
    PutOff recorded(tape_, index_, *delay, lead);
    if (!fails(recorded, Record::history) || !recorded.has_overtaken()) return std::nullopt;
    return CriticalPair{name(recorded.first(), shown), name(recorded.second(), shown)};
  }

 private:
  bool fails(PutOff& strategy, Record record = Record::nothing) {
    strategy.begin(0);
    return find_bug(world_.run(program_, run_, strategy, oracles_, record), wanted_) != nullptr;
  }
  bool fails(std::uint64_t delay, std::uint64_t lead) {
    PutOff strategy(tape_, index_, delay, lead);
    return fails(strategy);
  }

  /// How long the switch may be put off: it fails then, and does not one turn later.
  std::optional<std::uint64_t> find_delay() {
    PutOff never(tape_, index_, without_end, without_end);
    if (fails(never) || !fails(0, without_end)) return std::nullopt;
    std::uint64_t failing = 0;
    std::uint64_t passing = never.turns();
    while (passing - failing > 1) {
      const std::uint64_t middle = failing + (passing - failing) / 2;
      (fails(middle, without_end) ? failing : passing) = middle;
    }
    return failing;
  }

  /// How many turns the one needs before the other, who is overtaken, does harm or comes to it.
  std::uint64_t find_lead(std::uint64_t delay) {
    PutOff longest(tape_, index_, delay, without_end);
    fails(longest);
    std::uint64_t passing = 0;  // no turn before it: as if the switch were put off by one more
    std::uint64_t failing = longest.led();
    if (failing < 2 || !fails(delay, failing)) return without_end;
    while (failing - passing > 1) {
      const std::uint64_t middle = passing + (failing - passing) / 2;
      (fails(delay, middle) ? failing : passing) = middle;
    }
    return failing;
  }

  /// The operation that the turn was part of, by its number among its task's: where that run differs from
  /// the one that is shown, its steps have other numbers.
  Party name(const Turn& turn, const Situation& shown) const {
    const Situation& here = world_.situation();
    const OperationIndex at = operation_at(here, turn.task, turn.step, turn.is_before, run_.granularity);
    if (at == none) return {.who = here.name_of_task(turn.task), .operation = "", .where = {}, .step = 0};
    std::size_t before = 0;
    for (OperationIndex index = 0; index < at; ++index)
      if (here.operations[index].task == turn.task) ++before;
    const std::string label = here.label_of(turn.task);
    for (OperationIndex index = 0; index < shown.operations.size(); ++index) {
      const OperationRow& operation = shown.operations[index];
      if (operation.task == no_task || shown.label_of(operation.task) != label) continue;
      if (before-- == 0)
        return operation.verb == here.operations[at].verb ? party_of(shown, index) : party_of(here, at);
    }
    Party party = party_of(here, at);
    party.step = 0;
    return party;
  }

  const Program& program_;
  const RunOptions& run_;
  const Tape& tape_;
  const Finding& wanted_;
  World& world_;
  const std::span<const std::unique_ptr<Oracle>> oracles_;
  std::size_t index_ = 0;
};

}  // namespace

std::optional<CriticalPair> find_critical_pair(const Program& program, const RunOptions& run,
                                               const Tape& tape, const Finding& wanted,
                                               const Situation& shown, World& world,
                                               std::span<const std::unique_ptr<Oracle>> oracles) {
  return Bisection(program, run, tape, wanted, world, oracles).find(shown);
}

}  // namespace heddle
