// The values; how they are written is in the files beside this one.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/conform/port_report.hpp>
#include <heddle/core/version.hpp>

namespace heddle::conform {
namespace {

bool is_wrong(const CaseReport& each) {
  return each.result.status == Status::failed || each.result.status == Status::errored;
}

}  // namespace

PortReport reported(PortResult result, std::span<const Case> cases) {
  PortReport report{.suite = fmt::format("heddle {}", version),
                    .port = std::move(result.port),
                    .seconds = result.seconds,
                    .restarts = result.restarts};
  for (std::size_t i = 0; i < result.cases.size(); ++i) {
    CaseReport each{.id = cases[i].id,
                    .summary = cases[i].summary,
                    .rows = cases[i].rows,
                    .level = cases[i].level,
                    .result = std::move(result.cases[i])};
    if (is_bad(each) || is_observed(each))
      each.text = cases[i].text;
    else
      each.result.trace.clear();
    report.cases.push_back(std::move(each));
  }
  return report;
}

std::string name_of(const Hello& port) {
  return port.version.empty() ? port.implementation : fmt::format("{} {}", port.implementation, port.version);
}

bool is_bad(const CaseReport& each) { return is_wrong(each) && each.level != Level::hazard; }

bool is_observed(const CaseReport& each) { return is_wrong(each) && each.level == Level::hazard; }

std::size_t count(const PortReport& report, Status status) {
  return static_cast<std::size_t>(std::ranges::count_if(report.cases, [&](const CaseReport& each) {
    return each.result.status == status && !is_observed(each);
  }));
}

std::size_t count_observed(const PortReport& report) {
  return static_cast<std::size_t>(std::ranges::count_if(report.cases, &is_observed));
}

bool breaks_a_promise(const PortReport& report) {
  return std::ranges::any_of(
      report.cases, [](const CaseReport& each) { return is_wrong(each) && each.level == Level::required; });
}

}  // namespace heddle::conform
