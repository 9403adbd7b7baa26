// One case against one adapter.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include <heddle/conform/adapter_process.hpp>
#include <heddle/conform/case.hpp>
#include <heddle/conform/conversation.hpp>
#include <heddle/conform/wire.hpp>
#include <heddle/core/options.hpp>

namespace heddle::conform {

/// How cases are driven.
struct Driving {
  std::string strategy = "random";
  std::uint64_t seed = 1;
  Budget budget = {.executions = 1};           // of each case
  std::chrono::duration<double> deadline{10};  // of each execution
  std::string start_method = {};               // empty: the adapter's first
  std::vector<std::string> order = {};         // of whom each call is; then, or if that fails, the strategy's
  std::string command = {};                    // that drives so; empty: results say none
  Check check = {};
};

/// Whether the adapter may be asked for another case, or has to be started again.
enum class Adapter : std::uint8_t { usable, spent };

struct Ran {
  CaseResult result;
  Adapter adapter = Adapter::usable;
};

/// Until an execution does not pass, or the budget is over. Throws std::invalid_argument for an unknown
/// strategy.
Ran run_case(const Case& asked, AdapterProcess& adapter, const Hello& hello, const Driving& driving);

}  // namespace heddle::conform
