// The report to open in a browser: one file that asks for nothing else. Its own style and script are the only
// ones that a browser will run, and whatever programs say is shown as text.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_html_report();

}  // namespace heddle
