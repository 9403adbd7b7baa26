// How far an exploration has come, in one line for people.
#pragma once

#include <string>

#include <heddle/engine/exploration.hpp>

namespace heddle {

/// Seconds until the budget ends, judged by the rate so far; absent when nothing can be said.
std::optional<double> seconds_left(const Progress& progress, const Budget& budget);

/// "12,345 executions (4,100/s), 230 distinct, no findings, 12 s left". No interleavings beside executions:
/// their number is not known.
std::string progress_line(const Progress& progress, const Budget& budget);

}  // namespace heddle
