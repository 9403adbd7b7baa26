// Histories come from other people's files. Whatever the bytes are, they are read or refused, and what is
// read is judged or given up within its budget; an order that is said to explain them is one that the model
// allows.
#include <cstdint>
#include <cstdlib>
#include <heddle/histories/history_text.hpp>
#include <heddle/linearizability/check.hpp>
#include <heddle/linearizability/models/registry.hpp>
#include <string_view>

namespace {

using namespace heddle;
using linearizability::Call;
using linearizability::Model;
using linearizability::State;

bool allows(const Model& model, const std::vector<Call>& calls, const std::vector<std::size_t>& order) {
  std::vector<State> states{model.initial()};
  for (const std::size_t call : order) {
    std::vector<State> next;
    for (const State& state : states) model.successors(state, calls[call], next);
    states = std::move(next);
    if (states.size() > 100) return true;  // too free a choice to go on with
  }
  return !states.empty();
}

/// The order of a whole is one of its parts, and models know the state of a part only.
bool has_parts(const Model& model, const std::vector<Call>& calls) {
  for (const Call& call : calls)
    if (!model.part_of(call).empty()) return true;
  return false;
}

void judge(std::string_view text, histories::Format format, const linearizability::ModelRow& row) {
  const auto model = row.make(row.value);
  const auto calls = histories::read_history(text, format, *model, "input");
  if (!calls) return;
  int rounds = 0;
  const auto judgement = check(*model, *calls, {.is_spent = [&] { return ++rounds > 3; }});
  if (judgement.answer != linearizability::Answer::yes || has_parts(*model, *calls)) return;
  if (!allows(*model, *calls, judgement.order)) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const auto rows = linearizability::models();
  const auto format = data[0] % 2 == 0 ? histories::Format::edn : histories::Format::jepsen;
  judge(text, format, rows[data[0] / 2 % rows.size()]);
  return 0;
}
