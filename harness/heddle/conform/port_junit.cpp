// Results for a CI system: a suite for each primitive, a test for each case.
#include <fmt/format.h>

#include <map>
#include <pugixml.hpp>
#include <sstream>

#include <heddle/conform/port_report.hpp>
#include <heddle/conform/trace_text.hpp>
#include <heddle/core/xml_text.hpp>

namespace heddle::conform {
namespace {

void set(pugi::xml_node node, const char* name, const std::string& value) {
  node.append_attribute(name).set_value(xml_text(value).c_str());
}

void add(pugi::xml_node suite, const std::string& port, const CaseReport& each) {
  pugi::xml_node test = suite.append_child("testcase");
  set(test, "classname", fmt::format("{}.{}", port, primitive_of(each.id)));
  set(test, "name", each.id);
  set(test, "time", fmt::format("{:.3f}", each.result.seconds));
  if (each.result.status == Status::passed) return;
  const bool is_skipped = each.result.status == Status::skipped || is_observed(each);
  pugi::xml_node why = test.append_child(is_skipped                             ? "skipped"
                                         : each.result.status == Status::failed ? "failure"
                                                                                : "error");
  set(why, "message", (is_observed(each) ? "hazard observed: " : "") + each.result.message);
  if (is_skipped) return;
  set(why, "type", std::string(name_of(each.level)));
  why.append_child(pugi::node_pcdata).set_value(xml_text(trace_text(each.result)).c_str());
}

/// JUnit knows no hazards: one that was observed is skipped, in so many words.
std::size_t count(const std::vector<const CaseReport*>& cases, Status status) {
  std::size_t number = 0;
  for (const CaseReport* each : cases)
    number += (is_observed(*each) ? Status::skipped : each->result.status) == status ? 1 : 0;
  return number;
}

}  // namespace

std::string junit_text(const PortReport& report) {
  std::map<std::string_view, std::vector<const CaseReport*>> suites;
  for (const CaseReport& each : report.cases) suites[primitive_of(each.id)].push_back(&each);
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("testsuites");
  const std::string port = name_of(report.port);
  set(root, "name", port);
  for (const auto& [primitive, cases] : suites) {
    pugi::xml_node suite = root.append_child("testsuite");
    set(suite, "name", std::string(primitive));
    set(suite, "tests", std::to_string(cases.size()));
    set(suite, "failures", std::to_string(count(cases, Status::failed)));
    set(suite, "errors", std::to_string(count(cases, Status::errored)));
    set(suite, "skipped", std::to_string(count(cases, Status::skipped)));
    for (const CaseReport* each : cases) add(suite, port, *each);
  }
  std::ostringstream text;
  document.save(text, "  ", pugi::format_indent, pugi::encoding_utf8);
  return text.str();
}

}  // namespace heddle::conform
