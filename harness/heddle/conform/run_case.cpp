// See the header. The oracles are those that judge histories and what the program expects; all others look at
// primitives of lib/, of which there is none.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/api/composition.hpp>
#include <heddle/conform/needs.hpp>
#include <heddle/conform/run_case.hpp>
#include <heddle/conform/stage.hpp>
#include <heddle/conform/turns.hpp>
#include <heddle/oracles/registry.hpp>
#include <heddle/strategies/registry.hpp>

namespace heddle::conform {
namespace {

using SteadyClock = std::chrono::steady_clock;
using programs::Plan;

CaseBegun told(const Case& of, const Hello& hello, const Driving& driving) {
  const Plan& plan = *of.plan;
  CaseBegun begun{
      .id = of.id, .start_method = driving.start_method, .objects = plan.object_names, .text = of.text};
  if (begun.start_method.empty() && !hello.start_methods.empty())
    begun.start_method = hello.start_methods.front();
  for (const programs::ScriptPlan& script : plan.scripts) {
    ScriptTold told{.name = script.script->name,
                    .kind = script.script->runner,
                    .copies = script.script->copies,
                    .daemon = script.script->daemon};
    for (const programs::ScriptParameter& each : script.script->parameters)
      told.parameters[each.name] = each.value;
    for (const std::size_t object : script.objects) told.objects.push_back(plan.object_names[object]);
    for (const std::size_t mentioned : script.mentions)
      told.scripts.push_back(plan.scripts[mentioned].script->name);
    begun.scripts.push_back(std::move(told));
  }
  return begun;
}

Composition composed(const Driving& driving) {
  const auto row = strategy(driving.strategy);
  if (!row) throw std::invalid_argument("no strategy is called '" + driving.strategy + "'");
  std::vector<std::string_view> absent;
  for (const OracleRow& oracle : oracles())
    if (oracle.name != "endings" && oracle.name != "linearizability") absent.push_back(oracle.name);
  return Composition(*row, driving.seed, driving.budget, {}, absent);
}

/// What the execution has come to, apart from trouble with the adapter; empty: it passed.
std::string wrong_with(const Execution& execution, const std::vector<std::string>& outcomes) {
  if (!execution.findings.empty()) return execution.findings.front().sentence;
  if (execution.ending != Ending::complete) return "the execution did not come to its end";
  if (outcomes.empty()) return "";
  std::string recorded = fmt::format("{}", fmt::join(execution.outcomes, ", "));
  if (std::ranges::find(outcomes, recorded) != outcomes.end()) return "";
  return fmt::format("it recorded ({}), which is none of the expected outcomes", recorded);
}

class CaseRun {
 public:
  CaseRun(const Case& asked, AdapterProcess& adapter, const Hello& hello, const Driving& driving)
      : case_(asked),
        adapter_(adapter),
        hello_(hello),
        driving_(driving),
        outcomes_(outcome_lines(asked.plan->program)) {
    ran_.result.id = asked.id;
  }

  Ran run() {
    if (const auto reason = obstacle(*case_.plan, hello_)) {
      end(Status::skipped, *reason);
      return ran_;
    }
    const Composition composition = composed(driving_);
    const std::unique_ptr<Strategy> strategy = composition.parts().strategy({});
    const Moment began = SteadyClock::now();
    const auto seconds = [&] { return std::chrono::duration<double>(SteadyClock::now() - began).count(); };
    for (std::uint64_t i = 0; i < driving_.budget.executions && !is_over_; ++i) {
      if (driving_.budget.time && seconds() >= driving_.budget.time->count()) break;
      if (!strategy->begin(i)) break;
      execute(composition.parts(), *strategy);
      if (strategy->end()) break;
    }
    ran_.result.seconds = seconds();
    const bool is_wrong = ran_.result.status == Status::failed || ran_.result.status == Status::errored;
    if (is_wrong && !driving_.command.empty())
      ran_.result.again =
          fmt::format("{} --only {} --order {}", driving_.command, case_.id, turns_text(ran_.result.trace));
    return ran_;
  }

 private:
  void execute(const Parts& parts, Strategy& strategy) {
    Conversation conversation(adapter_, driving_.check, driving_.deadline, has_clock(*case_.plan));
    Turns turns(driving_.order);
    ++ran_.result.executions;
    conversation.say(told(case_, hello_, driving_));
    std::string wrong;
    if (is_ready(conversation)) {
      const Program program{.name = case_.id, .body = [&] { play(*case_.plan, conversation, turns); }};
      RunOptions options{.granularity = Granularity::os, .seed = driving_.seed};
      options.steps_max = 10'000'000;  // the deadline ends what goes on and on
      wrong =
          wrong_with(parts.world.run(program, options, strategy, parts.oracles, Record::nothing), outcomes_);
    }
    if (!is_over_) close(conversation, wrong);
    if (turns.were_left() && ran_.result.status == Status::failed)
      ran_.result.message += fmt::format(" (the order of issue was kept for {} calls)", turns.kept());
    // A message that breaks the schema counts for more than what was made of it.
    if (!conversation.has_passed_check()) {
      ran_.adapter = Adapter::spent;
      end(Status::errored, conversation.why());
    }
    ran_.result.trace = conversation.trace();
  }

  bool is_ready(Conversation& conversation) {
    const std::optional<Answer> answer = conversation.reply();
    if (!answer) {
      give_up(conversation);
    } else if (const auto* const skipped = std::get_if<Skipped>(&*answer)) {
      end(Status::skipped, skipped->reason);
    } else if (const auto* const errored = std::get_if<Errored>(&*answer)) {
      end(Status::errored, errored->message);
    } else if (!std::holds_alternative<Ready>(*answer)) {
      end(Status::errored, "the adapter answered a case with something else than ready or skipped");
      ran_.adapter = Adapter::spent;
    }
    return !is_over_;
  }

  /// The case is over for us; now also for the adapter.
  void close(Conversation& conversation, const std::string& wrong) {
    if (conversation.trouble() != Trouble::none) {
      give_up(conversation);
      return;
    }
    if (!wrong.empty()) end(Status::failed, wrong);
    conversation.say(CaseEnded{case_.id});
    const std::optional<Answer> answer = conversation.reply();
    const auto* const errored = answer ? std::get_if<Errored>(&*answer) : nullptr;
    if (!answer)
      give_up(conversation);
    else if (errored != nullptr && !is_over_)
      end(Status::errored, errored->message);
  }

  /// What was found before counts.
  void give_up(const Conversation& conversation) {
    ran_.adapter = Adapter::spent;
    if (is_over_) return;
    const bool is_ports =
        conversation.trouble() == Trouble::hang || conversation.trouble() == Trouble::deadline;
    end(is_ports ? Status::failed : Status::errored, conversation.why());
  }

  void end(Status status, std::string message) {
    is_over_ = true;
    ran_.result.status = status;
    ran_.result.message = std::move(message);
  }

  const Case& case_;
  AdapterProcess& adapter_;
  const Hello& hello_;
  const Driving& driving_;
  std::vector<std::string> outcomes_;
  bool is_over_ = false;
  Ran ran_;
};

}  // namespace

Ran run_case(const Case& asked, AdapterProcess& adapter, const Hello& hello, const Driving& driving) {
  return CaseRun(asked, adapter, hello, driving).run();
}

}  // namespace heddle::conform
