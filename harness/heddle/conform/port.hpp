// A port under the suite: one adapter for many cases, started again whenever it is spent.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include <heddle/conform/run_case.hpp>

namespace heddle::conform {

/// What a port came out of the suite with.
struct PortResult {
  Hello port = {};
  std::vector<CaseResult> cases = {};  // in the order of the suite
  std::uint64_t restarts = 0;
  double seconds = 0;
  friend bool operator==(const PortResult&, const PortResult&) = default;
};

struct Watching {
  std::function<void(const Case& next)> begins = {};
  std::function<void(const Case& ended, const CaseResult& result)> ended = {};
  std::function<bool()> is_interrupted = {};
};

/// Error adapter-silent (it says no hello), adapter-unstartable, adapter-malformed, protocol-unknown.
Expected<PortResult> run_port(const std::string& command, const std::vector<Case>& cases,
                              const Driving& driving, const Watching& watching);

}  // namespace heddle::conform
