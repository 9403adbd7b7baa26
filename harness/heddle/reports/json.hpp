// The report for programs: everything there is to say, as JSON (docs/reference/report-schema.json).
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_json_report();

}  // namespace heddle
