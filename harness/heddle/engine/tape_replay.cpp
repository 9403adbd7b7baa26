// Matching the choices that come up against the entries of a tape.
#include <fmt/format.h>

#include <heddle/engine/tape_replay.hpp>

namespace heddle {
namespace {

std::string words_of(const TapeEntry& entry) {
  return fmt::format("{}'s {} choice {} -> {}", entry.task, name_of(entry.kind), entry.ordinal,
                     entry.chosen.empty() ? fmt::to_string(entry.answer) : entry.chosen);
}

}  // namespace

bool TapeReplay::begin(std::uint64_t) {
  labels_.clear();
  used_.assign(tape_.entries.size(), false);
  refused_.reset();
  last_step_ = 0;
  return true;
}

const std::string& TapeReplay::label(const Choice& choice, TaskIndex task) {
  if (labels_.size() <= task) labels_.resize(task + 1);
  if (labels_[task].empty()) labels_[task] = choice.tasks->label(task);
  return labels_[task];
}

std::uint32_t TapeReplay::choose(const Choice& choice) {
  last_step_ = choice.step;
  for (std::size_t i = 0; i < tape_.entries.size(); ++i) {
    const TapeEntry& entry = tape_.entries[i];
    if (used_[i] || entry.ordinal != choice.ordinal || entry.kind != choice.kind) continue;
    if (entry.task != label(choice, choice.task)) continue;
    used_[i] = true;
    if (const auto found = answer(choice, entry)) return *found;
    if (!refused_) refused_ = Mismatch{words_of(entry) + " is not to be had", choice.step};
    return 0;
  }
  return 0;
}

std::optional<std::uint32_t> TapeReplay::answer(const Choice& choice, const TapeEntry& entry) {
  if (entry.chosen.empty()) return entry.answer < choice.count ? std::optional(entry.answer) : std::nullopt;
  for (std::uint32_t i = 0; i < choice.count; ++i) {
    const TaskIndex candidate = choice.tasks->candidate(i);
    if (candidate != no_task && label(choice, candidate) == entry.chosen) return i;
  }
  return std::nullopt;
}

std::optional<TapeReplay::Mismatch> TapeReplay::mismatch() const {
  if (refused_) return refused_;
  for (std::size_t i = 0; i < tape_.entries.size(); ++i)
    if (!used_[i]) return Mismatch{words_of(tape_.entries[i]) + " was never reached", last_step_};
  return std::nullopt;
}

}  // namespace heddle
