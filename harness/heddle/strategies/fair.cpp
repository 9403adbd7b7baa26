// Another strategy, kept from letting a task spin while others wait (Musuvathi, Qadeer: Fair stateless model
// checking, PLDI 2008). A task that yields falls below each task that could have run ever since its yield
// before and did not; it does not run while one of those can, until that one has. The other strategy chooses
// among the tasks that are left, of which there is always one: edges go from a task only when it has just
// run, and then none leads to it, so that there is no cycle.
//
// Departures: programs here do not say that they yield. A task does when it has come so many times to a thing
// that it has been at since its last yield, as a loop does that tries again; a loop over more than eight
// things is not seen as one. A task that was disabled by the one that yields, and then enabled, does not
// count as having waited. Where one task alone can run nobody is asked, and nothing is noted.
//
// What is left out is not known to be of no interest: after the first time that a choice was narrowed nothing
// is called exhausted.
#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include <heddle/strategies/fair.hpp>

namespace heddle {
namespace {

/// The tasks as they are, except that some may not be picked.
class Narrowed final : public Tasks {
 public:
  void begin(const Tasks& tasks) {
    tasks_ = &tasks;
    answers_.clear();
  }
  void allow(std::uint32_t answer) { answers_.push_back(answer); }
  const std::vector<std::uint32_t>& answers() const { return answers_; }

  TaskIndex candidate(std::uint32_t answer) const override { return tasks_->candidate(answers_[answer]); }
  std::string label(TaskIndex task) const override { return tasks_->label(task); }
  TaskId id(TaskIndex task) const override { return tasks_->id(task); }
  TaskIndex parent(TaskIndex task) const override { return tasks_->parent(task); }
  Access intent(TaskIndex task) const override { return tasks_->intent(task); }
  const Steps& steps() const override { return tasks_->steps(); }

 private:
  const Tasks* tasks_ = nullptr;
  std::vector<std::uint32_t> answers_;
};

class Fair final : public Strategy {
 public:
  Fair(std::unique_ptr<Strategy> unfair, std::uint32_t patience)
      : unfair_(std::move(unfair)), patience_(patience) {}

  bool begin(std::uint64_t execution) override {
    now_ = 0;
    for (Row& row : rows_) row.reset();
    return unfair_->begin(execution);
  }

  std::uint32_t choose(const Choice& choice) override {
    if (choice.kind != ChoiceKind::task) return unfair_->choose(choice);
    ++now_;
    for (std::uint32_t answer = 0; answer < choice.count; ++answer) see(choice.tasks->candidate(answer));
    narrowed_.begin(*choice.tasks);
    for (std::uint32_t answer = 0; answer < choice.count; ++answer)
      if (may_run(choice.tasks->candidate(answer))) narrowed_.allow(answer);
    const std::uint32_t answer = ask(choice);
    if (answer != abandon) runs(choice.tasks->candidate(answer), choice);
    return answer;
  }

  bool end() override { return unfair_->end() && !has_narrowed_; }
  Attention attention() const override { return unfair_->attention(); }

 private:
  using Moment = std::uint64_t;  // the n-th choice of a task, from 1; 0: never

  struct Row {
    Moment seen_at = 0;  // could run, the last time
    Moment able_since = 0;
    Moment ran_at = 0;
    Moment yielded_at = 0;      // or was first seen
    std::uint32_t returns = 0;  // to one of `been_at`, since then
    std::uint32_t places = 0;
    std::array<Access, 8> been_at{};
    std::vector<TaskIndex> above = {};  // it does not run while one of these can
    void reset() {
      above.clear();
      *this = Row{.above = std::move(above)};
    }
  };

  void see(TaskIndex task) {
    if (rows_.size() <= task) rows_.resize(task + 1);
    Row& row = rows_[task];
    if (row.seen_at == 0) row.yielded_at = now_;
    if (row.seen_at == 0 || row.seen_at != now_ - 1) row.able_since = now_;
    row.seen_at = now_;
  }

  bool may_run(TaskIndex task) const {
    return std::ranges::none_of(rows_[task].above,
                                [&](TaskIndex each) { return rows_[each].seen_at == now_; });
  }

  std::uint32_t ask(const Choice& choice) {
    const auto& allowed = narrowed_.answers();
    if (allowed.size() == choice.count) return unfair_->choose(choice);
    has_narrowed_ = true;
    if (allowed.size() == 1 && unfair_->attention() == Attention::choices) return allowed.front();
    Choice narrowed = choice;
    narrowed.count = static_cast<std::uint32_t>(allowed.size());
    narrowed.tasks = &narrowed_;
    narrowed.is_preemption = choice.is_preemption && allowed.front() == 0;
    const std::uint32_t answer = unfair_->choose(narrowed);
    return answer == abandon ? abandon : allowed[answer];
  }

  void runs(TaskIndex task, const Choice& choice) {
    Row& row = rows_[task];
    row.ran_at = now_;
    for (Row& each : rows_) std::erase(each.above, task);
    const Access next = choice.tasks->intent(task);
    if (next.thing == no_thing) return;
    const auto places = std::span(row.been_at).first(std::min<std::size_t>(row.places, row.been_at.size()));
    if (std::ranges::find(places, next.thing, &Access::thing) == places.end())
      row.been_at[row.places++ % row.been_at.size()] = next;
    else if (++row.returns >= patience_)
      yields(task, choice);
  }

  void yields(TaskIndex task, const Choice& choice) {
    const Moment before = rows_[task].yielded_at;
    for (std::uint32_t answer = 0; answer < choice.count; ++answer) {
      const TaskIndex other = choice.tasks->candidate(answer);
      const bool has_waited = rows_[other].able_since <= before && rows_[other].ran_at <= before;
      if (other != task && has_waited) rows_[task].above.push_back(other);
    }
    rows_[task].yielded_at = now_;
    rows_[task].returns = rows_[task].places = 0;
  }

  const std::unique_ptr<Strategy> unfair_;
  const std::uint32_t patience_;
  Narrowed narrowed_;
  std::vector<Row> rows_;  // by task
  Moment now_ = 0;
  bool has_narrowed_ = false;  // in any execution
};

}  // namespace

std::unique_ptr<Strategy> make_fair(std::unique_ptr<Strategy> unfair, std::uint32_t patience) {
  return std::make_unique<Fair>(std::move(unfair), patience);
}

}  // namespace heddle
