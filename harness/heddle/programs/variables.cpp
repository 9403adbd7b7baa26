// How terms are evaluated.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/variables.hpp>

namespace heddle::programs {

namespace {

Payload sum(const Payload& one, const Payload& other) {
  if (std::optional<Payload> sum = sum_of(one, other)) return *std::move(sum);
  throw TypeError("cannot add " + literal(other) + " to " + literal(one));
}

std::int64_t number_of(const Payload& payload) {
  if (const auto* number = std::get_if<std::int64_t>(&payload.kind)) return *number;
  throw TypeError(literal(payload) + " has no order");
}

}  // namespace

bool holds(const Comparison& comparison, const Payload& got) {
  using Relation = Comparison::Relation;
  const Payload& wanted = comparison.value;
  switch (comparison.relation) {
    case Relation::equal:
      return got == wanted;
    case Relation::unequal:
      return !(got == wanted);
    case Relation::less:
      return number_of(got) < number_of(wanted);
    case Relation::at_most:
      return number_of(got) <= number_of(wanted);
    case Relation::more:
      return number_of(got) > number_of(wanted);
    case Relation::at_least:
      return number_of(got) >= number_of(wanted);
  }
  return false;
}

Variables::Variables(const ScriptPlan& script, const Objects& shared, std::vector<Payload> arguments)
    : shared_(shared), slots_(script.slots), own_(script.own.size()) {
  std::ranges::move(arguments, slots_.begin());
}

std::vector<Evaluated> Variables::evaluate(const std::vector<std::optional<PlannedTerm>>& terms,
                                           mp::Location where) const {
  std::vector<Evaluated> evaluated;
  for (const auto& argument : terms) evaluated.push_back(argument ? evaluate(*argument, where) : Evaluated{});
  return evaluated;
}

std::function<void()> Variables::method_of(const PlannedTerm& term, mp::Location where) const {
  return [object = object_of(term), &row = *term.method, where] {
    Call call(object.get(), std::vector<Evaluated>(row.parameters.size()), {}, where);
    row.run(call);
  };
}

Evaluated Variables::evaluate(const PlannedTerm& term, mp::Location where) const {
  if (term.comparison != nullptr) return {.predicate = predicate_of(term, where)};
  if (term.method != nullptr) return {.method = method_of(term, where)};
  if (term.names != nullptr) return {.named = named_in(term)};
  if (term.travels_as != nullptr) return {.payload = Payload{Carried{object_of(term), term.travels_as}}};
  if (term.object || term.own) return {.object = object_of(term).get()};
  return {.payload = value_of(term)};
}

std::shared_ptr<Object> Variables::object_of(const PlannedTerm& term) const {
  std::shared_ptr<Object> object = term.own ? own_[*term.own] : shared_[*term.object];
  if (object == nullptr) throw TypeError("an argument is None, not an object");
  return object;
}

Payload Variables::value_of(const PlannedTerm& term) const {
  if (term.payload != nullptr) return *term.payload;
  if (term.name != nullptr) return *term.name;
  Payload value = result(*term.slot);
  if (term.added) value = sum(value, result(*term.added));
  return term.addend == 0 ? value : sum(value, payload_of(term.addend));
}

const Payload& Variables::result(std::size_t slot) const {
  const std::optional<Payload>& bound = slots_[slot];
  if (!bound) throw TypeError("the result is not bound: what would have bound it raised");
  return *bound;
}

Object* Variables::object_in(std::size_t slot) const {
  const Payload& bound = result(slot);
  const auto* carried = std::get_if<Carried>(&bound.kind);
  if (carried != nullptr && carried->kind == &result_kind()) return carried->object.get();
  throw TypeError(fmt::format("{} is no {}", literal(bound), result_kind().name));
}

std::vector<Named> Variables::named_in(const PlannedTerm& term) const {
  std::vector<Named> named;
  for (std::size_t i = 0; i < term.list.size(); ++i) {
    Named each{.name = term.names->names[i]};
    if (term.list[i].object || term.list[i].own)
      each.object = object_of(term.list[i]).get();
    else
      each.payload = value_of(term.list[i]);
    named.push_back(std::move(each));
  }
  return named;
}

std::function<bool()> Variables::predicate_of(const PlannedTerm& term, mp::Location where) const {
  return [this, &term, where] {
    Call call(object_of(term).get(), {}, {}, where);
    return holds(*term.comparison, term.reader->run(call));
  };
}

}  // namespace heddle::programs
