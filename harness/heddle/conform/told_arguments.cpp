// See the header.
#include <algorithm>

#include <heddle/conform/told_arguments.hpp>

namespace heddle::conform {
namespace {

using programs::Parameter;
using programs::ParameterKind;
using programs::PlannedTerm;
using programs::Variables;
using Planned = std::vector<std::optional<PlannedTerm>>;

class Teller {
 public:
  Teller(const programs::Plan& plan, const Variables& variables, mp::Location where)
      : plan_(plan), variables_(variables), where_(where) {}

  Term term(const PlannedTerm& planned, ParameterKind kind) const {
    if (planned.comparison != nullptr) return *planned.comparison;
    if (planned.method != nullptr)
      return programs::Method{.object = name_of(planned), .name = std::string(planned.method->name)};
    if (planned.names != nullptr) return several(planned);
    if (planned.object || planned.own) return ObjectName{name_of(planned)};
    const programs::Payload value = variables_.value_of(planned);
    if (kind == ParameterKind::function) return FunctionName{std::get<std::string>(value.kind)};
    if (kind == ParameterKind::exception) return ExceptionName{std::get<std::string>(value.kind)};
    return value;
  }

 private:
  Several several(const PlannedTerm& planned) const {
    Several several;
    for (const PlannedTerm& each : planned.list) several.terms.push_back(term(each, ParameterKind::any));
    return several;
  }
  std::string name_of(const PlannedTerm& planned) const {
    if (planned.object) return plan_.object_names[*planned.object];
    const auto* const object = variables_.own(*planned.own);
    if (object == nullptr) throw programs::TypeError("an argument is None, not an object");
    return static_cast<const RemoteObject*>(object)->name;
  }

  const programs::Plan& plan_;
  const Variables& variables_;
  mp::Location where_;
};

std::vector<Argument> told(const Teller& teller, std::span<const programs::Argument> written,
                           const Planned& planned, std::span<const Parameter> parameters) {
  std::vector<Argument> told;
  for (std::size_t at = 0; at < written.size(); ++at) {
    const std::string& keyword = written[at].keyword;
    const auto named = std::ranges::find(parameters, std::string_view(keyword), &Parameter::name);
    const std::size_t i = keyword.empty() ? at : static_cast<std::size_t>(named - parameters.begin());
    told.push_back({.keyword = keyword, .term = teller.term(*planned[i], parameters[i].kind)});
  }
  return told;
}

}  // namespace

std::vector<Argument> told_arguments(const programs::Plan& plan, const programs::Step& step,
                                     std::span<const Parameter> parameters, bool is_function,
                                     const Variables& variables) {
  std::span<const programs::Argument> written = step.operation->arguments;
  if (is_function) written = written.subspan(1);
  return told(Teller(plan, variables, step.where), written, step.arguments, parameters);
}

std::optional<double> patience_of(const programs::Step& step, std::span<const Parameter> parameters,
                                  const Variables& variables) {
  for (std::size_t i = 0; i < std::min(step.arguments.size(), parameters.size()); ++i) {
    const auto& term = step.arguments[i];
    const bool is_value = term && (term->payload != nullptr || term->name != nullptr || term->slot);
    if (parameters[i].kind != ParameterKind::seconds || !is_value) continue;
    const programs::Payload value = variables.value_of(*term);
    if (const auto* const whole = std::get_if<std::int64_t>(&value.kind)) return static_cast<double>(*whole);
    if (const auto* const real = std::get_if<double>(&value.kind)) return *real;
  }
  return std::nullopt;
}

std::vector<Argument> told_arguments(const programs::Plan& plan, const programs::ObjectPlan& object,
                                     const Variables& variables) {
  return told(Teller(plan, variables, object.where), object.declaration->arguments, object.arguments,
              object.row->parameters);
}

}  // namespace heddle::conform
