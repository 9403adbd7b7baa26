// How each kind of message changes what is known of a run. Words are the same as those of the oracles that
// find the same in a simulated execution.
#include <fmt/format.h>

#include <cstring>

#include <heddle/core/rules.hpp>
#include <heddle/worlds/host/collection.hpp>

namespace heddle::host {
namespace {

Finding make_finding(std::string id, std::string object, std::string sentence) {
  Finding finding;
  finding.severity = rule(id)->severity;
  finding.rule = std::move(id);
  finding.object = std::move(object);
  finding.sentence = std::move(sentence);
  return finding;
}

std::string signal_in_words(std::uint32_t signal) {
  const char* name = ::sigabbrev_np(static_cast<int>(signal));
  return "signal " + std::to_string(signal) + (name == nullptr ? "" : " (SIG" + std::string(name) + ")");
}

}  // namespace

std::string Collection::object_name(std::uint32_t object) const {
  const auto found = object_names_.find(object);
  return found == object_names_.end() ? "" : found->second;
}

void Collection::add_crash(const Message& message, std::uint32_t object, std::string sentence) {
  Finding finding = make_finding("crash", object == 0 ? "main" : object_name(object), std::move(sentence));
  if (!message.who.empty())
    finding.parties.push_back({.who = message.who, .operation = message.operation, .where = message.where});
  crashes_.push_back({.object = object, .finding = std::move(finding)});
}

void Collection::add(const Message& message) {
  switch (message.kind) {
    case MessageKind::started:
      if (names_.empty()) main_ = static_cast<pid_t>(message.number);  // the supervisor speaks first
      names_[message.number] = message.text;
      objects_of_processes_[message.number] = message.object;
      return;
    case MessageKind::created:
      object_names_[message.object] = message.text;
      return;
    case MessageKind::exitcode_read:
      exitcodes_read_.insert(message.object);
      return;
    case MessageKind::misused: {
      // Not every refusal is a rule of the catalogue, and there is no history here to weigh one by.
      const Rule* const known = rule(message.rule);
      if (finding_ || !judges_misuse_ || known == nullptr || known->is_weighed) return;
      const std::string object = object_name(message.object);
      std::string operation = message.operation.empty() ? "" : message.operation + "()";
      if (!object.empty() && !operation.empty()) operation = object + "." + operation;
      finding_ = make_finding(message.rule, object,
                              fmt::format("{} called {}: {}", message.who, operation, message.text));
      finding_->parties.push_back({.who = message.who, .operation = operation, .where = message.where});
      return;
    }
    case MessageKind::uncaught:
      return add_crash(message, message.object,
                       message.who + " ended by an uncaught exception: " + message.text);
    case MessageKind::killed:
      return add_crash(message, objects_of_processes_[message.number],
                       names_[message.number] + " was ended by " + signal_in_words(message.object));
    case MessageKind::outcome:
      outcomes_.push_back(message.text);
      return;
    case MessageKind::failed:
      if (finding_) return;
      finding_ = make_finding("assertion", "", message.who + ": " + message.text);
      finding_->parties.push_back({.who = message.who, .operation = "assertion", .where = message.where});
      return;
    case MessageKind::ended:
      main_ended_ = true;
      if (message.object != 0) add_crash(message, 0, "main was ended by " + signal_in_words(message.object));
      return;
  }
}

std::optional<Finding> Collection::finding() const {
  if (finding_) return finding_;
  for (const Crash& crash : crashes_)
    if (!exitcodes_read_.contains(crash.object)) return crash.finding;
  return std::nullopt;
}

}  // namespace heddle::host
