// See the header. The parts come in the order in which a reader asks: what, who, how it came about, how
// sure, how to see it again.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include <heddle/reports/text.hpp>
#include <heddle/reports/text/columns.hpp>
#include <heddle/reports/text/history.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/story/words.hpp>

namespace heddle {
namespace {

using text::counted;
using text::Ink;
using text::Painter;
using text::printable;

constexpr std::size_t rows_first = 6;  // of a long history
constexpr std::size_t rows_last = 40;  // before the finding
constexpr std::size_t outcomes_shown = 10;
constexpr std::size_t orders_shown = 3;
constexpr std::size_t essentials_shown = 12;
constexpr std::size_t table_width_min = 40;

/// What is shown, and how wide.
struct Page {
  const ReportItem& item;
  std::size_t width;
};

// What was seen says something of what was not, unless all was.
std::string unseen_lines(const Coverage& seen) {
  std::string lines;
  if (seen.is_by_chance && seen.are_interleavings_cut)
    lines += "  how likely an unseen interleaving is is not known: there were more than are kept\n";
  else if (seen.is_by_chance && seen.interleavings_once > 0)
    lines += fmt::format("  the next execution would show an unseen interleaving with probability {:.2g}\n",
                         unseen_probability(seen.interleavings_once, seen.executions));
  if (const MissBound& bound = seen.miss_bound; bound.executions > 0)
    lines += fmt::format(
        "  a bug of depth {} would have been missed with probability at most {:.2g} ({}: {}, {}, {})\n",
        bound.depth == 1 ? "1" : fmt::format("{} or less", bound.depth), bound.probability(), bound.strategy,
        counted(bound.executions, "execution"), counted(bound.tasks, "task"),
        counted(bound.choices, "choice"));
  return lines;
}

std::string order_lines(const Coverage& seen) {
  std::string lines;
  if (seen.have_never_met) lines += "  no two tasks used a common object: their order is none\n";
  const OrdersSeen count = count_orders(seen.orders);
  if (count.all > 0)
    lines += fmt::format("  orders of operations seen: {} of {}{}\n", count.seen, count.all,
                         seen.are_orders_cut ? ", of the objects that were kept" : "");
  const std::vector<std::string> missing = orders_missing(seen.orders);
  for (std::size_t i = 0; i < std::min(missing.size(), orders_shown); ++i)
    lines += "    not " + printable(missing[i]) + "\n";
  if (missing.size() > orders_shown)
    lines += fmt::format("    … {} more: --report coverage\n", missing.size() - orders_shown);
  return lines;
}

std::string coverage_lines(const Result& result) {
  const Coverage& seen = result.coverage;
  if (seen.executions == 0)
    return result.interrupted ? "  interrupted before the first execution ended\n" : "";
  if (seen.steps == 0)  // a world that decides nothing sees no steps
    return fmt::format("  {}, {:.2f} s; interleavings that did not occur may behave differently\n",
                       counted(seen.executions, "execution"), seen.seconds);
  std::string lines = fmt::format(
      "  {}, {}{}, {} (longest {}), {}, {:.2f} s\n", counted(seen.executions, "execution"),
      seen.are_interleavings_cut ? "more than " : "", counted(seen.interleavings, "distinct interleaving"),
      counted(seen.steps, "step"), text::grouped(seen.steps_longest),
      counted(seen.choice_points, "choice point"), seen.seconds);
  if (seen.abandoned > 0)
    lines += fmt::format("  {} more abandoned: what was to follow had been seen, or is another share's\n",
                         counted(seen.abandoned, "execution"));
  lines += seen.exhausted ? "  exhausted: every interleaving at this granularity was run\n"
                          : "  not exhausted: interleavings that were not run may behave differently\n";
  if (seen.is_partly_unexplored) lines += "  the program leaves a part of itself unexplored\n";
  if (!seen.exhausted) lines += unseen_lines(seen);
  lines += order_lines(seen);
  if (result.interrupted) lines += "  interrupted: this is what was seen until then\n";
  return lines;
}

std::string suppressed_lines(const Result& result) {
  std::string lines;
  for (const std::string& sum : sums_of(result.suppressed)) lines += "  suppressed: " + printable(sum) + "\n";
  return lines;
}

std::string outcome_lines(const Result& result) {
  if (result.outcomes.empty()) return "";
  std::string lines = fmt::format("  {}\n", counted(result.outcomes.size(), "outcome"));
  std::size_t shown = 0;
  for (const std::string& outcome : result.outcomes) {
    if (shown++ == outcomes_shown) break;
    lines += "    " + printable(outcome) + "\n";
  }
  if (result.outcomes.size() > outcomes_shown)
    lines += fmt::format("    … {} more\n", result.outcomes.size() - outcomes_shown);
  return lines;
}

/// Without any one of these the finding goes away.
std::string essential_lines(const Failure& failure) {
  std::string lines;
  std::size_t shown = 0;
  for (const Essential& each : failure.essentials) {
    if (shown++ == essentials_shown) break;
    lines += fmt::format("  essential: at step {} {}", each.step, printable(story::words_of(each)));
    if (const std::string place = text::place_of(each.where); !place.empty())
      lines += fmt::format(" ({})", place);
    lines += "\n";
  }
  if (failure.essentials.size() > essentials_shown)
    lines += fmt::format("  … {} more essential\n", failure.essentials.size() - essentials_shown);
  return lines;
}

std::string critical_line(const Failure& failure) {
  if (!failure.critical_pair) return "";
  return fmt::format("  it happens because {}\n", printable(story::words_of(*failure.critical_pair)));
}

std::string tried_lines(const Failure& failure, const Page& page) {
  if (page.item.replay_command.empty())
    return fmt::format("  found in execution {}\n", text::grouped(failure.found_at));
  std::string lines =
      fmt::format("  granularity {}, seed {}", name_of(failure.run.granularity), failure.run.seed);
  if (failure.run.time != TimeMode::maximal) lines += fmt::format(", time {}", name_of(failure.run.time));
  if (failure.run.faults_max > 0)
    lines += fmt::format(", faults {} at most {}", words_of(failure.run.faults), failure.run.faults_max);
  if (failure.found_at > 0) lines += fmt::format("; found in execution {}", text::grouped(failure.found_at));
  if (!failure.found_by.empty()) lines += fmt::format(" by {}", failure.found_by);
  lines += fmt::format("\n  {} from the default run", counted(failure.tape.entries.size(), "deviation"));
  if (failure.tape_found.entries.size() > failure.tape.entries.size())
    lines += fmt::format(", shrunk from {} in {}", text::grouped(failure.tape_found.entries.size()),
                         counted(failure.shrink_executions, "execution"));
  lines += "\n";
  return lines + essential_lines(failure) + critical_line(failure);
}

std::string parties_table(const Finding& finding, bool has_steps) {
  std::vector<std::array<std::string, 4>> cells = {{"who", "operation", "where", "begun at step"}};
  for (const Party& party : finding.parties)
    cells.push_back({printable(party.who), printable(party.operation), text::place_of(party.where),
                     has_steps ? std::to_string(party.step) : "-"});
  std::array<std::size_t, 4> widths{};
  for (const auto& row : cells)
    for (std::size_t column = 0; column < row.size(); ++column)
      widths[column] = std::max(widths[column], text::width_of(row[column]));
  std::string table;
  for (const auto& row : cells) {
    table += " ";
    for (std::size_t column = 0; column < 3; ++column)
      table += " " + text::padded(row[column], widths[column]) + " ";
    table += " " + std::string(widths[3] - row[3].size(), ' ') + row[3] + "\n";
  }
  return table;
}

std::string title(const Finding& finding, const Page& page, const Painter& painter) {
  const bool is_error = finding.severity == Severity::error;
  const std::string rule = (is_error ? "error: " : "warning: ") + finding.rule;
  const std::string_view harm = finding.harm == Harm::seen
                                    ? "harm seen"
                                    : "predicted: this interleaving shows no harm, another one can";
  return fmt::format("{}: {} ({})\n", page.item.scenario,
                     painter.paint(is_error ? Ink::red : Ink::yellow, rule), harm) +
         text::wrapped(printable(finding.sentence), std::max(page.width, table_width_min), 2);
}

std::string interleaving(const Failure& failure, const Page& page, const Painter& painter) {
  if (!failure.history) return "";
  text::History history = text::history_of(*failure.history, failure.finding, failure.run.granularity);
  if (history.rows.empty()) return "";
  history.rows = shortened(history.rows, rows_first, rows_last);
  return "\n" + table_of(history, std::max(page.width, table_width_min), painter);
}

std::string paste_line(const Failure& failure, const Page& page, const Painter& painter) {
  const std::string line = replay_line(page.item, failure);
  if (line.empty()) return "no line reproduces this: nobody decided the interleaving\n";
  return painter.paint(Ink::cyan, line) + "\n";
}

/// What is no finding, unless somebody asks for that time mode.
std::string beyond_lines(const Result& result, const Page& page, const Painter& painter) {
  std::string lines;
  for (const Failure& each : result.beyond)
    lines += fmt::format("\nnote: only if a sleep or a timeout ends before its time (--time {}): {}\n",
                         name_of(each.run.time), each.finding.rule) +
             text::wrapped(printable(each.finding.sentence), std::max(page.width, table_width_min), 2) +
             paste_line(each, page, painter);
  return lines;
}

struct Renderer {
  const Result& result;
  Page page;
  Painter painter;

