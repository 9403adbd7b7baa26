// See the header. What the shards caught is confirmed and shrunk here, once for each bug, as if one process
// had searched: so a result of shards says what a run by one process says.
#include <fmt/format.h>

#include <algorithm>
#include <tuple>

#include <heddle/cli/merge.hpp>
#include <heddle/cli/run.hpp>
#include <heddle/cli/stored_run.hpp>
#include <heddle/cli/suppressed.hpp>

namespace heddle::cli {
namespace {

struct Loaded {
  std::string file;
  results::StoredResult result;
};

Expected<std::vector<Loaded>> load_all(const std::vector<std::string>& files) {
  std::vector<Loaded> all;
  for (const std::string& file : files) {
    Expected<results::StoredResult> result = load_result(file);
    if (!result) return tl::unexpected(result.error());
    all.push_back({.file = file, .result = *std::move(result)});
  }
  std::ranges::sort(all, {}, [](const Loaded& each) { return std::tie(each.result.shard.index, each.file); });
  return all;
}

Error mixed(const Loaded& one, const Loaded& other, const std::string& difference) {
  return {.code = "result-mixed",
          .what = fmt::format("{} and {} are of different runs: {}", one.file, other.file, difference),
          .hint = "merge the files of one run only, all of them with the same flags"};
}

Expected<void> check_together(const std::vector<Loaded>& all) {
  for (std::size_t next = 1; next < all.size(); ++next) {
    const Loaded& one = all[next - 1];
    const Loaded& other = all[next];
    if (const auto differs = results::difference(one.result.asked, other.result.asked))
      return tl::unexpected(mixed(one, other, *differs));
    if (one.result.shard.count != other.result.shard.count)
      return tl::unexpected(mixed(
          one, other, fmt::format("{} shards and {}", one.result.shard.count, other.result.shard.count)));
    if (one.result.shard == other.result.shard)
      return tl::unexpected(Error{.code = "shard-twice",
                                  .what = fmt::format("{} and {} are both of shard {}", one.file, other.file,
                                                      one.result.shard.index + 1),
                                  .hint = "leave one of them out"});
  }
  return {};
}

/// What keeps the result from being all there is, a sentence each.
std::vector<std::string> lacking_in(const std::vector<Loaded>& all) {
  std::vector<std::string> lacking;
  const std::uint32_t count = all.front().result.shard.count;
  auto next = all.begin();
  for (std::uint32_t index = 0; index < count; ++index) {
    if (next == all.end() || next->result.shard.index != index) {
      lacking.push_back(fmt::format("shard {} of {} is missing", index + 1, count));
      continue;
    }
    if (!std::ranges::all_of(next->result.parts, &Partial::ended))
      lacking.push_back(fmt::format("shard {} of {} did not come to its end; go on with --resume {}",
                                    index + 1, count, next->file));
    ++next;
  }
  return lacking;
}

std::vector<Partial> parts_of(const std::vector<Loaded>& all) {
  std::vector<Partial> parts;
  for (const Loaded& each : all)
    parts.insert(parts.end(), each.result.parts.begin(), each.result.parts.end());
  return parts;
}

/// A count of distinct interleavings that is only a lower bound is said to be one.
std::string remark_on(const std::vector<Partial>& parts) {
  const bool is_bound = parts.size() > 1 && std::ranges::any_of(parts, [](const Partial& part) {
                          return part.interleavings.size() < part.coverage.interleavings;
                        });
  return is_bound
             ? "there are at least as many distinct interleavings as told: a shard keeps no longer list\n"
             : "";
}

}  // namespace

Expected<ExitCode> merge_results(const MergeResults& asked, const Context& context) {
  if (const auto good = check_reports(asked.reports); !good) return tl::unexpected(good.error());
  const Expected<std::vector<Loaded>> all = load_all(asked.files);
  if (!all) return tl::unexpected(all.error());
  if (const auto good = check_together(*all); !good) return tl::unexpected(good.error());
  const results::StoredResult& first = all->front().result;
  const RunScenario run = run_of(first, {});
  const auto subject = find_subject(context.scenarios, run.scenario, programs::Time::simulated);
  if (!subject) return tl::unexpected(subject.error());
  const Search search = search_of(run, *subject);
  if (const auto good = check_program(search, first); !good) return tl::unexpected(good.error());
  const std::vector<std::string> lacking = lacking_in(*all);
  const std::vector<Partial> parts = parts_of(*all);
  const Result result = conclude_parts(search, parts, lacking, context);
  context.output.write(
      fmt::format("{}, {} of {} shards\n", title_of(search), all->size(), first.shard.count));
  context.output.write(remark_on(parts));
  Context telling = context;
  telling.replay_command = replaying_with(run.suppressions, context);
  const auto code = tell(*subject, result, true, lacking, asked.reports, telling);
  tell_idle(run.suppressions, result.suppressed, context);
  return code;
}

}  // namespace heddle::cli
