// See the header.
#include <fmt/format.h>

#include <heddle/reports/github.hpp>
#include <heddle/reports/github/diagram.hpp>
#include <heddle/story/words.hpp>

namespace heddle {
namespace {

constexpr std::size_t explorations_shown = 50;  // of those with nothing to say, in a summary
constexpr std::size_t findings_drawn = 5;

/// A workflow command gives %, line ends and, in a property, colons and commas a meaning.
std::string escaped(std::string_view text, bool is_property) {
  std::string all;
  for (const char letter : text) {
    const bool is_special = letter == '%' || letter == '\r' || letter == '\n' ||
                            (is_property && (letter == ':' || letter == ','));
    all += is_special ? fmt::format("%{:02X}", static_cast<unsigned char>(letter)) : std::string(1, letter);
  }
  return all;
}

/// Markdown of a table's cell, or of a line.
std::string plain(std::string_view text) {
  std::string all;
  for (const char letter : text) {
    if (std::string_view("\\`*_<>|[]#").find(letter) != std::string_view::npos) all += '\\';
    all += letter == '\n' ? ' ' : letter;
  }
  return all;
}

std::string annotation(const ReportRun& run, const ReportItem& item, const Failure& failure) {
  const Finding& finding = failure.finding;
  std::string properties = "title=" + escaped(finding.rule + " in " + item.scenario, true);
  if (!finding.parties.empty() && finding.parties.back().where.line() > 0) {
    const mp::Location where = finding.parties.back().where;
    properties += fmt::format(",file={},line={},col={}", escaped(file_of(run.root, where), true),
                              where.line(), where.column());
  }
  return fmt::format("::{} {}::{}\n", finding.severity == Severity::error ? "error" : "warning", properties,
                     escaped(finding.sentence + "\n" + replay_line(item, failure), false));
}

class Annotations final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    std::string all;
    for (const ReportItem& item : run.items) {
      for (const Failure* failure : alarms_of(item)) all += annotation(run, item, *failure);
      for (const std::string& complaint : complaints_of(item))
        all += fmt::format("::error title={}::{}\n", escaped(item.scenario, true), escaped(complaint, false));
    }
    return all;
  }
};

class Summary final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    std::size_t failed = 0;
    std::string findings;
    std::size_t drawn = 0;
    for (const ReportItem& item : run.items) {
      const bool is_bad = !alarms_of(item).empty() || !complaints_of(item).empty();
      failed += is_bad ? 1 : 0;
      for (const Failure* failure : alarms_of(item))
        findings += section(item, *failure, ++drawn <= findings_drawn);
      for (const std::string& complaint : complaints_of(item))
        findings += fmt::format("### {}\n\n{}\n\n", plain(item.scenario), plain(complaint));
    }
    return fmt::format("## heddle: {} of {} as they should be\n\n", run.items.size() - failed,
                       run.items.size()) +
           findings + table(run);
  }

 private:
  static std::string section(const ReportItem& item, const Failure& failure, bool is_drawn) {
    std::string words = fmt::format("### {} in {}\n\n{}\n\n", plain(failure.finding.rule),
                                    plain(item.scenario), plain(failure.finding.sentence));
    if (failure.critical_pair)
      words += fmt::format("It happens because {}.\n\n", plain(story::words_of(*failure.critical_pair)));
    if (is_drawn) words += github::diagram_of(failure);
    if (const std::string line = replay_line(item, failure); !line.empty())
      words += fmt::format("```sh\n{}\n```\n\n", line);
    return words;
  }

  static std::string table(const ReportRun& run) {
    std::string rows = "| scenario | executions | distinct interleavings | |\n|---|---:|---:|---|\n";
    std::size_t shown = 0;
    for (const ReportItem& item : run.items) {
      if (++shown > explorations_shown) break;
      const bool is_bad = !alarms_of(item).empty() || !complaints_of(item).empty();
      rows += fmt::format("| {} | {} | {} | {} |\n", plain(item.scenario), item.result.coverage.executions,
                          item.result.coverage.interleavings, is_bad ? "failed" : "ok");
    }
    if (run.items.size() > explorations_shown)
      rows += fmt::format("\n{} more are not shown.\n", run.items.size() - explorations_shown);
    return rows;
  }
};

}  // namespace

std::unique_ptr<Report> make_github_annotations() { return std::make_unique<Annotations>(); }
std::unique_ptr<Report> make_github_summary() { return std::make_unique<Summary>(); }

}  // namespace heddle
