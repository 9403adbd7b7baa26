// See the header. After names, objects and scripts: who is handed what, who can start whom, and how many.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include <heddle/core/location_at.hpp>
#include <heddle/core/near.hpp>
#include <heddle/core/rules.hpp>
#include <heddle/programs/limits.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/planner.hpp>

namespace heddle::programs {
namespace {

void check_rules(const Program& program) {
  std::vector<std::string_view> ids;
  for (const Rule& row : rules()) ids.push_back(row.id);
  for (const RuleExpectation& expected : program.findings)
    if (rule(expected.rule) == nullptr)
      throw Senseless{expected.place, fmt::format("no rule is called '{}'", expected.rule),
                      near_hint(expected.rule, ids, "heddle rules lists them")};
}

void check_uids(const std::vector<Operation>& operations, std::set<std::uint32_t>& uids, std::size_t depth) {
  for (const Operation& operation : operations) {
    if (!uids.insert(operation.uid).second)
      throw Senseless{operation.place, fmt::format("two operations have the uid {}", operation.uid),
                      "give one of them another"};
    if (depth == limits::block_depth_max && has_block(operation.form))
      throw Senseless{operation.place, "one block too many",
                      fmt::format("at most {} within each other", depth)};
    check_uids(operation.block, uids, depth + 1);
  }
}

void name_scripts(Planning& planning) {
  std::optional<std::size_t> main;
  std::set<std::uint32_t> uids;
  for (const Script& script : planning.plan.program.scripts) {
    const std::size_t index = planning.plan.scripts.size();
    if (script.name == "main") main = index;
    planning.names.add(script.name, {TargetKind::script, index}, script.place);
    planning.plan.scripts.push_back({.script = &script});
    if (script.copies == 0 || script.copies > limits::copies_max)
      throw Senseless{script.place, fmt::format("'{}' has {} copies", script.name, script.copies),
                      fmt::format("1 to {}", limits::copies_max)};
    check_uids(script.operations, uids, 0);
  }
  if (!main) throw Senseless{{1, 1}, "there is no process main", "the execution begins with 'process main:'"};
  planning.plan.main = *main;
  const Script& script = *planning.plan.scripts[*main].script;
  if (script.runner != Script::Runner::process || script.copies != 1 || script.daemon ||
      !script.parameters.empty())
    throw Senseless{script.place, "main is not a plain process", "write 'process main:'"};
}

/// How many tasks one run of the script starts, itself included. Meets each script once on each path.
std::uint64_t tasks_of(const Plan& plan, std::size_t index, std::vector<std::size_t>& path) {
  const ScriptPlan& script = plan.scripts[index];
  if (std::ranges::find(path, index) != path.end())
    throw Senseless{script.script->place, fmt::format("'{}' would start itself", script.script->name),
                    "a script may not name itself, or one that leads back to it"};
  path.push_back(index);
  std::uint64_t tasks = 1;
  for (const std::size_t mentioned : script.mentions) {
    tasks += plan.scripts[mentioned].script->copies * tasks_of(plan, mentioned, path);
    if (tasks > limits::tasks_max)
      throw Senseless{script.script->place,
                      fmt::format("more than {} processes and threads", limits::tasks_max),
                      "start fewer copies"};
  }
  path.pop_back();
  return tasks;
}

bool names_one_of(const ScriptPlan& script, const ObjectPlan& made) {
  return std::ranges::any_of(script.objects, [&](std::size_t object) {
    return object >= made.first && object < made.first + made.row->count;
  });
}

/// What a script needs, those it starts need of it.
const std::vector<std::size_t>& gather_objects(Plan& plan, std::size_t index, std::set<std::size_t>& done) {
  ScriptPlan& script = plan.scripts[index];
  if (!done.insert(index).second) return script.objects;
  for (const std::size_t mentioned : script.mentions)
    for (const std::size_t object : gather_objects(plan, mentioned, done)) script.objects.push_back(object);
  // What an object calls was declared before it, so each of them is met after those that call it.
  for (auto object = plan.objects.rbegin(); object != plan.objects.rend(); ++object)
    if (object->calls && names_one_of(script, *object)) script.objects.push_back(*object->calls->object);
  std::ranges::sort(script.objects);
  const auto rest = std::ranges::unique(script.objects);
  script.objects.erase(rest.begin(), rest.end());
  return script.objects;
}

/// Does every script that another process runs name only what can be handed over?
void check_crossing(const Plan& plan, std::size_t index, bool is_main) {
  for (const std::size_t mentioned : plan.scripts[index].mentions) {
    const bool is_still_main = is_main && plan.scripts[mentioned].script->runner == Script::Runner::thread;
    check_crossing(plan, mentioned, is_still_main);
  }
  if (is_main) return;
  for (const std::size_t object : plan.scripts[index].objects)
    if (plan.kinds[object]->decode == nullptr)
      throw Senseless{
          plan.scripts[index].script->place,
          fmt::format("'{}' names '{}', a {}, which cannot be handed over", plan.scripts[index].script->name,
                      plan.object_names[object], plan.kinds[object]->name),
          "only main and its threads may use it"};
}

std::string place_words(std::string_view file, const Program& program, Place place) {
  const std::string name = file.empty() ? program.name : std::string(file);
  return place.line > 0 ? fmt::format("{}:{}:{}", name, place.line, place.column) : name;
}

void plan_histories(Planning& planning) {
  Plan& plan = planning.plan;
  plan.are_told.resize(plan.kinds.size());
  std::vector<std::string_view> all;
  for (const linearizability::ModelRow& row : linearizability::models()) all.push_back(row.name);
  for (const HistoryExpectation& expected : plan.program.histories) {
    const Names::Named* const named = planning.names.find(expected.object);
    if (named == nullptr || named->kind != TargetKind::object)
      throw Senseless{expected.place, fmt::format("no object is called '{}'", expected.object),
                      planning.names.near(expected.object)};
    const linearizability::ModelRow* const model = linearizability::find_model(expected.model);
    if (model == nullptr)
      throw Senseless{expected.place, fmt::format("no model is called '{}'", expected.model),
                      near_hint(expected.model, all, "docs/reference/linearizability.md lists them")};
    if (plan.are_told[named->index])
      throw Senseless{expected.place, fmt::format("'{}' is like two models", expected.object),
                      "an object has one history"};
    plan.are_told[named->index] = true;
    plan.histories.push_back({.expected = &expected,
                              .model = model,
                              .object = named->index,
                              .where = planning.location(expected.place, 0)});
  }
}

void make(Planning& planning) {
  check_rules(planning.plan.program);
  name_scripts(planning);
  plan_objects(planning);
  plan_histories(planning);
  for (ScriptPlan& script : planning.plan.scripts) plan_script(planning, script);
  std::vector<std::size_t> path;
  for (std::size_t i = 0; i < planning.plan.scripts.size(); ++i) tasks_of(planning.plan, i, path);
  std::set<std::size_t> done;
  for (std::size_t i = 0; i < planning.plan.scripts.size(); ++i) gather_objects(planning.plan, i, done);
  check_crossing(planning.plan, planning.plan.main, true);
}

}  // namespace

void Names::add(const std::string& name, Named named, Place place) {
  if (!names_.try_emplace(name, named).second)
    throw Senseless{place, fmt::format("two things are called '{}'", name), "give one of them another name"};
}
const Names::Named* Names::find(const std::string& name) const {
  const auto found = names_.find(name);
  return found == names_.end() ? nullptr : &found->second;
}
std::string Names::near(const std::string& name) const {
  std::vector<std::string_view> all;
  for (const auto& [each, named] : names_) all.emplace_back(each);
  return near_hint(name, all, "declare it: object, process or thread");
}

Names::Named Planning::named(const std::string& name) const {
  if (const Names::Named* declared = names.find(name)) return *declared;
  const auto made = own.find(name);
  return made == own.end() ? Names::Named{} : Names::Named{TargetKind::own, made->second};
}
const KindRow& Planning::kind_of(const Names::Named& object) const {
  return object.kind == TargetKind::own ? *script->own[object.index] : *plan.kinds[object.index];
}

mp::Location Planning::location(Place place, std::uint32_t uid) const {
  if (place.line > 0) return location_at(file.empty() ? plan.program.name : file, place.line);
  return location_at(plan.program.name, static_cast<int>(uid));
}

void plan_objects(Planning& planning) {
  Plan& plan = planning.plan;
  for (const ObjectDeclaration& declared : plan.program.objects) {
    std::optional<std::size_t> made_by;
    if (!declared.made_by.empty()) {
      const Names::Named* named = planning.names.find(declared.made_by);
      if (named == nullptr || named->kind != TargetKind::object)
        throw Senseless{declared.place, fmt::format("no object is called '{}'", declared.made_by),
                        planning.names.near(declared.made_by)};
      made_by = named->index;
    }
    const std::string_view owner = made_by ? plan.kinds[*made_by]->name : std::string_view();
    const MakerRow* row = find_maker(declared.maker, owner);
    if (row == nullptr) {
      std::vector<std::string_view> all;
      for (const MakerRow* each : makers())
        if (each->made_by == owner) all.push_back(each->name);
      throw Senseless{declared.place, fmt::format("nothing is made by '{}'", declared.maker),
                      near_hint(declared.maker, all, "docs/reference/program-text.md lists what there is")};
    }
    if (row->count != declared.names.size())
      throw Senseless{declared.place, fmt::format("{} makes {} at once", row->name, row->count),
                      row->count == 1 ? "give it one name" : "give each a name: object a, b = Pipe()"};
    ObjectPlan object{
        .declaration = &declared,
        .row = row,
        .first = plan.kinds.size(),
        .made_by = made_by,
        .arguments = plan_arguments(planning, declared.arguments, row->parameters, row->name, declared.place),
        .where = planning.location(declared.place, 0)};
    for (const auto& argument : object.arguments)
      if (argument && argument->method != nullptr) object.calls = argument;
    for (const std::string& name : declared.names) {
      planning.names.add(name, {TargetKind::object, plan.kinds.size()}, declared.place);
      plan.kinds.push_back(row->kind);
      plan.object_names.push_back(name);
    }
    plan.objects.push_back(std::move(object));
  }
}

Expected<std::shared_ptr<const Plan>> plan(Program program, std::string_view file) {
  const auto made = std::make_shared<Plan>(Plan{.program = std::move(program)});
  Planning planning{.plan = *made, .file = std::string(file)};
  try {
    make(planning);
  } catch (const Senseless& senseless) {
    return tl::unexpected(Error{
        .code = "program-malformed",
        .what = fmt::format("{}: {}", place_words(file, made->program, senseless.place), senseless.what),
        .hint = senseless.hint});
  }
  return made;
}

std::vector<std::string> outcome_lines(const Program& program) {
  std::vector<std::string> lines;
  for (const std::vector<Payload>& outcome : program.outcomes) {
    std::string line;
    for (const Payload& each : outcome) line += (line.empty() ? "" : ", ") + literal(each);
    lines.push_back(std::move(line));
  }
  return lines;
}

}  // namespace heddle::programs
