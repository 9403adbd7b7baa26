// See the header.
#include <fmt/format.h>

#include <system_error>

#include <heddle/cli/stored_run.hpp>
#include <heddle/results/whole_file.hpp>

namespace heddle::cli {
namespace {

/// The parts to begin with, and whose they are.
struct Beginning {
  results::Shard shard;
  std::vector<Partial> parts;
};

Expected<Beginning> beginning_of(const RunScenario& asked, const Search& search) {
  if (asked.resume.empty()) return Beginning{asked.shard, shares_of(asked.shard, asked.jobs)};
  Expected<results::StoredResult> result = load_result(asked.resume);
  if (!result) return tl::unexpected(result.error());
  if (const auto good = check_program(search, *result); !good) return tl::unexpected(good.error());
  return Beginning{result->shard, to_go_on(std::move(result->parts), search.options.strategy)};
}

}  // namespace

bool is_shared(const RunScenario& asked) {
  return asked.jobs > 1 || asked.shard.count > 1 || !asked.result.empty() || !asked.resume.empty();
}

Expected<results::StoredResult> load_result(const std::string& file) {
  const Expected<std::string> text = results::read_whole(file);
  if (!text) return tl::unexpected(text.error());
  return results::read_result(*text, file);
}

RunScenario run_of(const results::StoredResult& result, const RunScenario& asked) {
  RunScenario run = asked;
  run.scenario = result.asked.program;
  run.strategy = result.asked.strategy;
  run.seed = result.asked.seed;
  run.budget = result.asked.budget;
  run.granularity = result.asked.run.granularity;
  if (!result.asked.looks_beyond_maximal) run.time = result.asked.run.time;
  run.faults = result.asked.run.faults;
  run.faults_max = result.asked.run.faults_max;
  run.findings_max = result.asked.findings_max;
  run.shard = result.shard;
  run.suppressions = result.asked.suppressions;
  if (run.result.empty()) run.result = asked.resume;
  return run;
}

Expected<void> check_program(const Search& search, const results::StoredResult& result) {
  const auto differs = results::difference(result.asked, asked_of(search));
  if (!differs) return {};
  return tl::unexpected(Error{
      .code = "result-foreign",
      .what = fmt::format("the result of '{}' is not of this program: {}", result.asked.program, *differs),
      .hint = "use the binary that wrote it; a program that has changed has to be run anew"});
}

Expected<SharedRun> run_shared(const RunScenario& asked, const Search& search, const Context& context) {
  const Expected<Beginning> beginning = beginning_of(asked, search);
  if (!beginning) return tl::unexpected(beginning.error());
  if (!asked.result.empty())
    if (const auto good = results::check_writable(asked.result); !good) return tl::unexpected(good.error());
  SharedRun run;
  try {
    run.searched = search_in_parts(search, beginning->parts, context);
  } catch (const std::system_error& refusal) {
    return tl::unexpected(
        Error{.code = "host-refused",
              .what = refusal.what(),
              .hint = "the machine is out of processes, descriptors or memory: fewer --jobs",
              .exit = ExitCode::internal});
  }
  if (asked.result.empty()) return run;
  const results::StoredResult made = stored(search, beginning->shard, run.searched);
  if (const auto good = results::write_whole(asked.result, results::text_of(made)); !good)
    run.unwritten = good.error();
  return run;
}

}  // namespace heddle::cli
