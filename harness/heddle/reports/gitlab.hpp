// The report for GitLab's code quality: a list of issues, each with its place and a fingerprint that stays.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_gitlab_report();

}  // namespace heddle
