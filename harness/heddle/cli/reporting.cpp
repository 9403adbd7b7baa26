// See the header.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/cli/reporting.hpp>
#include <heddle/core/near.hpp>
#include <heddle/reports/registry.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

std::string rendered(const ReportAsked& asked, const std::vector<ReportItem>& items, const Context& context) {
  return find_report(asked.name)
      ->make()
      ->render({.items = items,
                .command = context.command,
                .began = context.began,
                .root = context.root,
                .width = context.terminal.width,
                .colour = context.terminal.colour,
                .junit_flavour = asked.junit_flavour});
}

}  // namespace

Expected<ReportAsked> report_asked(std::string_view words) {
  const std::size_t colon = words.find(':');
  ReportAsked asked{.name = std::string(words.substr(0, colon))};
  if (colon != std::string_view::npos) asked.file = words.substr(colon + 1);
  if (find_report(asked.name) == nullptr)
    return tl::unexpected(
        Error{.code = "report-unknown",
              .what = fmt::format("no report is called '{}'", asked.name),
              .hint = near_hint(asked.name, names_of(reports()), "heddle reports lists them")});
  if (colon != std::string_view::npos && asked.file.empty())
    return tl::unexpected(Error{.code = "report-unknown",
                                .what = fmt::format("'{}' names no file", words),
                                .hint = "write NAME:FILE, or NAME alone to have it printed"});
  return asked;
}

std::optional<JunitFlavour> junit_flavour_of(std::string_view name) {
  if (name == "jenkins") return JunitFlavour::jenkins;
  if (name == "gtest") return JunitFlavour::gtest;
  return std::nullopt;
}

Expected<void> check_reports(const std::vector<ReportAsked>& asked) {
  for (const ReportAsked& each : asked)
    if (!each.file.empty())
      if (auto good = results::check_writable(each.file); !good) return good;
  return {};
}

Expected<void> write_reports(const std::vector<ReportItem>& items, const std::vector<ReportAsked>& asked,
                             const Context& context) {
  Expected<void> all_written;
  for (const ReportAsked& each : asked) {
    if (each.file.empty()) continue;
    const auto written = results::write_whole(each.file, rendered(each, items, context));
    if (!written && all_written) all_written = written;
  }
  context.status.clear();
  for (const ReportAsked& each : asked)
    if (each.file.empty()) context.output.write(rendered(each, items, context));
  return all_written;
}

Expected<void> report(const std::vector<ReportItem>& items, const std::vector<ReportAsked>& asked,
                      const Context& context) {
  std::vector<ReportAsked> all = asked;
  if (context.lines != nullptr)
    for (const ReportItem& item : items) context.lines->test(item);
  else if (std::ranges::none_of(asked, [](const ReportAsked& each) { return each.file.empty(); }))
    all.push_back({.name = "text"});
  return write_reports(items, all, context);
}

}  // namespace heddle::cli
