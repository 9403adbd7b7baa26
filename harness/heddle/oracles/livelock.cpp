// Tasks that go on trying and never get on. Looked for in long executions only, and by what operations say of
// themselves, for what a task keeps to itself nobody sees. In a stretch of an execution nobody has got on if
// every operation that ended there
//
//   - was in vain (an acquire without waiting, a get or a wait that timed out), or asks whether something is
//     so (is_set(), empty());
//   - or is one of those by which such attempts are made: an acquire, a release of what was acquired and then
//     something else was tried in vain, a set, a clear, a notify, a sleep.
//
// Whatever else succeeds (a put, a get, a store, a release after work) gets its task on. It is a livelock if
// besides everybody who can run, or will when time passes or a server answers, has tried several times: so it
// is none when a task that would help has not been given its turn, which is the strategy's fault and not the
// program's.
//
// At the first stretch like this it is suspected. If the next one, twice as long, is like it too, it is told
// and ends the execution; if the execution ends before that, it is a warning. Loops that only read data
// (a load, a size), which may well be counted, are judged by the last stretch before the execution is given
// up.
#include <fmt/format.h>
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <heddle/core/party.hpp>
#include <heddle/oracles/livelock.hpp>

namespace heddle {
namespace {

using mp::Verb;

constexpr std::uint64_t attempts_min = 4;  // of each task, in a stretch

constexpr std::array verbs_that_ask{Verb::is_set, Verb::empty,    Verb::full,  Verb::poll,
                                    Verb::broken, Verb::is_alive, Verb::ready, Verb::exitcode};
constexpr std::array verbs_that_read{Verb::load, Verb::get_value, Verb::qsize, Verb::n_waiting};
constexpr std::array verbs_between{Verb::acquire,    Verb::set,   Verb::clear, Verb::notify,
                                   Verb::notify_all, Verb::sleep, Verb::serve};

bool is_among(Verb verb, std::span<const Verb> verbs) {
  return std::ranges::find(verbs, verb) != verbs.end();
}

/// What a task did in the stretch.
struct Doings {
  std::uint64_t ended = 0;        // operations
  std::uint64_t attempts = 0;     // of them, in vain or only to ask
  OperationIndex attempt = none;  // the latest
  void reset() { *this = {}; }
};

class Livelock final : public Oracle {
 public:
  EventMask interests() const override { return mask_of(EventKind::long_run) | mask_of(EventKind::ended); }
  void begin() override {
    looked_until_ = 0;
    is_suspected_ = was_told_ = false;
  }

  void observe(const Event& event, const Situation& situation, Findings& findings) override {
    if (event.kind == EventKind::ended) {
      if (is_suspected_ && !was_told_) tell(Harm::predicted, situation, findings);
      return;
    }
    const bool is_last = event.number != 0;
    const bool is_loop = is_stretch_in_vain(situation, is_last);
    if (is_loop && (is_suspected_ || is_last)) {
      was_told_ = true;
      tell(Harm::seen, situation, findings);
    }
    if (is_loop || !was_told_) is_suspected_ = is_loop;
  }

 private:
  bool is_stretch_in_vain(const Situation& situation, bool are_reads_attempts) {
    const std::uint64_t from = looked_until_ == 0 ? situation.step / 2 : looked_until_;
    looked_until_ = situation.step;
    doings_.clear();
    for (std::size_t task = 0; task < situation.tasks.size(); ++task) doings_.add();
    const auto first = std::ranges::partition_point(
        situation.operations, [&](const OperationRow& row) { return row.step_begin < from; });
    for (auto row = first; row != situation.operations.end(); ++row)
      if (row->ended && gets_on(*row, situation, are_reads_attempts)) return false;
    return has_everybody_tried(situation);
  }

  /// And notes what the task did.
  bool gets_on(const OperationRow& row, const Situation& situation, bool are_reads_attempts) {
    Doings& own = doings_[row.task];
    ++own.ended;
    if (is_attempt(row, are_reads_attempts)) {
      ++own.attempts;
      own.attempt = static_cast<OperationIndex>(&row - &situation.operations[0]);
      return false;
    }
    if (row.verb == Verb::release) return is_useful_release(row, situation, are_reads_attempts);
    return !is_among(row.verb, verbs_between) && !is_among(row.verb, verbs_that_read);
  }

  static bool is_attempt(const OperationRow& row, bool are_reads_attempts) {
    return !row.succeeded || is_among(row.verb, verbs_that_ask) ||
           (are_reads_attempts && is_among(row.verb, verbs_that_read));
  }

  // What was acquired is given back, with nothing tried in vain between; or it was never acquired, a signal.
  // Looks back to the acquire, be it from before the stretch. Only for a signal it looks back to the very
  // beginning, and then the stretch is over.
  static bool is_useful_release(const OperationRow& release, const Situation& situation,
                                bool are_reads_attempts) {
    std::uint64_t depth = 0;  // of what was released after this was acquired
    bool in_vain = false;
    for (const OperationRow* row = &release; row != &situation.operations[0];) {
      --row;
      if (row->task != release.task) continue;
      in_vain = in_vain || is_attempt(*row, are_reads_attempts);
      if (row->object != release.object || !row->succeeded) continue;
      if (row->verb == Verb::release) ++depth;
      if (row->verb == Verb::acquire && depth-- == 0) return !in_vain;
    }
    return true;
  }

  // Also who waits for a server's answer, unless the server keeps it waiting for somebody else.
  static bool will_run(const TaskRow& row, const Situation& situation) {
    if (situation.processes[row.process].is_stopped || row.state == TaskState::ended) return false;
    if (row.state == TaskState::runnable || row.has_deadline) return true;
    if (row.operation == none) return false;
    const OperationRow& operation = situation.operations[row.operation];
    return operation.is_asking && !operation.is_kept;
  }

  bool has_everybody_tried(const Situation& situation) const {
    bool has_anybody = false;
    for (std::size_t task = 0; task < situation.tasks.size(); ++task) {
      const TaskRow& row = situation.tasks[task];
      if (!will_run(row, situation)) continue;
      const bool is_user = row.role == mp::Role::user;
      if (is_user ? doings_[task].attempts < attempts_min : doings_[task].ended == 0) return false;
      has_anybody = has_anybody || is_user;
    }
    return has_anybody;
  }

  void tell(Harm harm, const Situation& situation, Findings& findings) {
    Finding finding{.rule = "livelock",
                    .severity = harm == Harm::seen ? Severity::error : Severity::warning,
                    .harm = harm};
    std::uint64_t attempts = 0;
    std::vector<std::string> names;
    for (std::size_t task = 0; task < doings_.size(); ++task) {
      if (doings_[task].attempt == none) continue;
      attempts += doings_[task].attempts;
      names.push_back(situation.name_of_task(static_cast<TaskIndex>(task)));
      finding.parties.push_back(party_of(situation, doings_[task].attempt));
      if (const ObjectIndex object = situation.operations[doings_[task].attempt].object;
          finding.object.empty() && object != none)
        finding.object = situation.name_of_object(object);
    }
    finding.sentence = fmt::format(
        "{} went on trying and nobody got on: {} attempts{}", fmt::join(names, " and "), attempts,
        harm == Harm::seen ? ", and everybody who could run had its turns" : "; then the execution ended");
    findings.add(std::move(finding));
  }

  Table<Doings> doings_;  // by task
  std::uint64_t looked_until_ = 0;
  bool is_suspected_ = false;
  bool was_told_ = false;
};

}  // namespace

std::unique_ptr<Oracle> make_livelock() { return std::make_unique<Livelock>(); }

}  // namespace heddle
