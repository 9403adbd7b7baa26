// Words for operations.
#include <fmt/format.h>

#include <heddle/core/party.hpp>

namespace heddle {

std::string words_of(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  const std::string object = situation.name_of_object(operation.object);
  return fmt::format("{}{}{}({})", object, object.empty() ? "" : ".", name_of(operation.verb),
                     situation.argument_of(operation));
}

Party party_of(const Situation& situation, OperationIndex index) {
  const OperationRow& operation = situation.operations[index];
  return {.who = situation.name_of_task(operation.task),
          .operation = words_of(situation, index),
          .where = operation.where,
          .step = operation.step_begin};
}

}  // namespace heddle
