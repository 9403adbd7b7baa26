// A result on its way to other results: what one process, or one machine, has seen of a search that several
// share, with all that was asked of it, so that results of different searches are never taken for one.
// docs/at-scale.md describes the file's fields; it is JSON.
//
// A file is whole or not there: it is written beside its place and renamed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/error.hpp>
#include <heddle/core/options.hpp>
#include <heddle/core/partial.hpp>

namespace heddle::results {

/// Which of how many: the index is from 0 here, from 1 wherever people read it.
struct Shard {
  std::uint32_t index = 0;
  std::uint32_t count = 1;
  friend bool operator==(const Shard&, const Shard&) = default;
};

/// What a search is asked to do. Results unite if all of it is equal.
struct Asked {
  std::string version;               // of heddle
  std::string program;               // a scenario's name or a program's file
  std::uint64_t program_digest = 0;  // of its default execution
  std::string strategy;
  std::uint64_t seed = 1;
  Budget budget = {};  // of all shards together
  RunOptions run = {};
  std::uint32_t findings_max = 1;
  bool looks_beyond_maximal = false;  // some executions are in another time mode
  Suppressions suppressions = {};     // as they held on the day of the run
};

/// In words, what differs first: "seed: 1 and 2". Absent: nothing.
std::optional<std::string> difference(const Asked& left, const Asked& right);

/// A finding for whoever reads the file. Who unites results goes by what was caught.
struct Told {
  std::string rule;
  std::string object;
  std::string severity;
  std::string harm;
  std::string sentence;
  std::string token;
};

struct StoredResult {
  Asked asked;
  Shard shard = {};
  std::vector<Partial> parts = {};     // shares of the shard, one per process
  std::string verdict = {};            // of this shard alone, for whoever reads the file
  std::vector<Told> findings = {};     // likewise
  std::vector<std::string> lost = {};  // what kept parts from their end, in words
};

std::string text_of(const StoredResult& result);
std::string text_of(const Partial& part);

/// Errors result-malformed and result-version; `name` is where the text is from.
Expected<StoredResult> read_result(std::string_view text, const std::string& name);
Expected<Partial> read_partial(std::string_view text, const std::string& name);

/// Hashes that are kept of a part's interleavings at most.
inline constexpr std::size_t interleavings_kept = std::size_t{1} << 20;

}  // namespace heddle::results
