// Names for what stands in the situation's rows.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/situation.hpp>

namespace heddle {

void Situation::clear() {
  tasks.clear();
  processes.clear();
  objects.clear();
  operations.clear();
  words.clear();
  held_locks.begin();
  streams.clear();
  histories.clear();
  calls.clear();
  clock.clear();
  clock_without_locks.clear();
  os_clock.clear();
  step = 0;
  processes_killed = 0;
}

OperationWords& Situation::words_for(OperationRow& operation) {
  if (operation.words == none) operation.words = words.add();
  return words[operation.words];
}

namespace {
const std::string no_words;
}

const std::string& Situation::argument_of(const OperationRow& operation) const {
  return operation.words == none ? no_words : words[operation.words].argument;
}

const std::string& Situation::result_of(const OperationRow& operation) const {
  return operation.words == none ? no_words : words[operation.words].result;
}

std::string Situation::label_of(TaskIndex task) const {
  const TaskRow& row = tasks[task];
  std::string label = row.parent == no_task ? row.name : label_of(row.parent) + "/" + row.name;
  if (row.ordinal > 1) label += fmt::format("#{}", row.ordinal);
  return label;
}

std::string Situation::name_of(ProcessIndex process) const {
  const ProcessRow& row = processes[process];
  const std::uint32_t ordinal = tasks[row.main].ordinal;
  return ordinal > 1 ? fmt::format("{}#{}", row.name, ordinal) : row.name;
}

std::string Situation::name_of_task(TaskIndex task) const {
  const TaskRow& row = tasks[task];
  std::string process = name_of(row.process);
  if (processes[row.process].main == task) return process;
  const std::string name = row.ordinal > 1 ? fmt::format("{}#{}", row.name, row.ordinal) : row.name;
  return process + "/" + name;
}

std::string Situation::name_of_object(ObjectIndex object) const {
  if (object == none) return "";
  const ObjectRow& row = objects[object];
  if (!row.name.empty()) return row.name;
  const std::string kind(heddle::name_of(row.kind));
  return fmt::format("{}-{} of {}", kind, row.ordinal, name_of_task(row.creator));
}

bool Situation::holds(ObjectIndex object, ProcessIndex process) const {
  const auto& holders = objects[object].holders;
  const auto found = std::ranges::find(holders, process, &Holder::process);
  return found != holders.end() && found->claims > 0;
}

}  // namespace heddle