  std::string operator()(const Passed&) const {
    const std::string words = result.interrupted
                                  ? painter.paint(Ink::yellow, "interrupted: no finding so far")
                                  : painter.paint(Ink::green, "passed: no finding");
    return fmt::format("{}: {}\n", page.item.scenario, words) + coverage_lines(result) +
           suppressed_lines(result) + outcome_lines(result) + beyond_lines(result, page, painter);
  }
  std::string operator()(const Failed& failed) const {
    std::string all;
    for (const Failure& failure : failed.failures) {
      const bool is_last = &failure == &failed.failures.back();
      if (!all.empty()) all += "\n";
      all += title(failure.finding, page, painter);
      if (!failure.finding.parties.empty())
        all += "\n" + parties_table(failure.finding, !page.item.replay_command.empty());
      all += interleaving(failure, page, painter) + "\n" + tried_lines(failure, page);
      if (is_last) all += coverage_lines(result) + suppressed_lines(result) + outcome_lines(result);
      all += "\n" + paste_line(failure, page, painter);
    }
    return all;
  }
  std::string operator()(const GaveUp& gave_up) const {
    return fmt::format("{}: {}: {}\n", page.item.scenario, painter.paint(Ink::yellow, "gave up"),
                       printable(gave_up.why)) +
           coverage_lines(result) + suppressed_lines(result) + outcome_lines(result);
  }
  std::string operator()(const Broken& broken) const {
    return fmt::format("{}: {}: {}\n  the first step that differs is {}\n", page.item.scenario,
                       painter.paint(Ink::red, "broken"), printable(broken.why), text::grouped(broken.step)) +
           coverage_lines(result);
  }
};

class TextReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    std::string all;
    for (const ReportItem& item : run.items) {
      if (!all.empty()) all += "\n";
      all += std::visit(Renderer{item.result, {item, run.width}, Painter(run.colour)}, item.result.verdict);
    }
    return all;
  }
};

}  // namespace

std::unique_ptr<Report> make_text_report() { return std::make_unique<TextReport>(); }

}  // namespace heddle
