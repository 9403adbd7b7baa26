// Reports for GitHub: annotations, which a workflow's log turns into remarks at source lines, and the step
// summary, a page in Markdown with the interleaving as a Mermaid diagram.
#pragma once

#include <memory>

#include <heddle/core/report.hpp>

namespace heddle {

std::unique_ptr<Report> make_github_annotations();
std::unique_ptr<Report> make_github_summary();

}  // namespace heddle
