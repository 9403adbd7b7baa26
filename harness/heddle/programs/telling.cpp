// See the header.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include <heddle/core/session.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/telling.hpp>

namespace heddle::programs {
namespace {

constexpr std::array<std::string_view, 6> refusals{"Empty",    "Full",       "IndexError",
                                                   "KeyError", "ValueError", "AssertionError"};
constexpr std::array<std::string_view, 2> about_waiting{"block", "timeout"};

std::string_view operation_of(const OperationRow& row) {
  constexpr std::string_view at_once = "_nowait";
  if (row.form == Form::read || row.form == Form::item_read) return "get";
  if (row.form == Form::write || row.form == Form::item_write) return "set";
  std::string_view name = row.name;
  if (name.ends_with(at_once)) name.remove_suffix(at_once.size());
  return name;
}

template <class PayloadAt>
std::vector<std::string> arguments_of(const OperationRow& row, std::size_t size,
                                      const PayloadAt& payload_at) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < row.parameters.size() && at < size; ++at)
    if (const Payload* given = payload_at(at);
        given != nullptr && std::ranges::find(about_waiting, row.parameters[at].name) == about_waiting.end())
      words.push_back(literal(*given));
  return words;
}

template <class Make>
Payload told(Session& here, const ToldCall& call, const Make& make) {
  const CallId id = here.call_begun(call);
  try {
    Payload result = make();
    here.call_returned(id, literal(result));
    return result;
  } catch (const std::exception& exception) {
    const std::string name = name_of(exception);
    if (std::ranges::find(refusals, name) != refusals.end()) here.call_returned(id, name);
    throw;
  }
}

}  // namespace

void specify_histories(const Plan& plan) {
  Session* const here = session();
  if (here == nullptr) return;
  for (const HistoryPlan& each : plan.histories)
    here->specify({.object = each.expected->object,
                   .model = each.model->make,
                   .number = each.expected->number.value_or(each.model->value),
                   .where = each.where});
}

Payload tell(std::string_view object, const OperationRow& row, Call& call) {
  Session* const here = session();
  if (here == nullptr) return row.run(call);
  const std::vector<std::string> arguments = arguments_of(
      row, call.size(), [&](std::size_t at) { return call.has(at) ? &call.payload(at) : nullptr; });
  return told(*here,
              {.object = object, .operation = operation_of(row), .arguments = arguments, .where = call.where},
              [&] { return row.run(call); });
}

Payload tell(std::string_view object, const OperationRow& row, const std::vector<Evaluated>& arguments,
             mp::Location where, const std::function<Payload()>& make) {
  Session* const here = session();
  if (here == nullptr) return make();
  const std::vector<std::string> words = arguments_of(row, arguments.size(), [&](std::size_t at) {
    return arguments[at].payload ? &*arguments[at].payload : nullptr;
  });
  return told(*here, {.object = object, .operation = operation_of(row), .arguments = words, .where = where},
              make);
}

}  // namespace heddle::programs
