// See the header.
#include <algorithm>
#include <string>
#include <vector>

#include <heddle/programs/objects/registry.hpp>
#include <properties/fuzzing/other_calls.hpp>

namespace heddle::properties {
namespace {

using programs::Form;
using programs::ParameterKind;
using programs::Payload;

struct Target {
  std::string name;
  const programs::KindRow* kind = nullptr;
};

/// Nobody, where there is no such object: the program makes no sense then.
const programs::KindRow* kind_of(const programs::Program& program, const std::string& name) {
  for (const programs::ObjectDeclaration& object : program.objects) {
    if (std::ranges::find(object.names, name) == object.names.end()) continue;
    const programs::KindRow* const by = object.made_by.empty() ? nullptr : kind_of(program, object.made_by);
    const programs::MakerRow* const maker = programs::find_maker(object.maker, by == nullptr ? "" : by->name);
    return maker == nullptr ? nullptr : maker->kind;
  }
  return nullptr;
}

std::vector<Target> targets_of(const programs::Program& program) {
  std::vector<Target> targets;
  for (const programs::ObjectDeclaration& object : program.objects)
    for (const std::string& name : object.names)
      if (const programs::KindRow* const kind = kind_of(program, name)) targets.push_back({name, kind});
  for (const programs::Script& script : program.scripts)
    if (script.name != "main")
      targets.push_back({script.name, script.runner == programs::Script::Runner::process
                                          ? &programs::process_kind()
                                          : &programs::thread_kind()});
  return targets;
}

std::optional<Payload> plain(ParameterKind kind) {
  switch (kind) {
    case ParameterKind::any:
    case ParameterKind::message:
    case ParameterKind::integer:
      return programs::payload_of(1);
    case ParameterKind::flag:
      return programs::payload_of(false);
    case ParameterKind::seconds:
      return Payload{0.1};
    case ParameterKind::bytes:
      return programs::payload_of(mp::Bytes(1));
    case ParameterKind::predicate:
    case ParameterKind::exception:
    case ParameterKind::object:
    case ParameterKind::objects:
    case ParameterKind::function:
    case ParameterKind::method:
      return std::nullopt;
  }
  return std::nullopt;
}

}  // namespace

std::optional<programs::Operation> other_call(const programs::Program& program, std::uint32_t which,
                                              std::uint32_t what) {
  const std::vector<Target> targets = targets_of(program);
  if (targets.empty()) return std::nullopt;
  const Target& target = targets[which % targets.size()];
  const programs::OperationRow& row = target.kind->operations[what % target.kind->operations.size()];
  if (row.is_function) return std::nullopt;
  programs::Operation made{.form = row.form, .target = target.name, .name = std::string(row.name)};
  for (const programs::Parameter& parameter : row.parameters) {
    if (parameter.is_optional) break;
    const std::optional<Payload> payload = plain(parameter.kind);
    if (!payload) return std::nullopt;
    made.arguments.push_back({.term = *payload});
  }
  return made;
}

}  // namespace heddle::properties
