// Words for operations.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>
#include <vector>

#include <heddle/core/party.hpp>

namespace heddle {
namespace {

/// The folder of the tree that this was built from, with a slash at its end.
std::string_view root() {
  const std::string_view here = std::source_location::current().file_name();
  return here.substr(0, here.size() - std::string_view("harness/heddle/core/party.cpp").size());
}

bool is_inside(std::string_view file) {
  if (!file.starts_with(root()) || file.ends_with("_test.cpp")) return false;
  file.remove_prefix(root().size());
  return file.starts_with("lib/mp/") || file.starts_with("harness/heddle/worlds/");
}

mp::Location place_for_reader(const Situation& situation, const OperationRow& operation) {
  if (!is_inside(operation.where.file_name())) return operation.where;
  if (operation.object == none) return {};
  const mp::Location made = situation.objects[operation.object].where;
  return is_inside(made.file_name()) ? mp::Location{} : made;
}

// Some verbs stand for calls that go by another name where the program makes them.
std::string_view name_of_call(const Situation& situation, const OperationRow& operation) {
  if (operation.kind != mp::ObjectKind::manager) return name_of(operation.verb);
  if (operation.verb == mp::Verb::close) return "shutdown";
  if (operation.verb != mp::Verb::connect || operation.object == none) return name_of(operation.verb);
  const mp::Location made = situation.objects[operation.object].where;
  const bool makes_the_manager = made.line() == operation.where.line() &&
                                 std::string_view(made.file_name()) == operation.where.file_name();
  return makes_the_manager ? "connect" : "create";
}

/// What the party's operation is called now that all of it was told.
std::string words_with_argument(const Party& party, const Situation& situation) {
  const std::string_view start = std::string_view(party.operation).substr(0, party.operation.size() - 1);
  for (OperationIndex index = 0; index < situation.operations.size(); ++index) {
    const OperationRow& row = situation.operations[index];
    if (row.task == no_task || row.step_begin != party.step || situation.name_of_task(row.task) != party.who)
      continue;
    if (std::string words = words_of(situation, index); words.starts_with(start)) return words;
  }
  return party.operation;
}

void replace_all(std::string& text, std::string_view old, std::string_view fresh) {
  for (std::size_t at = text.find(old); at != std::string::npos; at = text.find(old, at + fresh.size()))
    text.replace(at, old.size(), fresh);
}

}  // namespace

std::string words_of(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  const std::string object = situation.name_of_object(operation.object);
  return fmt::format("{}{}{}({})", object, object.empty() ? "" : ".", name_of_call(situation, operation),
                     situation.argument_of(operation));
}

Party party_of(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  return {.who = situation.name_of_task(operation.task),
          .operation = words_of(situation, index),
          .where = place_for_reader(situation, operation),
          .step = operation.step_begin};
}

void complete_words(Finding& finding, const Situation& situation) {
  const std::vector<Party> before = finding.parties;
  for (Party& party : finding.parties) {
    if (!party.operation.ends_with("()")) continue;
    std::string words = words_with_argument(party, situation);
    if (words == party.operation) continue;
    const bool is_only_one = std::ranges::count(before, party.operation, &Party::operation) == 1;
    if (is_only_one) replace_all(finding.sentence, party.operation, words);
    party.operation = std::move(words);
  }
}

}  // namespace heddle
