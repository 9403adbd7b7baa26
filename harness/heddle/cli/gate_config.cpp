// See the header. The only file that knows toml++. Every key of a table is taken by somebody; what is left
// over is a mistake, and answered with the keys there are.
#include <fmt/format.h>

#include <toml++/toml.h>
#include <filesystem>
#include <optional>

#include <heddle/cli/gate_config.hpp>
#include <heddle/core/faults.hpp>
#include <heddle/core/near.hpp>
#include <heddle/results/whole_file.hpp>
#include <heddle/strategies/registry.hpp>

namespace heddle::cli {
namespace {

struct Malformed {
  toml::source_region where;
  std::string what;
  std::string hint;
};

/// One table, whose keys are taken one after another.
class Keys {
 public:
  explicit Keys(const toml::table& table) : table_(table) {}

  std::optional<std::string> text(std::string_view key) {
    const toml::node* const node = take(key);
    if (node == nullptr) return std::nullopt;
    if (auto value = node->value_exact<std::string>()) return value;
    throw Malformed{node->source(), fmt::format("{} is no text", key), "write it in quotes"};
  }
  std::optional<std::uint64_t> number(std::string_view key) {
    const toml::node* const node = take(key);
    if (node == nullptr) return std::nullopt;
    const auto value = node->value_exact<std::int64_t>();
    if (value && *value >= 0) return static_cast<std::uint64_t>(*value);
    throw Malformed{node->source(), fmt::format("{} is no whole number from 0 on", key),
                    "write it without quotes"};
  }
  std::vector<std::string> texts(std::string_view key) {
    const toml::node* const node = take(key);
    std::vector<std::string> all;
    if (node == nullptr) return all;
    const toml::array* const array = node->as_array();
    if (array != nullptr)
      for (const toml::node& each : *array)
        if (const auto value = each.value_exact<std::string>()) all.push_back(*value);
    if (array == nullptr || all.size() != array->size())
      throw Malformed{node->source(), fmt::format("{} is no list of texts", key), R"(write ["one", "two"])"};
    return all;
  }
  /// Its place, for what is wrong with a value.
  toml::source_region where(std::string_view key) const {
    const toml::node* const node = table_.get(key);
    return node == nullptr ? table_.source() : node->source();
  }
  const toml::node* take(std::string_view key) {
    known_.push_back(key);
    return table_.get(key);
  }
  void end() const {
    for (const auto& [key, node] : table_)
      if (std::ranges::find(known_, key.str()) == known_.end())
        throw Malformed{key.source(), fmt::format("nobody knows the key {}", key.str()),
                        near_hint(key.str(), known_, fmt::format("there are {}", fmt::join(known_, ", ")))};
  }

