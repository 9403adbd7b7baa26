// The search loop: which executions are made, when there is enough, and who is told. What they add up to is
// in tally.hpp, what they caught in catches.hpp, and what is made of a catch in work_up.hpp.
#include <fmt/format.h>

#include <heddle/engine/catches.hpp>
#include <heddle/engine/exploration.hpp>
#include <heddle/engine/histories.hpp>
#include <heddle/engine/tally.hpp>
#include <heddle/engine/time_turns.hpp>
#include <heddle/engine/work_up.hpp>

namespace heddle {
namespace {

constexpr std::uint64_t look_at_clock_every = 64;

class Explorer {
 public:
  Explorer(const Program& program, const Exploration& exploration, const Parts& parts)
      : program_(program), exploration_(exploration), parts_(parts), started_(parts.host.seconds()) {}

  Result run() {
    search();
    return finish();
  }

  Partial search_share(Partial from) {
    take_over(std::move(from));
    if (!ended_ && !is_told_to_stop()) search();
    ended_ = !interrupted_;
    return hand_over();
  }

  Result conclude(Partial united) {
    take_over(std::move(united));
    was_cut_short_ = !ended_;
    return finish();
  }

 private:
  void take_over(Partial from) {
    share_ = from.share;
    made_ = from.made;
    ended_ = from.ended;
    started_ -= from.coverage.seconds;
    tally_.take_over(from);
    catches_.take_over(std::move(from.caught), std::move(from.refuted));
    suppressed_ = std::move(from.suppressed);
    harm_attempts_ = from.harm_attempts;
    others_have_enough_ = from.others_have_enough;
  }

  Partial hand_over() {
    Partial to{.share = share_,
               .made = made_,
               .ended = ended_,
               .caught = catches_.hand_over(),
               .refuted = catches_.refuted(),
               .suppressed = std::move(suppressed_),
               .harm_attempts = harm_attempts_,
               .others_have_enough = others_have_enough_};
    tally_.hand_over(seconds(), to);
    return to;
  }

  void search() {
    TimeTurns turns(exploration_.run, exploration_.looks_beyond_maximal,
                    [this] { return parts_.strategy(share_); });
    search(turns, share_, made_, exploration_.budget.executions);
  }

  // A prediction at the granularity of operations may do its damage only between the steps of one.
  void search_harm_within_operations() {
    RunOptions finer = exploration_.run;
    finer.granularity = Granularity::os;
    seeking_only_harm_ = true;
    std::uint64_t made = 0;
    TimeTurns turns(finer, false, [this] { return parts_.strategy({}); });
    search(turns, {}, made, exploration_.harm_executions);
  }

  void search(TimeTurns& turns, const Share& share, std::uint64_t& made, std::uint64_t executions_max) {
    for (std::uint64_t i = share.first + made * share.step; i < executions_max; i += share.step) {
      const Turn turn = turns.at(i);
      if (!turn.strategy.begin(turn.number)) return;
      const Execution& execution =
          parts_.world.run(program_, turn.run, turn.strategy, parts_.oracles, Record::nothing);
      const bool all_seen = turn.strategy.end();
      ++made;
      number_ = i;
      if (execution.diverged_at) {
        diverged_ = Broken{std::string(why_histories_differ), *execution.diverged_at};
        return;
      }
      if (execution.ending == Ending::abandoned)
        tally_.count_abandoned();
      else
        take_in(execution, turn);
      if (!turn.is_beyond && (all_seen || execution.choice_points == 0)) {
        if (!seeking_only_harm_) tally_.exhaust();
        return;
      }
      listen_to_others();
      if (is_enough() || interrupted_ || !may_go_on(made - 1)) return;
    }
  }

  void take_in(const Execution& execution, const Turn& turn) {
    tally_.account(execution, turn.is_beyond);
    if (!seeking_only_harm_ && !turn.is_beyond) {
      const Situation& situation = parts_.world.situation();
      tally_.learn(situation, execution);
      tally_.promise(parts_.promised_depth, parts_.promiser, situation.tasks.size(), execution.task_choices);
    }
    for (const Refutation& each : execution.refutations) catches_.refute(each);
    suppressed_.insert(execution.suppressed.begin(), execution.suppressed.end());
    for (const Finding& finding : execution.findings) keep(finding, turn);
    const bool is_explained = !execution.findings.empty() || execution.is_damage_suppressed;
    if (execution.ending == Ending::stuck && !is_explained)
      keep({.rule = "deadlock", .sentence = "nobody can run and nobody will be woken"}, turn);
  }

  void keep(const Finding& finding, const Turn& turn) {
    Catch* const place = catches_.place_for(finding, turn.is_beyond, !seeking_only_harm_);
    if (place == nullptr) return;
    const std::uint64_t now = share_ == Share{} ? tally_.executions() : number_ + 1;
    *place = {.finding = finding,
              .tape = parts_.world.tape(),
              .run = turn.run,
              .found_at = place->found_at != 0 ? place->found_at : now,
              .found_by = std::string(parts_.member == nullptr ? "" : parts_.member(turn.number)),
              .is_beyond = turn.is_beyond};
  }

