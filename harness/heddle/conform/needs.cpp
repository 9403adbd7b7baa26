// See the header. Names follow from the tables of kinds and makers: what an object was made by, then what is
// done to it.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include <heddle/conform/needs.hpp>
#include <heddle/programs/objects/registry.hpp>

namespace heddle::conform {
namespace {

using programs::KindRow;
using programs::MakerRow;
using programs::Plan;
using programs::PlannedTerm;
using programs::Script;
using programs::ScriptPlan;
using programs::Step;
using programs::TargetKind;

constexpr std::array<std::string_view, 6> go_without_saying{"sleep", "exit",   "append",
                                                            "raise", "record", "choose"};
constexpr std::array<std::string_view, 2> of_every_child{"start", "join"};

template <class Range>
bool is_among(const Range& range, std::string_view name) {
  return std::ranges::find(range, name) != range.end();
}

/// The names of values that a port may not know.
struct ValueNeeds {
  std::set<std::string>& needs;
  void operator()(const programs::Slow&) const { needs.insert("slow"); }
  void operator()(const programs::Unserialisable&) const { needs.insert("unserialisable"); }
  void operator()(const programs::Undecodable&) const { needs.insert("undecodable"); }
  void operator()(const programs::List& list) const {
    for (const programs::Payload& item : list.items) std::visit(*this, item.kind);
  }
  template <class T>
  void operator()(const T&) const {}
};

class Gatherer {
 public:
  explicit Gatherer(const Plan& plan) : plan_(plan) {}

  std::set<std::string> run() {
    for (const programs::ObjectPlan& object : plan_.objects) {
      const std::string made = path_of(object.made_by ? object_paths_[*object.made_by] : "", *object.row);
      needs_.insert(made);
      for (std::size_t i = 0; i < object.row->count; ++i) object_paths_.push_back(made);
      note(object.arguments);
    }
    for (const ScriptPlan& script : plan_.scripts) {
      if (script.script->name != "main")
        needs_.insert(script.script->runner == Script::Runner::thread ? "thread" : "process");
      own_paths_.assign(script.own.size(), "");
      note(script.steps);
    }
    return std::move(needs_);
  }

 private:
  static std::string path_of(const std::string& owner, const MakerRow& row) {
    return owner.empty() ? std::string(row.name) : owner + "." + std::string(row.name);
  }

  void note(const std::vector<Step>& steps) {
    for (const Step& step : steps) {
      note(step);
      note(step.block);
    }
  }

  void note(const Step& step) {
    note(step.arguments);
    const std::string target = path_of_target(step);
    if (step.maker != nullptr) {
      const std::string made = path_of(target, *step.maker);
      needs_.insert(made);
      if (step.own) own_paths_[*step.own] = made;
      return;
    }
    if (step.row != nullptr) note(target, step.row->name, step.target_kind);
    if (step.release != nullptr) note(target, step.release->name, step.target_kind);
    if (step.row != nullptr)
      for (std::size_t i = 0; i < step.arguments.size(); ++i)
        if (step.arguments[i] && step.arguments[i]->travels_as != nullptr)
          needs_.insert(fmt::format("{}.{}.object", target, step.row->name));
  }

  void note(const std::string& target, std::string_view operation, TargetKind kind) {
    if (target.empty()) {
      if (!is_among(go_without_saying, operation)) needs_.insert(std::string(operation));
    } else if (kind != TargetKind::script || !is_among(of_every_child, operation)) {
      needs_.insert(operation.empty() ? target + ".item" : fmt::format("{}.{}", target, operation));
    }
  }

  std::string path_of_target(const Step& step) const {
    switch (step.target_kind) {
      case TargetKind::none:
        return "";
      case TargetKind::object:
        return object_paths_[step.target];
      case TargetKind::own:
        return own_paths_[step.target];
      case TargetKind::script:
        return plan_.scripts[step.target].script->runner == Script::Runner::thread ? "Thread" : "Process";
      case TargetKind::result:
        return "Pipe";
    }
    return "";
  }

