// The report for trace viewers: the interleavings in the trace event format that Chrome and Perfetto read, a
// step a microsecond. Each finding is a group of processes of its own.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_trace_report();

}  // namespace heddle
