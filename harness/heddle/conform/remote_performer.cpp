// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

#include <heddle/conform/remote_performer.hpp>
#include <heddle/conform/told_arguments.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/telling.hpp>

namespace heddle::conform {
namespace {

using programs::Form;
using programs::Object;
using programs::OperationRow;
using programs::Payload;
using programs::Step;
using programs::TargetKind;
using programs::Variables;

constexpr std::array<std::string_view, 5> said_to_harness{"exit", "append", "raise", "record", "choose"};

bool is_function(const OperationRow& row) {
  const auto rows = programs::functions().operations;
  return &row >= rows.data() && &row < rows.data() + rows.size();
}

CallForm form_of(Form form) {
  switch (form) {
    case Form::read:
      return CallForm::read;
    case Form::write:
      return CallForm::write;
    case Form::item_read:
      return CallForm::item_read;
    case Form::item_write:
      return CallForm::item_write;
    case Form::slice_read:
      return CallForm::slice_read;
    case Form::slice_write:
      return CallForm::slice_write;
    case Form::call:
    case Form::value:
    case Form::repeat:
    case Form::iterate:
    case Form::loop:
    case Form::with:
      return CallForm::call;
  }
  return CallForm::call;
}

const std::string& name_of(const Object* object) { return static_cast<const RemoteObject*>(object)->name; }

/// Nobody knows whether the call took effect, so no exception that a program can expect stands for it.
struct Indefinite final : std::exception {
  explicit Indefinite(std::string said) : words(std::move(said)) {}
  const char* what() const noexcept override { return words.c_str(); }
  std::string words;
};

/// As the exception that a program knows by this name, or by that of a base.
[[noreturn]] void raise(const Raised& raised) {
  const std::string words = fmt::format("{}: {}", raised.type, raised.words);
  if (!raised.is_definite) throw Indefinite(words + " (whether it took effect is unknown)");
  if (raised.type == "BufferTooShort" && raised.carries)
    if (const auto* const bytes = std::get_if<mp::Bytes>(&raised.carries->kind))
      throw mp::BufferTooShort(*bytes);
  if (const auto* const row = programs::find_exception(raised.type)) row->raise(raised.words.c_str());
  for (const std::string& base : raised.bases)
    if (const auto* const row = programs::find_exception(base)) row->raise(words.c_str());
  throw mp::Error(words);
}

/// The names at these positions.
Payload named(const programs::NameList& list, const Payload& positions) {
  programs::List names;
  if (const auto* const given = std::get_if<programs::List>(&positions.kind))
    for (const Payload& item : given->items)
      if (const auto* const at = std::get_if<std::int64_t>(&item.kind);
          at != nullptr && *at >= 0 && *at < std::ssize(list.names))
        names.items.push_back(programs::payload_of(list.names[static_cast<std::size_t>(*at)]));
  return {std::move(names)};
}

}  // namespace

Payload RemotePerformer::ask(Call call, int line, std::optional<double> patience) {
  const std::string bind = call.bind;
  call.process = process_;
  const Returned returned = stage_.ask(call, line, patience);
  spent_ +=
      std::chrono::duration_cast<mp::Instant::duration>(std::chrono::duration<double>(returned.seconds));
  raised_.clear();
  if (const auto* const raised = std::get_if<Raised>(&returned.outcome)) {
    raised_ = fmt::format("line {}: {}: {}", line, words_of(call), words_of(returned));
    raise(*raised);
  }
  const auto& result = std::get<Payload>(returned.outcome);
  // What a message brought is called as its result is; made anew, for the message's own is not this task's.
  if (std::holds_alternative<programs::Carried>(result.kind))
    return {programs::Carried{std::make_shared<RemoteObject>(bind), &programs::result_kind()}};
  return result;
}

Call RemotePerformer::call_of(const Step& step, const OperationRow& row, const Object* target,
                              const Variables& variables) const {
  Call call{.form = form_of(row.form), .operation = std::string(row.name)};
  if (target != nullptr) call.object = name_of(target);
  if (&row != step.release && step.operation->form != Form::with && step.operation->form != Form::iterate)
    call.arguments = told_arguments(stage_.plan(), step, row.parameters, row.is_function, variables);
  call.bind = step.operation->binding;
  return call;
}

Payload RemotePerformer::perform_here(const Step& step, const OperationRow& row, const Variables& variables) {
  raised_.clear();
  if (row.name == "exit")
    exit_arguments_ = told_arguments(stage_.plan(), step, row.parameters, false, variables);
  programs::Call call(nullptr, variables.evaluate(step.arguments, step.where), {}, step.where);
  return row.run(call);
}

Payload RemotePerformer::perform(const Step& step, const OperationRow& row, Object* target,
                                 const Variables& variables) {
  const bool names_nobody = target == nullptr && is_function(row);
  if (names_nobody && std::ranges::find(said_to_harness, row.name) != said_to_harness.end())
    return perform_here(step, row, variables);
  const int line = step.operation->place.line;
  const auto make = [&] {
    return ask(call_of(step, row, target, variables), line, patience_of(step, row.parameters, variables));
  };
  if (step.target_kind == TargetKind::object && stage_.plan().are_told[step.target]) {
    const auto arguments = &row == step.release ? std::vector<programs::Evaluated>{}
                                                : variables.evaluate(step.arguments, step.where);
    return tell(stage_.plan().object_names[step.target], row, arguments, step.where, make);
  }
  Payload result = make();
  if (step.target_kind == TargetKind::script && row.name == "start")
    stage_.begin(step.target, name_of(target), scope_);
  if (names_nobody && row.name == "wait" && step.arguments[0]->names != nullptr)
    return named(*step.arguments[0]->names, result);
  return result;
}

std::shared_ptr<Object> RemotePerformer::make(const Step& step, Object* target, const Variables& variables) {
  Call call{.form = CallForm::make, .operation = std::string(step.maker->name)};
  if (target != nullptr) call.object = name_of(target);
  call.arguments = told_arguments(stage_.plan(), step, step.maker->parameters, false, variables);
  const std::string& name = step.operation->binding;
  call.names.push_back(name);
  const Payload made = ask(std::move(call), step.operation->place.line);
  return is_none(made) ? nullptr : std::make_shared<RemoteObject>(name);
}

bool RemotePerformer::holds(const programs::PlannedTerm& comparison, const Variables& variables,
                            mp::Location where) {
  const auto object = variables.evaluate({.object = comparison.object, .own = comparison.own}, where).object;
  const Payload got = ask(
      {.form = CallForm::read, .object = name_of(object), .operation = std::string(comparison.reader->name)},
      0);
  return programs::holds(*comparison.comparison, got);
}

void RemotePerformer::make_objects() {
  const programs::Plan& plan = stage_.plan();
  const Variables variables(plan.scripts[plan.main], scope_->objects, {});
  for (const programs::ObjectPlan& object : plan.objects) {
    Call call{.form = CallForm::make, .operation = std::string(object.row->name)};
    if (object.made_by) call.object = plan.object_names[*object.made_by];
    call.arguments = told_arguments(plan, object, variables);
    call.names = object.declaration->names;
    const Payload made = ask(std::move(call), object.declaration->place.line);
    for (std::size_t i = 0; is_none(made) && i < object.row->count; ++i)
      scope_->objects[object.first + i] = nullptr;
  }
}

}  // namespace heddle::conform