  void note(const std::vector<std::optional<PlannedTerm>>& terms) {
    for (const auto& term : terms)
      if (term && term->payload != nullptr) std::visit(ValueNeeds{needs_}, term->payload->kind);
  }

  const Plan& plan_;
  std::set<std::string> needs_;
  std::vector<std::string> object_paths_;
  std::vector<std::string> own_paths_;
};

bool is_within(const std::string& part, const std::string& whole) {
  return part.starts_with(whole) && (part.size() == whole.size() || part[whole.size()] == '.');
}
/// Who can do something with an object can make one.
bool fulfils(const std::string& capability, const std::string& need) {
  return is_within(need, capability) || is_within(capability, need);
}

/// How many Process objects of it there are in all.
std::size_t times_named(const Plan& plan, std::size_t script) {
  std::size_t times = 0;
  for (const ScriptPlan& each : plan.scripts)
    if (std::ranges::find(each.mentions, script) != each.mentions.end()) times += each.script->copies;
  return times;
}

bool any_step(const std::vector<Step>& steps, const std::function<bool(const Step&)>& is_it) {
  return std::ranges::any_of(steps,
                             [&](const Step& step) { return is_it(step) || any_step(step.block, is_it); });
}

/// Seconds that are a number.
bool have_seconds(const std::vector<std::optional<PlannedTerm>>& terms,
                  std::span<const programs::Parameter> parameters) {
  for (std::size_t i = 0; i < terms.size(); ++i) {
    if (!terms[i]) continue;
    const bool is_none = terms[i]->payload != nullptr && programs::is_none(*terms[i]->payload);
    if (parameters[i].kind == programs::ParameterKind::seconds && !is_none) return true;
  }
  return false;
}

/// Values that take their time.
bool are_slow(const std::vector<std::optional<PlannedTerm>>& terms) {
  for (const auto& term : terms) {
    if (!term) continue;
    if (term->payload != nullptr && std::holds_alternative<programs::Slow>(term->payload->kind)) return true;
    if (term->name != nullptr && *term->name == programs::payload_of(std::string("sleep"))) return true;
  }
  return false;
}

bool has_clock(const Step& step) {
  if (step.maker != nullptr && have_seconds(step.arguments, step.maker->parameters)) return true;
  return are_slow(step.arguments);
}

}  // namespace

std::set<std::string> needs_of(const Plan& plan) { return Gatherer(plan).run(); }

std::optional<std::string> obstacle(const Plan& plan, const Hello& adapter) {
  for (const std::string& need : needs_of(plan))
    if (std::ranges::none_of(adapter.capabilities, [&](const auto& each) { return fulfils(each, need); }))
      return "needs " + need;
  for (std::size_t i = 0; i < plan.scripts.size(); ++i)
    if (times_named(plan, i) > 1)
      return fmt::format("{} is named by several processes", plan.scripts[i].script->name);
  const auto limit = adapter.limits.find("processes");
  std::int64_t tasks = 1;
  for (const ScriptPlan& script : plan.scripts) tasks += script.script->copies;
  if (limit != adapter.limits.end() && tasks - 1 > limit->second)
    return fmt::format("needs {} processes and threads", tasks - 1);
  return std::nullopt;
}

bool has_clock(const Plan& plan) {
  const auto is_clocked = [](const programs::ObjectPlan& object) {
    return have_seconds(object.arguments, object.row->parameters) || are_slow(object.arguments);
  };
  const auto has_clocked = [](const ScriptPlan& script) {
    return any_step(script.steps, [](const Step& step) { return has_clock(step); });
  };
  return std::ranges::any_of(plan.objects, is_clocked) || std::ranges::any_of(plan.scripts, has_clocked);
}

}  // namespace heddle::conform
