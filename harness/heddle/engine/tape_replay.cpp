// Matching the choices that come up against the entries of a tape.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/engine/tape_replay.hpp>

namespace heddle {

std::string words_of(const TapeEntry& entry) {
  return fmt::format("{}'s {} choice {} -> {}", entry.task, name_of(entry.kind), entry.ordinal,
                     entry.chosen.empty() ? fmt::to_string(entry.answer) : entry.chosen);
}

std::optional<std::uint32_t> answer_of(const Choice& choice, const std::string& label) {
  for (std::uint32_t i = 0; i < choice.count; ++i) {
    const TaskIndex candidate = choice.tasks->candidate(i);
    if (candidate != no_task && choice.tasks->label(candidate) == label) return i;
  }
  return std::nullopt;
}

bool TapeReplay::begin(std::uint64_t) {
  labels_.clear();
  used_.assign(tape_.entries.size(), false);
  uses_.clear();
  refused_.reset();
  last_step_ = 0;
  return true;
}

const std::string& TapeReplay::label(const Choice& choice, TaskIndex task) {
  if (labels_.size() <= task) labels_.resize(task + 1);
  if (labels_[task].empty()) labels_[task] = choice.tasks->label(task);
  return labels_[task];
}

bool TapeReplay::matches(const TapeEntry& entry, const Choice& choice) {
  return entry.ordinal == choice.ordinal && entry.kind == choice.kind &&
         entry.task == label(choice, choice.task);
}

std::uint32_t TapeReplay::choose(const Choice& choice) {
  last_step_ = choice.step;
  const auto next = static_cast<std::size_t>(std::ranges::find(used_, false) - used_.begin());
  if (fit_ == Fit::exact) {
    if (const auto missed = find_missed(choice, next)) return refuse(*missed, "was passed over", choice);
    return next < used_.size() && matches(tape_.entries[next], choice) ? use(next, choice) : 0;
  }
  for (std::size_t i = next; i < used_.size(); ++i)
    if (!used_[i] && matches(tape_.entries[i], choice)) return use(i, choice);
  return 0;
}

/// The next entry, if this choice shows that its own will not come any more, or not in its turn.
std::optional<std::size_t> TapeReplay::find_missed(const Choice& choice, std::size_t next) {
  if (next >= used_.size()) return std::nullopt;
  const TapeEntry& entry = tape_.entries[next];
  if (entry.kind == choice.kind && entry.ordinal < choice.ordinal && entry.task == label(choice, choice.task))
    return next;
  for (std::size_t later = next + 1; later < used_.size(); ++later)
    if (matches(tape_.entries[later], choice)) return next;
  return std::nullopt;
}

std::uint32_t TapeReplay::use(std::size_t index, const Choice& choice) {
  used_[index] = true;
  const TapeEntry& entry = tape_.entries[index];
  const std::optional<std::uint32_t> found = answer(choice, entry);
  if (!found) return refuse(index, "is not to be had", choice);
  Use use{.entry = index, .step = choice.step, .task = choice.task, .is_preemption = choice.is_preemption};
  if (picks_task(entry.kind)) {
    use.chosen = choice.tasks->candidate(*found);
    use.instead = choice.tasks->candidate(0);
    if (use.instead != no_task) use.intent = choice.tasks->intent(use.instead);
  }
  uses_.push_back(use);
  return *found;
}

std::uint32_t TapeReplay::refuse(std::size_t index, const char* why, const Choice& choice) {
  if (!refused_)
    refused_ = Mismatch{.words = fmt::format("{} {}", words_of(tape_.entries[index]), why),
                        .step = choice.step,
                        .entry = index,
                        .task = choice.task};
  return fit_ == Fit::exact ? abandon : 0;
}

std::optional<std::uint32_t> TapeReplay::answer(const Choice& choice, const TapeEntry& entry) {
  if (!picks_task(entry.kind))
    return entry.answer < choice.count ? std::optional(entry.answer) : std::nullopt;
  return answer_of(choice, entry.chosen);
}

std::optional<TapeReplay::Mismatch> TapeReplay::mismatch() const {
  if (refused_) return refused_;
  const auto unused = std::ranges::find(used_, false);
  if (unused == used_.end()) return std::nullopt;
  const auto index = static_cast<std::size_t>(unused - used_.begin());
  return Mismatch{
      .words = words_of(tape_.entries[index]) + " was never reached", .step = last_step_, .entry = index};
}

}  // namespace heddle
