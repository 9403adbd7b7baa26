// See the header. The processes speak with the parent in the words of result files.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/api/composition.hpp>
#include <heddle/api/progress.hpp>
#include <heddle/api/search.hpp>
#include <heddle/cli/request.hpp>
#include <heddle/cli/sharing.hpp>
#include <heddle/core/token.hpp>
#include <heddle/core/version.hpp>
#include <heddle/engine/uniting.hpp>
#include <heddle/reports/text/letters.hpp>
#include <heddle/strategies/registry.hpp>
#include <heddle/workers/windows.hpp>
#include <heddle/workers/workers.hpp>

namespace heddle::cli {
namespace {

/// How many executions of its share a part had made when it had found enough. Absent: it has not.
std::optional<std::uint64_t> made_until_enough(const Partial& part, const Search& search) {
  std::vector<std::uint64_t> found_at;
  for (const Catch& each : part.caught)
    if (each.counts()) found_at.push_back(each.found_at);
  const std::uint32_t enough = search.options.findings_max;
  if (found_at.size() < enough) return std::nullopt;
  std::ranges::sort(found_at);
  return (found_at[enough - 1] - 1 - part.share.first) / part.share.step + 1;
}

Others others_of(workers::Heard heard) {
  switch (heard) {
    case workers::Heard::nothing:
      return Others::go_on;
    case workers::Heard::enough:
      return Others::have_enough;
    case workers::Heard::interruption:
      return Others::were_interrupted;
  }
  return Others::go_on;
}

/// What one worker does: its share, in step with the others.
std::string search_share(const Search& search, const Partial& from, std::uint32_t worker,
                         workers::Windows& windows, const Context& context) {
  if (const auto made = made_until_enough(from, search)) windows.found_enough(worker, *made);
  workers::Member member(windows, worker, from.made);
  Options options = search.options;
  options.status = {};
  options.is_interrupted = [&] { return context.is_interrupted() || windows.is_interrupted(); };
  const Partial seen =
      heddle::search(search.body, options, search.name, from,
                     [&](std::uint64_t made, bool enough) { return others_of(member.listen(made, enough)); });
  if (const auto made = made_until_enough(seen, search)) windows.found_enough(worker, *made);
  windows.leave(worker);
  return results::text_of(seen);
}

/// How many interleavings are distinct is known when what all have seen is united.
Progress progress_of(const workers::Windows& windows, double seconds) {
  const workers::Windows::Sums sums = windows.sums();
  return {.executions = sums.made, .findings = sums.with_enough, .seconds = seconds};
}

Searched search_in_workers(const Search& search, const std::vector<Partial>& parts, const Context& context) {
  const auto count = static_cast<std::uint32_t>(parts.size());
  workers::Windows windows(count);
  const Watch watch = watch_of(search.name, search.options.budget, context);
  const double began = context.seconds();
  const workers::Work work{
      .job =
          [&](std::uint32_t worker) { return search_share(search, parts[worker], worker, windows, context); },
      .gone = [&](std::uint32_t worker) { windows.leave(worker); },
      .meanwhile =
          [&] {
            if (context.is_interrupted()) windows.interrupt();
            const Progress progress = progress_of(windows, context.seconds() - began);
            search.options.status(
                fmt::format("{}, {} processes", progress_line(progress, search.options.budget), count));
            if (watch) watch(progress);
          }};
  Searched searched{.result = {}, .parts = parts, .lost = {}};
  const std::vector<workers::Said> said = workers::run_workers(count, work);
  for (std::uint32_t worker = 0; worker < count; ++worker) {
    std::string trouble = said[worker].trouble;
    if (trouble.empty()) {
      Expected<Partial> part = results::read_partial(said[worker].text, "what it said");
      if (part)
        searched.parts[worker] = *std::move(part);
      else
        trouble = "is not understood: " + part.error().what;
    }
    if (!trouble.empty())
      searched.lost.push_back(
          fmt::format("process {} of {} {}: what it saw is lost", worker + 1, count, trouble));
  }
  return searched;
}

Search watched(const Search& search, const Context& context) {
  Search with = search;
  with.options.is_interrupted = context.is_interrupted;
  if (!with.options.status)
    with.options.status = [&context](const std::string& line) { context.status.show(line); };
  return with;
}

std::string verdict_of(const Result& result) {
  struct Names {
    std::string operator()(const Passed&) const { return "passed"; }
    std::string operator()(const Failed&) const { return "failed"; }
    std::string operator()(const GaveUp&) const { return "gave up"; }
    std::string operator()(const Broken&) const { return "broken"; }
  };
  return result.interrupted && std::holds_alternative<Passed>(result.verdict)
             ? "interrupted"
             : std::visit(Names{}, result.verdict);
}

results::Told told_of(const Failure& failure, const std::string& name) {
  return {.rule = failure.finding.rule,
          .object = failure.finding.object,
          .severity = failure.finding.severity == Severity::error ? "error" : "warning",
          .harm = std::string(name_of(failure.finding.harm)),
          .sentence = failure.finding.sentence,
          .token = write_token({.scenario = name,
                                .run = failure.run,
                                .default_digest = failure.default_digest,
                                .tape = failure.tape})};
}

}  // namespace

Watch watch_of(const std::string& name, const Budget& budget, const Context& context) {
  if (context.lines == nullptr) return {};
  return [&lines = *context.lines, name, budget](const Progress& progress) {
    lines.progress(name, progress, budget);
  };
}

std::vector<Partial> shares_of(const results::Shard& shard, std::uint32_t jobs) {
  std::vector<Partial> parts(jobs);
  for (std::uint32_t job = 0; job < jobs; ++job)
    parts[job].share = {.first = shard.index + std::uint64_t{shard.count} * job,
                        .step = std::uint64_t{shard.count} * jobs};
  return parts;
}

std::vector<Partial> to_go_on(std::vector<Partial> parts, std::string_view strategy_name) {
  const std::optional<StrategyRow> row = strategy(strategy_name);
  const bool is_over = std::ranges::all_of(parts, &Partial::ended);
  if (is_over || (row && row->sharing == Sharing::anyhow)) return parts;
  for (Partial& part : parts) part = Partial{.share = part.share};
  return parts;
}

Result conclude_parts(const Search& search, const std::vector<Partial>& parts,
                      const std::vector<std::string>& lost, const Context& context) {
  const Search with = watched(search, context);
  Result result = heddle::conclude(with.body, with.options, with.name, unite(parts));
  const bool has_ended = std::ranges::all_of(parts, &Partial::ended);
  if (!has_ended && lost.empty()) result.interrupted = true;
  if (!lost.empty() && std::holds_alternative<Passed>(result.verdict))
    result.verdict = GaveUp{fmt::format("{}", fmt::join(lost, "; "))};
  return result;
}

Searched search_in_parts(const Search& search, const std::vector<Partial>& parts, const Context& context) {
  const Search with = watched(search, context);
  Searched searched;
  if (parts.size() == 1)
    searched.parts = {heddle::search(with.body, with.options, with.name, parts.front(), {},
                                     watch_of(with.name, with.options.budget, context))};
  else
    searched = search_in_workers(with, parts, context);
  searched.result = conclude_parts(with, searched.parts, searched.lost, context);
  return searched;
}

results::Asked asked_of(const Search& search) {
  return {.version = std::string(version),
          .program = search.name,
          .program_digest = default_digest(search.body, search.options.run),
          .strategy = search.options.strategy,
          .seed = search.options.seed,
          .budget = search.options.budget,
          .run = search.options.run,
          .findings_max = search.options.findings_max,
          .looks_beyond_maximal = looks_beyond_maximal(search.options),
          .suppressions = search.options.suppressions};
}

results::StoredResult stored(const Search& search, const results::Shard& shard, const Searched& searched) {
  results::StoredResult made{.asked = asked_of(search),
                             .shard = shard,
                             .parts = searched.parts,
                             .verdict = verdict_of(searched.result),
                             .findings = {},
                             .lost = searched.lost};
  if (const Failed* failed = std::get_if<Failed>(&searched.result.verdict))
    for (const Failure& each : failed->failures) made.findings.push_back(told_of(each, search.name));
  return made;
}

}  // namespace heddle::cli
