// Lines as messages. What is missing or of another type is told by the JSON library, in its words.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <heddle/conform/json_values.hpp>
#include <heddle/conform/wire_names.hpp>
#include <heddle/programs/program.hpp>

namespace heddle::conform {
namespace {

using nlohmann::json;
using programs::Script;

ScriptTold script_in(const json& of) {
  ScriptTold script{.name = of.at("name"),
                    .kind = of.at("kind") == "thread" ? Script::Runner::thread : Script::Runner::process,
                    .copies = of.at("copies"),
                    .objects = of.at("objects"),
                    .scripts = of.at("scripts")};
  if (!of.at("daemon").is_null()) script.daemon = of.at("daemon").get<bool>();
  for (const auto& [name, value] : of.at("parameters").items()) script.parameters[name] = payload_in(value);
  return script;
}

CaseBegun case_in(const json& of) {
  const json& program = of.at("program");
  CaseBegun begun{.id = of.at("id"),
                  .start_method = of.at("start_method"),
                  .objects = program.at("objects"),
                  .text = program.at("text")};
  for (const json& script : program.at("scripts")) begun.scripts.push_back(script_in(script));
  return begun;
}

Call call_in(const json& of) {
  const auto form = of.at("form").get<std::string>();
  const auto* const name = std::ranges::find(form_names, form);
  if (name == form_names.end()) throw std::invalid_argument(fmt::format("no form is called '{}'", form));
  Call call{.seq = of.at("seq"),
            .process = of.at("process"),
            .form = static_cast<CallForm>(name - form_names.begin()),
            .object = of.value("object", ""),
            .operation = of.at("operation"),
            .bind = of.value("bind", ""),
            .names = of.value("names", std::vector<std::string>())};
  for (const json& term : of.at("args")) call.arguments.push_back({.term = term_in(term)});
  if (of.contains("kwargs"))
    for (const auto& [keyword, term] : of.at("kwargs").items())
      call.arguments.push_back({.keyword = keyword, .term = term_in(term)});
  return call;
}

Order order_of(const json& of) {
  if (of.value("ev", "") == "call") return call_in(of);
  const auto type = of.at("type").get<std::string>();
  if (type == "hello") return Suite{.protocol = of.at("protocol"), .name = of.at("suite")};
  if (type == "case") return case_in(of);
  if (type == "end") return CaseEnded{of.at("id")};
  throw std::invalid_argument(fmt::format("no order is called '{}'", type));
}

Hello hello_in(const json& of) {
  return {.protocol = of.at("protocol"),
          .implementation = of.at("implementation"),
          .version = of.at("version"),
          .language = of.at("language"),
          .issues_url = of.value("issues_url", ""),
          .capabilities = of.at("capabilities"),
          .limits = of.value("limits", std::map<std::string, std::int64_t>()),
          .start_methods = of.value("start_methods", std::vector<std::string>())};
}

Raised raised_in(const json& of) {
  Raised raised{.type = of.at("type"),
                .bases = of.value("bases", std::vector<std::string>()),
                .words = of.value("words", ""),
                .is_definite = of.value("definite", true)};
  if (of.contains("carries")) raised.carries = payload_in(of.at("carries"));
  return raised;
}

Returned returned_in(const json& of) {
  Returned returned{.seq = of.at("seq"), .process = of.at("process"), .seconds = of.value("seconds", 0.0)};
  if (of.contains("error"))
    returned.outcome = raised_in(of.at("error"));
  else
    returned.outcome = payload_in(of.at("result"));
  return returned;
}

Exited exited_in(const json& of) {
  Exited exited{.process = of.at("process")};
  if (!of.at("code").is_null()) exited.code = of.at("code").get<int>();
  return exited;
}

Answer answer_of(const json& of) {
  if (of.contains("ev")) {
    const auto event = of.at("ev").get<std::string>();
    if (event == "ret") return returned_in(of);
    if (event == "block") return Blocked{of.at("seq")};
    if (event == "exit") return exited_in(of);
    throw std::invalid_argument(fmt::format("no event is called '{}'", event));
  }
  const auto type = of.at("type").get<std::string>();
  if (type == "hello") return hello_in(of);
  if (type == "ready") return Ready{of.at("id")};
  if (type == "skipped") return Skipped{.id = of.at("id"), .reason = of.at("reason")};
  if (type == "done") return Done{of.at("id")};
  if (type == "errored") return Errored{.id = of.at("id"), .message = of.at("message")};
  throw std::invalid_argument(fmt::format("no answer is called '{}'", type));
}

template <class Message, class Read>
Expected<Message> message_in(std::string_view line, const Read& read) {
  constexpr std::size_t shown_max = 200;
  try {
    const json parsed = json::parse(line);
    if (!parsed.is_object()) throw std::invalid_argument("a message is an object");
    return read(parsed);
  } catch (const std::exception& error) {
    return tl::unexpected(
        Error{.code = "adapter-malformed",
              .what = fmt::format("'{}' is no message: {}", line.substr(0, shown_max), error.what()),
              .hint = "docs/reference/port-protocol.md has the messages",
              .exit = ExitCode::internal});
  }
}

}  // namespace

Expected<Order> order_in(std::string_view line) { return message_in<Order>(line, &order_of); }
Expected<Answer> answer_in(std::string_view line) { return message_in<Answer>(line, &answer_of); }

}  // namespace heddle::conform
