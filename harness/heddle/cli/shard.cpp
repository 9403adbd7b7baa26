// See the header. A Slurm array with a step in its numbers has some that lie beyond its count: they are
// refused, and nobody takes two of them for one shard.
#include <fmt/format.h>

#include <array>
#include <charconv>
#include <optional>
#include <string>

#include <heddle/cli/shard.hpp>

namespace heddle::cli {
namespace {

constexpr std::uint32_t count_max = 1'000'000;

struct System {
  const char* index;
  const char* count;
  const char* first;  // the variable with the lowest index; null: `lowest`
  std::uint32_t lowest;
};
constexpr std::array systems{
    System{"GTEST_SHARD_INDEX", "GTEST_TOTAL_SHARDS", nullptr, 0},
    System{"TEST_SHARD_INDEX", "TEST_TOTAL_SHARDS", nullptr, 0},
    System{"SLURM_ARRAY_TASK_ID", "SLURM_ARRAY_TASK_COUNT", "SLURM_ARRAY_TASK_MIN", 0},
    System{"JOB_COMPLETION_INDEX", "JOB_COMPLETIONS", nullptr, 0},
    System{"CI_NODE_INDEX", "CI_NODE_TOTAL", nullptr, 1},
};

std::optional<std::uint32_t> number_of(std::string_view text) {
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// Absent unless first <= index < first + count.
std::optional<results::Shard> shard_from(std::optional<std::uint32_t> index,
                                         std::optional<std::uint32_t> count, std::uint32_t first) {
  if (!index || !count || *index < first || *count == 0 || *count > count_max || *index - first >= *count)
    return std::nullopt;
  return results::Shard{.index = *index - first, .count = *count};
}

std::string said_by(const char* name, const Environment& environment) {
  const char* const value = environment(name);
  return value == nullptr ? fmt::format("{} is not set", name) : fmt::format("{} is '{}'", name, value);
}

Expected<results::Shard> ask(const System& system, const Environment& environment) {
  const auto read = [&](const char* name) -> std::optional<std::uint32_t> {
    const char* const value = name == nullptr ? nullptr : environment(name);
    return value == nullptr ? std::nullopt : number_of(value);
  };
  const std::uint32_t first = read(system.first).value_or(system.lowest);
  if (const auto shard = shard_from(read(system.index), read(system.count), first)) return *shard;
  return tl::unexpected(
      Error{.code = "shard-environment",
            .what = fmt::format("the environment does not say which shard this is: {}, {}",
                                said_by(system.index, environment), said_by(system.count, environment)),
            .hint = "set both, or say --shard 3/8"});
}

bool is_there(const System& system, const Environment& environment) {
  return environment(system.index) != nullptr || environment(system.count) != nullptr;
}

}  // namespace

Expected<results::Shard> shard_of(std::string_view text, const Environment& environment) {
  if (text == "auto") {
    for (const System& each : systems)
      if (is_there(each, environment)) return ask(each, environment);
    return tl::unexpected(Error{.code = "shard-environment",
                                .what = "the environment does not say which shard this is",
                                .hint =
                                    "heddle knows the variables of GoogleTest, Bazel, Slurm, Kubernetes and "
                                    "CI services; elsewhere say --shard 3/8"});
  }
  const std::size_t slash = text.find('/');
  if (slash != std::string_view::npos)
    if (const auto shard = shard_from(number_of(text.substr(0, slash)), number_of(text.substr(slash + 1)), 1))
      return *shard;
  return tl::unexpected(
      Error{.code = "shard-malformed",
            .what = fmt::format("'{}' is no shard", text),
            .hint = "3/8 is the third of eight, from 1/8 to 8/8; auto asks the environment"});
}

}  // namespace heddle::cli
