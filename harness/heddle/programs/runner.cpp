// The forms of steps, and what is expected of them.
#include <fmt/format.h>

#include <stdexcept>

#include <heddle/core/session.hpp>
#include <heddle/programs/print.hpp>
#include <heddle/programs/runner.hpp>

namespace heddle::programs {

void Runner::run(const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (step.operation->form == Form::repeat)
      for (std::uint32_t i = 0; i < step.times; ++i) run(step.block);
    else if (step.operation->form == Form::iterate)
      iterate(step);
    else if (step.operation->form == Form::loop)
      loop(step);
    else
      run(step);
  }
}

void Runner::iterate(const Step& step) {
  Object* const target = target_of(step);
  while (true) {
    Payload result = perform(step, target);
    if (matches(variables_.value_of(step.expected[0][0]), result)) return;
    variables_.bind(*step.binding, std::move(result));
    run(step.block);
  }
}

void Runner::loop(const Step& step) {
  while (performer_.holds(*step.arguments[0], variables_, step.where)) run(step.block);
}

void Runner::hold_while(const Step& step, Object* target) {
  perform(step, target);
  try {
    run(step.block);
  } catch (const std::exception&) {
    performer_.perform(step, *step.release, target, variables_);
    throw;
  } catch (const mp::SystemExit&) {
    performer_.perform(step, *step.release, target, variables_);
    throw;
  }
  performer_.perform(step, *step.release, target, variables_);
}

Object* Runner::target_of(const Step& step) const {
  if (step.target_kind == TargetKind::none) return nullptr;
  if (step.target_kind == TargetKind::object) return scope_.objects[step.target].get();
  if (step.target_kind == TargetKind::own) return variables_.own(step.target);
  if (step.target_kind == TargetKind::result) return variables_.object_in(step.target);
  return scope_.instances_of(step.target, step.where).at(0).get();
}

void Runner::run(const Step& step) {
  if (step.target_kind == TargetKind::result) {
    run(step, nullptr);  // found when it is used, so that its TypeError may be expected
    return;
  }
  if (step.target_kind != TargetKind::script) {
    run(step, target_of(step));
    return;
  }
  for (const auto& instance : scope_.instances_of(step.target, step.where)) run(step, instance.get());
}

void Runner::run(const Step& step, Object* target) {
  if (step.operation->form == Form::with) {
    hold_while(step, target);
    return;
  }
  const Expectation& expectation = step.operation->expectation;
  if (expectation == Expectation{}) {
    keep(step, perform(step, target));
    return;
  }
  const Outcome outcome = attempt(step, target);
  const auto seconds_max = scope_.time == Time::simulated ? expectation.seconds_max : std::nullopt;
  if (const auto wrong = mismatch(wanted(step), expectation.seconds_min, seconds_max, outcome))
    fail(step, *wrong);
  keep(step, outcome.result);
}

void Runner::keep(const Step& step, const std::optional<Payload>& result) {
  if (step.binding) variables_.bind(*step.binding, result);
}

Payload Runner::perform(const Step& step, Object* target) {
  if (step.target_kind == TargetKind::result) target = target_of(step);
  if (step.target_kind != TargetKind::none && target == nullptr)
    throw AttributeError("nothing is there to do this to: what would have made it raised, or gave None");
  if (step.maker != nullptr) return make(step, target);
  if (step.row == nullptr) return variables_.value_of(*step.arguments[0]);
  return performer_.perform(step, *step.row, target, variables_);
}

Payload Runner::make(const Step& step, Object* target) {
  std::shared_ptr<Object> made = performer_.make(step, target, variables_);
  Payload result = made == nullptr ? none() : payload_of(fmt::format("a {}", step.maker->kind->name));
  if (step.own) variables_.set_own(*step.own, std::move(made));
  return result;
}

Outcome Runner::attempt(const Step& step, Object* target) {
  const Expectation& expectation = step.operation->expectation;
  const bool is_timed = expectation.seconds_min || expectation.seconds_max;
  const mp::Instant begun = is_timed ? performer_.now() : mp::Instant{};
  Outcome outcome;
  try {
    outcome.result = perform(step, target);
  } catch (const std::exception& exception) {
    outcome = raised(exception);
  }
  if (is_timed) outcome.seconds = std::chrono::duration<double>(performer_.now() - begun).count();
  return outcome;
}

std::vector<Wanted> Runner::wanted(const Step& step) const {
  std::vector<Wanted> wanted;
  for (std::size_t i = 0; i < step.expected.size(); ++i) {
    Wanted each{.kind = step.operation->expectation.alternatives[i].kind};
    for (const PlannedTerm& term : step.expected[i]) each.payloads.push_back(variables_.value_of(term));
    wanted.push_back(std::move(each));
  }
  return wanted;
}

void Runner::fail(const Step& step, const std::string& wrong) const {
  std::string words = fmt::format("{}: {}", print(*step.operation), wrong);
  if (step.operation->place.line > 0) words = fmt::format("line {}: {}", step.operation->place.line, words);
  Session* here = session();
  if (here == nullptr) throw std::runtime_error(words);
  here->fail(words, step.where);
}

}  // namespace heddle::programs
