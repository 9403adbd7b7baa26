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

std::vector<std::string> arguments_of(const OperationRow& row, const Call& call) {
  std::vector<std::string> words;
  for (std::size_t at = 0; at < row.parameters.size() && at < call.size(); ++at)
    if (call.has(at) && std::ranges::find(about_waiting, row.parameters[at].name) == about_waiting.end())
      words.push_back(literal(call.payload(at)));
  return words;
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
  const std::vector<std::string> arguments = arguments_of(row, call);
  const CallId id = here->call_begun(
      {.object = object, .operation = operation_of(row), .arguments = arguments, .where = call.where});
  try {
    Payload result = row.run(call);
    here->call_returned(id, literal(result));
    return result;
  } catch (const std::exception& exception) {
    const std::string name = name_of(exception);
    if (std::ranges::find(refusals, name) != refusals.end()) here->call_returned(id, name);
    throw;
  }
}

}  // namespace heddle::programs
