// The reports that a command was asked for: which of them, and where each goes. Those without a file are
// printed; a file is whole or not there, and what was at its place stays until then.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/cli/context.hpp>
#include <heddle/core/report.hpp>

namespace heddle::cli {

struct ReportAsked {
  std::string name;
  std::string file = {};  // empty: the standard output
  JunitFlavour junit_flavour = JunitFlavour::jenkins;
  friend bool operator==(const ReportAsked&, const ReportAsked&) = default;
};

/// "junit:build/heddle.xml", "text". Error report-unknown.
Expected<ReportAsked> report_asked(std::string_view words);

/// "jenkins", "gtest".
std::optional<JunitFlavour> junit_flavour_of(std::string_view name);

/// Can all of the files be written? To be asked before there is anything to lose. Error result-unwritable.
Expected<void> check_reports(const std::vector<ReportAsked>& asked);

/// Makes each report of all items. Where none is asked for on the standard output, `text` is printed, or
/// lines if that is how the command speaks. Error result-unwritable for the first file that could not be
/// written; the others were.
Expected<void> report(const std::vector<ReportItem>& items, const std::vector<ReportAsked>& asked,
                      const Context& context);

/// The same, but nothing is printed that was not asked for.
Expected<void> write_reports(const std::vector<ReportItem>& items, const std::vector<ReportAsked>& asked,
                             const Context& context);

}  // namespace heddle::cli
