// How a search is run by several processes, a shard of it, or the rest of it: by one or by all of them the
// same way. Each process searches its share; what they have seen is united and concluded here, in the parent.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <heddle/api/heddle.hpp>
#include <heddle/api/search.hpp>
#include <heddle/cli/context.hpp>
#include <heddle/core/partial.hpp>
#include <heddle/results/result_file.hpp>

namespace heddle::cli {

/// What is searched. `options.is_interrupted` is set here, and `options.status` where it is empty.
struct Search {
  std::string name;
  std::function<void()> body;
  Options options;
};

/// Writes lines of progress, if the command speaks in lines.
Watch watch_of(const std::string& name, const Budget& budget, const Context& context);

/// The shares of a shard's processes: of n shards with k processes each, n * k shares that leave nothing out.
std::vector<Partial> shares_of(const results::Shard& shard, std::uint32_t jobs);

/// From where a search can go on after `parts`: a strategy that learns from its executions begins anew.
std::vector<Partial> to_go_on(std::vector<Partial> parts, std::string_view strategy);

struct Searched {
  Result result;
  std::vector<Partial> parts;  // in the order of those it began with; a process that died has added nothing
  std::vector<std::string> lost;
};

/// One process for each of `parts`, this one if there is one part only. The result is inconclusive if a
/// process dies and none has found anything. Throws std::system_error if the machine refuses a process.
Searched search_in_parts(const Search& search, const std::vector<Partial>& parts, const Context& context);

/// What a result file says of a search.
results::Asked asked_of(const Search& search);

results::StoredResult stored(const Search& search, const results::Shard& shard, const Searched& searched);

/// The verdict of several parts: what one process would have said, but inconclusive instead of passed if
/// anything was lost.
Result conclude_parts(const Search& search, const std::vector<Partial>& parts,
                      const std::vector<std::string>& lost, const Context& context);

}  // namespace heddle::cli
