// The report for servers that show test results: JUnit's XML, a suite per folder of scenarios, a case per
// scenario. By default valid against the schema of Jenkins' xUnit plugin (junit-10); the other flavour has
// what GoogleTest's own files have, for readers that were made for these.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_junit_report();

}  // namespace heddle
