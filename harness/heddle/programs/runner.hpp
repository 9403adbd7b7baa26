// One task on its way through a script.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <heddle/programs/judgement.hpp>
#include <heddle/programs/performer.hpp>
#include <heddle/programs/scope.hpp>
#include <heddle/programs/variables.hpp>

namespace heddle::programs {

class Runner {
 public:
  /// Both outlive it.
  Runner(Scope& scope, Performer& performer, std::size_t script, std::vector<Payload> arguments = {})
      : scope_(scope),
        performer_(performer),
        script_(scope.plan.scripts[script]),
        variables_(script_, scope.objects, std::move(arguments)) {}

  /// Raises what the script raises and does not expect.
  void run() { run(script_.steps); }

 private:
  void run(const std::vector<Step>& steps);
  /// The planner sees to it that the target is one object: copies have no results that could be bound.
  void iterate(const Step& step);
  void loop(const Step& step);
  /// As Python's with: what the block raises is raised once the object is released.
  void hold_while(const Step& step, Object* target);
  Object* target_of(const Step& step) const;
  void run(const Step& step);
  void run(const Step& step, Object* target);
  void keep(const Step& step, const std::optional<Payload>& result);
  Payload perform(const Step& step, Object* target);
  /// Gives None if there is nothing to make, and words otherwise: what is made is no value.
  Payload make(const Step& step, Object* target);
  Outcome attempt(const Step& step, Object* target);
  std::vector<Wanted> wanted(const Step& step) const;
  void fail(const Step& step, const std::string& wrong) const;

  Scope& scope_;
  Performer& performer_;
  const ScriptPlan& script_;
  Variables variables_;
};

}  // namespace heddle::programs