  void listen_to_others() {
    if (!parts_.host.others || seeking_only_harm_ || others_have_enough_) return;
    const Others others = parts_.host.others(made_, has_enough());
    others_have_enough_ = others == Others::have_enough;
    interrupted_ = others == Others::were_interrupted;
  }

  // A search that goes on may have been interrupted while it waited to hear of the others.
  bool is_told_to_stop() {
    if (made_ == 0 || others_have_enough_) return false;
    listen_to_others();
    return interrupted_ || (others_have_enough_ && !has_enough() && is_enough());
  }

  bool has_enough() const { return catches_.count() >= exploration_.findings_max; }

  // Enough bugs, and for each prediction damage, or a fair number of attempts to see some.
  bool is_enough() {
    if (!has_enough() && !others_have_enough_ && !seeking_only_harm_) return false;
    if (!exploration_.seek_harm || !catches_.has_predictions()) return true;
    return !seeking_only_harm_ && ++harm_attempts_ > exploration_.harm_executions;
  }

  double seconds() const { return parts_.host.seconds() - started_; }

  bool may_go_on(std::uint64_t execution) {
    if (execution % look_at_clock_every != 0) return true;
    if (parts_.host.is_interrupted && parts_.host.is_interrupted()) {
      interrupted_ = true;
      return false;
    }
    if (parts_.host.progress)
      parts_.host.progress({.executions = tally_.executions(),
                            .interleavings = tally_.interleavings(),
                            .findings = catches_.all().size(),
                            .seconds = seconds()});
    return !exploration_.budget.time || seconds() < exploration_.budget.time->count();
  }

  Result finish() {
    if (!diverged_ && catches_.has_predictions() && exploration_.seek_harm &&
        exploration_.run.granularity == Granularity::op)
      search_harm_within_operations();
    Result result;
    result.coverage = tally_.describe(seconds(), parts_.is_by_chance);
    result.outcomes = std::move(tally_.outcomes());
    result.suppressed = std::move(suppressed_);
    result.interrupted = interrupted_;
    judge(result);
    return result;
  }

  void judge(Result& result) const {
    if (diverged_) {
      result.verdict = *diverged_;
      return;
    }
    std::vector<Failure> failures;
    for (const Catch& each : catches_.all()) {
      auto worked_up = work_up(program_, each, parts_);
      if (auto* const broken = std::get_if<Broken>(&worked_up)) {
        result.verdict = *broken;
        return;
      }
      auto& failure = std::get<Failure>(worked_up);
      if (catches_.is_refuted(failure.finding)) continue;  // by another process, from a file without places
      (each.is_beyond ? result.beyond : failures).push_back(std::move(failure));
    }
    if (!failures.empty())
      result.verdict = Failed{std::move(failures)};
    else if (tally_.given_up() > 0)
      result.verdict =
          GaveUp{fmt::format("{} of {} executions did not end within {} steps", tally_.given_up(),
                             tally_.executions(), exploration_.run.steps_max)};
    else if (tally_.left_open() > 0)
      result.verdict =
          GaveUp{fmt::format("of {} of {} executions nobody could tell whether a history is legal",
                             tally_.left_open(), tally_.executions())};
    else if (const std::string why = why_vacuous(result); !why.empty())
      result.verdict = Failed{{{.finding = {.rule = "vacuous", .sentence = why}, .run = exploration_.run}}};
    else
      result.verdict = Passed{};
  }

  // Of a search that was cut short nobody knows what it would have tried.
  std::string why_vacuous(const Result& result) const {
    if (interrupted_ || was_cut_short_) return {};
    const Coverage& coverage = result.coverage;
    if (tally_.is_vacuous())
      return fmt::format("{} executions were all the same interleaving, and there are others",
                         coverage.executions);
    if (coverage.unreached.empty()) return {};
    return fmt::format("no execution reached '{}', which must be reached ({} executions{})",
                       fmt::join(coverage.unreached, "', '"), coverage.executions,
                       coverage.exhausted ? ", all that there are" : "");
  }

  const Program& program_;
  const Exploration& exploration_;
  const Parts& parts_;
  double started_;  // earlier than that by what was spent before
  Share share_;
  std::uint64_t made_ = 0;  // executions of the share
  bool ended_ = false;      // the share's search
  bool others_have_enough_ = false;
  bool interrupted_ = false;
  bool was_cut_short_ = false;  // one of the shares that are concluded
  Tally tally_;
  Catches catches_;
  std::set<Suppressed> suppressed_;
  std::uint64_t number_ = 0;  // of the latest execution
  std::uint64_t harm_attempts_ = 0;
  bool seeking_only_harm_ = false;
  std::optional<Broken> diverged_;
};

}  // namespace

Result explore(const Program& program, const Exploration& exploration, const Parts& parts) {
  return Explorer(program, exploration, parts).run();
}

Partial search(const Program& program, const Exploration& exploration, const Parts& parts, Partial from) {
  return Explorer(program, exploration, parts).search_share(std::move(from));
}

Result conclude(const Program& program, const Exploration& exploration, const Parts& parts, Partial united) {
  return Explorer(program, exploration, parts).conclude(std::move(united));
}

}  // namespace heddle
