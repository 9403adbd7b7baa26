// Results and the list of cases as JSON.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>
#include <stdexcept>

#include <heddle/conform/needs.hpp>
#include <heddle/conform/port_report.hpp>

namespace heddle::conform {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

constexpr const char* format_name = "heddle-port-report-1";
constexpr std::array<std::string_view, 4> states{"pending", "returned", "raised", "gone"};

ordered_json json_of(const Exchange& exchange) {
  ordered_json made = {{"process", exchange.process},
                       {"call", exchange.call},
                       {"line", exchange.line},
                       {"state", states[static_cast<std::size_t>(exchange.state)]}};
  if (exchange.state == Exchange::State::pending) return made;
  made["result"] = exchange.result;
  made["came_after"] = exchange.came_after;
  made["seconds"] = exchange.seconds;
  return made;
}

ordered_json json_of(const CaseReport& each) {
  ordered_json made = {{"id", each.id},
                       {"summary", each.summary},
                       {"rows", each.rows},
                       {"level", name_of(each.level)},
                       {"status", name_of(each.result.status)},
                       {"message", each.result.message},
                       {"executions", each.result.executions},
                       {"seconds", each.result.seconds}};
  if (!each.text.empty()) made["text"] = each.text;
  if (!each.result.trace.empty()) {
    made["trace"] = ordered_json::array();
    for (const Exchange& exchange : each.result.trace) made["trace"].push_back(json_of(exchange));
  }
  if (!each.result.again.empty()) made["again"] = each.result.again;
  return made;
}

ordered_json json_of(const Hello& port) {
  return {{"implementation", port.implementation},
          {"version", port.version},
          {"language", port.language},
          {"issues_url", port.issues_url},
          {"capabilities", port.capabilities},
          {"limits", port.limits},
          {"start_methods", port.start_methods}};
}

/// The value by its name.
template <class Value>
Value named(const std::string& name, std::initializer_list<Value> all) {
  for (const Value value : all)
    if (name_of(value) == name) return value;
  throw std::invalid_argument(fmt::format("'{}' is unknown", name));
}

Exchange exchange_in(const json& of) {
  const auto state = of.at("state").get<std::string>();
  const auto* const found = std::ranges::find(states, state);
  if (found == states.end()) throw std::invalid_argument(fmt::format("'{}' is no state", state));
  return {.process = of.at("process"),
          .call = of.at("call"),
          .line = of.at("line"),
          .state = static_cast<Exchange::State>(found - states.begin()),
          .result = of.value("result", ""),
          .came_after = of.value("came_after", std::uint64_t{0}),
          .seconds = of.value("seconds", 0.0)};
}

CaseReport case_in(const json& of) {
  CaseReport each{.id = of.at("id"),
                  .summary = of.at("summary"),
                  .rows = of.at("rows"),
                  .level = named(of.at("level"), {Level::required, Level::recommended, Level::hazard}),
                  .text = of.value("text", "")};
  each.result = {
      .id = each.id,
      .status = named(of.at("status"), {Status::passed, Status::failed, Status::errored, Status::skipped}),
      .message = of.at("message"),
      .executions = of.at("executions"),
      .seconds = of.at("seconds")};
  each.result.again = of.value("again", "");
  if (of.contains("trace"))
    for (const json& exchange : of.at("trace")) each.result.trace.push_back(exchange_in(exchange));
  return each;
}

PortReport report_of(const json& of) {
  if (of.at("format") != format_name)
    throw std::invalid_argument(fmt::format("its format is not {}", format_name));
  const json& port = of.at("port");
  PortReport report{.suite = of.at("suite"),
                    .port = {.implementation = port.at("implementation"),
                             .version = port.at("version"),
                             .language = port.at("language"),
                             .issues_url = port.at("issues_url"),
                             .capabilities = port.at("capabilities"),
                             .limits = port.at("limits"),
                             .start_methods = port.at("start_methods")},
                    .seconds = of.at("seconds"),
                    .restarts = of.at("restarts")};
  for (const json& each : of.at("cases")) report.cases.push_back(case_in(each));
  return report;
}

std::string text_of(const ordered_json& whole) {
  return whole.dump(1, ' ', false, ordered_json::error_handler_t::replace) + "\n";
}

}  // namespace

std::string json_text(const PortReport& report) {
  ordered_json whole = {{"format", format_name},
                        {"suite", report.suite},
                        {"port", json_of(report.port)},
                        {"seconds", report.seconds},
                        {"restarts", report.restarts}};
  for (const Status status : {Status::passed, Status::failed, Status::errored, Status::skipped})
    whole["summary"][std::string(name_of(status))] = count(report, status);
  whole["summary"]["observed"] = count_observed(report);
  whole["cases"] = ordered_json::array();
  for (const CaseReport& each : report.cases) whole["cases"].push_back(json_of(each));
  return text_of(whole);
}

Expected<PortReport> port_report_in(std::string_view text, std::string_view file) {
  try {
    return report_of(json::parse(text));
  } catch (const std::exception& error) {
    return tl::unexpected(Error{.code = "result-malformed",
                                .what = fmt::format("{}: {}", file, error.what()),
                                .hint = "heddle conform --report json:FILE writes what can be compared"});
  }
}

std::string list_json(std::span<const Case> cases) {
  ordered_json list = ordered_json::array();
  for (const Case& each : cases)
    list.push_back({{"id", each.id},
                    {"level", name_of(each.level)},
                    {"rows", each.rows},
                    {"summary", each.summary},
                    {"needs", needs_of(*each.plan)}});
  return text_of(list);
}

std::string list_text(std::span<const Case> cases) {
  std::string text;
  for (const Case& each : cases)
    text += fmt::format("{:<44} {:<12} {:<24} {}\n", each.id, name_of(each.level),
                        fmt::format("{}", fmt::join(each.rows, " ")), each.summary);
  return text;
}

}  // namespace heddle::conform