 private:
  const toml::table& table_;
  std::vector<std::string_view> known_;
};

std::optional<Budget> budget_in(Keys& keys) {
  const auto words = keys.text("budget");
  if (!words) return std::nullopt;
  if (const auto budget = budget_of(*words)) return budget;
  throw Malformed{keys.where("budget"), fmt::format("'{}' is no budget", *words), "10000x, 30s or 2m"};
}

std::optional<std::string> strategy_in(Keys& keys) {
  const auto name = keys.text("strategy");
  if (name && !strategy(*name))
    throw Malformed{keys.where("strategy"), fmt::format("no strategy is called '{}'", *name),
                    near_hint(*name, names_of(strategies()), "heddle strategies lists them")};
  return name;
}

Suite suite_of(const toml::table& table) {
  Keys keys(table);
  Suite suite{.name = keys.text("name").value_or(""), .scenarios = keys.texts("scenarios")};
  suite.strategy = strategy_in(keys);
  suite.budget = budget_in(keys);
  for (const std::string& name : keys.texts("faults")) {
    const auto fault = fault_of(name);
    if (!fault)
      throw Malformed{
          keys.where("faults"), fmt::format("no fault is called '{}'", name),
          near_hint(name, fault_names(), fmt::format("there are {}", fmt::join(fault_names(), ", ")))};
    suite.faults.add(*fault);
  }
  suite.faults_max =
      static_cast<std::uint32_t>(keys.number("faults-max").value_or(suite.faults.is_empty() ? 0 : 1));
  keys.end();
  if (suite.scenarios.empty())
    throw Malformed{table.source(), "the suite is of no scenario", R"(write scenarios = ["queues/*"])"};
  return suite;
}

/// Told from the file's folder, so that the gate may be run from anywhere.
std::string path_in(const std::string& folder, const std::optional<std::string>& path) {
  if (!path || path->empty()) return "";
  return (std::filesystem::path(folder) / *path).lexically_normal().string();
}

void read_gate(const toml::table& table, const std::string& folder, JudgeScenarios& asked) {
  Keys keys(table);
  if (const auto name = strategy_in(keys)) asked.strategy = *name;
  asked.seed = keys.number("seed").value_or(asked.seed);
  asked.budget = budget_in(keys);
  if (const auto words = keys.text("budget-total")) {
    const auto time = budget_of(*words);
    if (!time || !time->time)
      throw Malformed{keys.where("budget-total"), fmt::format("'{}' is no time", *words), "30s or 10m"};
    asked.time = time->time;
  }
  if (const auto words = keys.text("fail-on")) {
    const auto fail_on = fail_on_of(*words);
    if (!fail_on)
      throw Malformed{keys.where("fail-on"), fmt::format("'{}' is nothing to fail on", *words),
                      "error, warning or never"};
    asked.fail_on = *fail_on;
  }
  asked.jobs = static_cast<std::uint32_t>(std::max<std::uint64_t>(keys.number("jobs").value_or(1), 1));
  if (const auto path = keys.text("regressions")) asked.regressions = path_in(folder, path);
  asked.suppressions_file = path_in(folder, keys.text("suppressions"));
  asked.baseline = path_in(folder, keys.text("baseline"));
  for (const std::string& words : keys.texts("reports")) {
    auto report = report_asked(words);
    if (!report) throw Malformed{keys.where("reports"), report.error().what, report.error().hint};
    report->file = path_in(folder, report->file);
    if (report->file.empty())
      throw Malformed{keys.where("reports"), fmt::format("{} has no file", words), "junit:FILE"};
    asked.reports.push_back(*report);
  }
  keys.end();
}

void read_suites(const toml::node& node, JudgeScenarios& asked) {
  const toml::array* const array = node.as_array();
  if (array == nullptr || !array->is_homogeneous<toml::table>())
    throw Malformed{node.source(), "suite is no list of tables", "write [[suite]] for each"};
  for (const toml::node& each : *array) asked.suites.push_back(suite_of(*each.as_table()));
}

JudgeScenarios asked_in(const toml::table& table, const std::string& folder) {
  JudgeScenarios asked;
  Keys keys(table);
  if (const toml::node* const gate = keys.take("gate")) {
    if (!gate->is_table()) throw Malformed{gate->source(), "gate is no table", "write [gate]"};
    read_gate(*gate->as_table(), folder, asked);
  }
  if (const toml::node* const suites = keys.take("suite")) read_suites(*suites, asked);
  keys.end();
  return asked;
}

tl::unexpected<Error> malformed(const std::string& file, const toml::source_region& where, std::string what,
                                std::string hint) {
  return tl::unexpected(Error{.code = "config-malformed",
                              .what = fmt::format("{}:{}: {}", file, where.begin.line, what),
                              .hint = std::move(hint)});
}

}  // namespace

Expected<JudgeScenarios> read_gate_config(std::string_view text, const std::string& file) {
  try {
    return asked_in(toml::parse(text), std::filesystem::path(file).parent_path().string());
  } catch (const toml::parse_error& error) {
    return malformed(file, error.source(), std::string(error.description()), "it has to be TOML 1.0");
  } catch (const Malformed& wrong) {
    return malformed(file, wrong.where, wrong.what, wrong.hint);
  }
}

Expected<JudgeScenarios> load_gate_config(const std::string& file) {
  const Expected<std::string> text = results::read_whole(file);
  if (text) return read_gate_config(*text, file);
  return tl::unexpected(Error{.code = "config-unreadable",
                              .what = fmt::format("cannot read the configuration {}", file),
                              .hint = "docs/reference/gate.md shows one"});
}

}  // namespace heddle::cli
