// See the header. One run after the other: two at a time would compete for the processors and, in programs
// that name sockets or files, for names.
#include <fmt/format.h>

#include <algorithm>

#include <heddle/worlds/host/host.hpp>
#include <heddle/worlds/host/run.hpp>

namespace heddle::host {
namespace {

using SteadyClock = std::chrono::steady_clock;

class Exploring {
 public:
  Exploring(const Program& program, const HostOptions& options) : program_(program), options_(options) {}

  Result explore() {
    while (goes_on()) {
      ++result_.coverage.executions;
      take(run_once(program_, options_, options_.seed + result_.coverage.executions));
      if (options_.progress) options_.progress(result_.coverage.executions, seconds());
    }
    result_.coverage.seconds = seconds();
    if (!failures_.empty())
      result_.verdict = Failed{std::move(failures_)};
    else if (!hang_.empty())
      result_.verdict = GaveUp{hang_};
    return std::move(result_);
  }

 private:
  double seconds() const { return std::chrono::duration<double>(SteadyClock::now() - start_).count(); }

  bool goes_on() {
    if (options_.is_interrupted && options_.is_interrupted()) result_.interrupted = true;
    return !result_.interrupted && hang_.empty() && failures_.size() < options_.findings_max &&
           result_.coverage.executions < options_.executions &&
           (!options_.time || seconds() < options_.time->count());
  }

  void take(const Run& run) {
    if (run.is_interrupted) {
      result_.interrupted = true;
      --result_.coverage.executions;
      return;
    }
    if (const auto finding = run.collection.finding()) return keep(*finding);
    if (run.is_hung)
      hang_ =
          fmt::format("hang: run {} did not end within {:g} s; unfinished: {}", result_.coverage.executions,
                      options_.deadline.count(), fmt::join(run.unfinished, ", "));
    else if (!run.collection.outcomes().empty())
      result_.outcomes.insert(fmt::format("{}", fmt::join(run.collection.outcomes(), ", ")));
  }

  void keep(const Finding& finding) {
    if (const Suppression* const line = options_.suppressions.match(finding, {})) {
      result_.suppressed.insert({.by = options_.suppressions.place_of(*line),
                                 .reason = line->reason,
                                 .rule = finding.rule,
                                 .object = finding.object});
      return;
    }
    const auto is_known = [&](const Failure& other) {
      return other.finding.signature() == finding.signature();
    };
    if (std::ranges::any_of(failures_, is_known)) return;
    Failure failure;
    failure.finding = finding;
    failure.run.seed = options_.seed;
    failure.found_at = result_.coverage.executions;
    failures_.push_back(std::move(failure));
  }

  const Program& program_;
  const HostOptions& options_;
  const SteadyClock::time_point start_ = SteadyClock::now();
  std::vector<Failure> failures_;
  std::string hang_;
  Result result_;
};

}  // namespace

Result explore(const Program& program, const HostOptions& options) {
  return Exploring(program, options).explore();
}

}  // namespace heddle::host
