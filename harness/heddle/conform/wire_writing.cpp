// Messages as lines.
#include <algorithm>
#include <nlohmann/json.hpp>

#include <heddle/conform/json_values.hpp>
#include <heddle/conform/wire_names.hpp>
#include <mp/errors.hpp>

namespace heddle::conform {
namespace {

using nlohmann::json;

json json_of(const ScriptTold& script) {
  json parameters = json::object();
  for (const auto& [name, value] : script.parameters) parameters[name] = conform::json_of(value);
  return {{"name", script.name},
          {"kind", script.kind == programs::Script::Runner::thread ? "thread" : "process"},
          {"copies", script.copies},
          {"daemon", script.daemon ? json(*script.daemon) : json()},
          {"parameters", std::move(parameters)},
          {"objects", script.objects},
          {"scripts", script.scripts}};
}

struct OrderToJson {
  json operator()(const Suite& suite) const {
    return {{"type", "hello"}, {"protocol", suite.protocol}, {"suite", suite.name}};
  }
  json operator()(const CaseBegun& begun) const {
    json scripts = json::array();
    for (const ScriptTold& script : begun.scripts) scripts.push_back(json_of(script));
    return {{"type", "case"},
            {"id", begun.id},
            {"start_method", begun.start_method},
            {"program", {{"scripts", std::move(scripts)}, {"objects", begun.objects}, {"text", begun.text}}}};
  }
  json operator()(const Call& call) const {
    json line = {{"seq", call.seq},
                 {"ev", "call"},
                 {"process", call.process},
                 {"form", name_of(call.form)},
                 {"operation", call.operation},
                 {"args", json::array()}};
    for (const Argument& argument : call.arguments)
      if (argument.keyword.empty())
        line["args"].push_back(conform::json_of(argument.term));
      else
        line["kwargs"][argument.keyword] = conform::json_of(argument.term);
    if (!call.object.empty()) line["object"] = call.object;
    if (!call.bind.empty()) line["bind"] = call.bind;
    if (!call.names.empty()) line["names"] = call.names;
    return line;
  }
  json operator()(const CaseEnded& ended) const { return {{"type", "end"}, {"id", ended.id}}; }
};

struct AnswerToJson {
  json operator()(const Hello& hello) const {
    return {{"type", "hello"},
            {"protocol", hello.protocol},
            {"implementation", hello.implementation},
            {"version", hello.version},
            {"language", hello.language},
            {"issues_url", hello.issues_url},
            {"capabilities", hello.capabilities},
            {"limits", hello.limits},
            {"start_methods", hello.start_methods}};
  }
  json operator()(const Ready& ready) const { return {{"type", "ready"}, {"id", ready.id}}; }
  json operator()(const Skipped& skipped) const {
    return {{"type", "skipped"}, {"id", skipped.id}, {"reason", skipped.reason}};
  }
  json operator()(const Returned& returned) const {
    json line = {
        {"seq", returned.seq}, {"ev", "ret"}, {"process", returned.process}, {"seconds", returned.seconds}};
    if (const auto* const result = std::get_if<programs::Payload>(&returned.outcome)) {
      line["result"] = conform::json_of(*result);
      return line;
    }
    const auto& raised = std::get<Raised>(returned.outcome);
    json& error = line["error"] = {{"type", raised.type},
                                   {"bases", raised.bases},
                                   {"words", raised.words},
                                   {"definite", raised.is_definite}};
    if (raised.carries) error["carries"] = conform::json_of(*raised.carries);
    return line;
  }
  json operator()(const Blocked& blocked) const { return {{"ev", "block"}, {"seq", blocked.seq}}; }
  json operator()(const Exited& exited) const {
    return {{"ev", "exit"}, {"process", exited.process}, {"code", exited.code ? json(*exited.code) : json()}};
  }
  json operator()(const Done& done) const { return {{"type", "done"}, {"id", done.id}}; }
  json operator()(const Errored& errored) const {
    return {{"type", "errored"}, {"id", errored.id}, {"message", errored.message}};
  }
};

/// What is not UTF-8 is replaced: a line of the protocol is.
std::string text_of(const json& line) { return line.dump(-1, ' ', false, json::error_handler_t::replace); }

}  // namespace

bool operator==(const Several& one, const Several& other) { return one.terms == other.terms; }

void RemoteObject::encode(mp::Encoder&) const {
  throw mp::RuntimeError("an object of a port does not cross by itself");
}

std::string_view name_of(CallForm form) { return form_names[static_cast<std::size_t>(form)]; }

std::string line_of(const Order& order) { return text_of(std::visit(OrderToJson{}, order)); }
std::string line_of(const Answer& answer) { return text_of(std::visit(AnswerToJson{}, answer)); }

}  // namespace heddle::conform
