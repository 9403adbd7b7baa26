// The values; how they are written is in the files beside this one.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/conform/port_report.hpp>
#include <heddle/core/version.hpp>

namespace heddle::conform {

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
    const bool is_bad = each.result.status == Status::failed || each.result.status == Status::errored;
    if (is_bad)
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

std::size_t count(const PortReport& report, Status status) {
  return static_cast<std::size_t>(std::ranges::count_if(
      report.cases, [&](const CaseReport& each) { return each.result.status == status; }));
}

bool breaks_a_promise(const PortReport& report) {
  return std::ranges::any_of(report.cases, [](const CaseReport& each) {
    const bool is_bad = each.result.status == Status::failed || each.result.status == Status::errored;
    return is_bad && each.level == Level::required;
  });
}

}  // namespace heddle::conform
