// See coverage.cpp.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_coverage_report();

}  // namespace heddle
