// The making of one plan, in pieces that plan.cpp puts in order: names first, then objects, then scripts.
// What makes no sense is thrown as Senseless and caught in plan().
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/plan.hpp>

namespace heddle::programs {

struct Senseless {
  Place place;
  std::string what;
  std::string hint;
};

/// The objects and scripts of a program by name.
class Names {
 public:
  struct Named {
    TargetKind kind = TargetKind::none;
    std::size_t index = 0;
  };
  void add(const std::string& name, Named named, Place place);
  const Named* find(const std::string& name) const;
  std::string near(const std::string& name) const;

 private:
  std::map<std::string, Named> names_;
};

/// What the pieces share. `slots` and `own`: the results bound and the objects made so far in the script at
/// hand, whose plan `script` is.
struct Planning {
  Plan& plan;
  Names names = {};
  std::string file = {};
  std::map<std::string, std::size_t> slots = {};
  std::map<std::string, std::size_t> own = {};
  ScriptPlan* script = nullptr;

  /// What this name stands for here; kind none: nothing.
  Names::Named named(const std::string& name) const;
  /// Of an object, declared or the script's own.
  const KindRow& kind_of(const Names::Named& object) const;

  mp::Location location(Place place, std::uint32_t uid) const;
};

PlannedTerm plan_term(const Planning& planning, const Term& term, const Parameter& parameter, Place place);

/// Puts arguments in the order of the parameters and checks each.
std::vector<std::optional<PlannedTerm>> plan_arguments(const Planning& planning,
                                                       std::span<const Argument> arguments,
                                                       std::span<const Parameter> parameters,
                                                       std::string_view callee, Place place);

/// The operation of that name and form, or what is wrong with it. A function: as it is in len(x).
const OperationRow& find_operation(const KindRow& kind, std::string_view name, Form form, Place place,
                                   bool is_function = false);

/// Every declared object that a term names.
void note_objects(const PlannedTerm& term, std::vector<std::size_t>& objects);
void note(std::vector<std::size_t>& list, std::size_t index);

void plan_objects(Planning& planning);
void plan_script(Planning& planning, ScriptPlan& script);

}  // namespace heddle::programs
