// How much an exploration saw, one figure a line, and the whole matrix of orders: for each object and each
// two of its operations by different tasks, which came first. Of findings it says only which there are; the
// text report shows them.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/core/situation.hpp>
#include <heddle/reports/coverage.hpp>

namespace heddle {
namespace {

std::string verdict_words(const Verdict& verdict) {
  if (const auto* failed = std::get_if<Failed>(&verdict)) {
    std::vector<std::string_view> rules;
    for (const Failure& failure : failed->failures) rules.push_back(failure.finding.rule);
    return fmt::format("found {}", fmt::join(rules, ", "));
  }
  if (std::holds_alternative<GaveUp>(verdict)) return "gave up";
  if (std::holds_alternative<Broken>(verdict)) return "broken";
  return "no finding";
}

std::string line(std::string_view what, const std::string& figure) {
  return fmt::format("  {:<32}{}\n", what, figure);
}

std::string figures(const Coverage& seen) {
  std::string lines = line("executions", fmt::to_string(seen.executions));
  if (seen.abandoned > 0) lines += line("abandoned executions", fmt::to_string(seen.abandoned));
  lines += line("distinct interleavings",
                fmt::format("{}{}", seen.are_interleavings_cut ? "more than " : "", seen.interleavings));
  lines += line("of these seen once", fmt::to_string(seen.interleavings_once));
  lines += line("choice points", fmt::to_string(seen.choice_points));
  lines += line("steps", fmt::to_string(seen.steps));
  lines += line("steps of the longest execution", fmt::to_string(seen.steps_longest));
  lines += line("exhausted", seen.exhausted ? "yes" : "no");
  if (seen.is_partly_unexplored) lines += line("left unexplored by the program", "a part");
  const bool is_estimated =
      seen.is_by_chance && !seen.exhausted && !seen.are_interleavings_cut && seen.executions > 0;
  lines += line("probability of an unseen one",
                is_estimated ? fmt::format("{:.2g}, estimated",
                                           unseen_probability(seen.interleavings_once, seen.executions))
                             : std::string("-"));
  const MissBound& bound = seen.miss_bound;
  if (bound.executions > 0)
    lines += line(fmt::format("missed at depth {} or less", bound.depth),
                  fmt::format("at most {:.2g} ({}, {} executions, n = {}, k = {})", bound.probability(),
                              bound.strategy, bound.executions, bound.tasks, bound.choices));
  if (!seen.reached.empty()) lines += line("reached", fmt::format("{}", fmt::join(seen.reached, ", ")));
  if (!seen.unreached.empty())
    lines += line("not reached", fmt::format("{}", fmt::join(seen.unreached, ", ")));
  return lines;
}

std::string row(const PairOrders& pair) {
  const bool is_same = pair.one == pair.other;
  const auto word = [](bool seen) { return seen ? "seen" : "-"; };
  return fmt::format("    {:<14} {:<14} {:<12} {}\n", fmt::format("{}()", name_of(pair.one)),
                     is_same ? "by a younger" : fmt::format("{}()", name_of(pair.other)),
                     word(pair.one_first), word(pair.other_first));
}

std::string matrix(const Coverage& seen) {
  const OrdersSeen count = count_orders(seen.orders);
  std::string lines =
      fmt::format("  orders of operations{}: {} of {} seen\n",
                  seen.are_orders_cut ? " on the objects that were kept" : "", count.seen, count.all);
  if (seen.have_never_met) lines += "  no two tasks used a common object\n";
  for (const ObjectOrders& object : seen.orders) {
    lines += fmt::format("\n  {} ({})\n    {:<14} {:<14} {:<12} {}\n", object.object, name_of(object.kind),
                         "one", "other", "one first", "other first");
    for (const PairOrders& pair : object.pairs) lines += row(pair);
  }
  return lines;
}

class CoverageReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    std::string all;
    for (const ReportItem& item : run.items)
      all += fmt::format("{}{}: {}\n", all.empty() ? "" : "\n", item.scenario,
                         verdict_words(item.result.verdict)) +
             figures(item.result.coverage) + matrix(item.result.coverage);
    return all;
  }
};

}  // namespace

std::unique_ptr<Report> make_coverage_report() { return std::make_unique<CoverageReport>(); }

}  // namespace heddle
