// The lists of children and threads. Both are handled alike, so the bodies are templates over the field of
// ProcessState that holds them.
#include <mp/process/records.hpp>

#include <mp/os/uninterrupted.hpp>

#include <algorithm>

namespace mp::detail {

namespace {

template <class Record>
using Listed = std::vector<std::shared_ptr<Record>>;

template <class Record>
Listed<Record> copy_of(Os& os, Listed<Record>* ProcessState::*field) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  return state.*field == nullptr ? Listed<Record>{} : *(state.*field);
}

template <class Record>
void take_off(Os& os, Listed<Record>* ProcessState::*field, const std::shared_ptr<Record>& record) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  if (state.*field != nullptr) std::erase(*(state.*field), record);
}

/// Adds record and gives those that only the list still knows.
template <class Record>
Listed<Record> add(Os& os, Listed<Record>* ProcessState::*field, const std::shared_ptr<Record>& record) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  if (state.*field == nullptr) state.*field = new Listed<Record>;
  Listed<Record> forgotten;
  std::ranges::copy_if(*(state.*field), std::back_inserter(forgotten),
                       [](const std::shared_ptr<Record>& other) { return other.use_count() == 1; });
  (state.*field)->push_back(record);
  return forgotten;
}

}  // namespace

Result<ProcessEnd> await_process(Os& os, const std::shared_ptr<ProcessRecord>& record, Instant deadline) {
  const Result<ProcessEnd> end = record->ending.await(os, deadline, [&](Instant until) {
    return uninterrupted([&] { return os.wait_process(record->pid, until); });
  });
  if (!end) return end;
  take_off(os, &ProcessState::children, record);
  // Freed outside the lock, which the heap takes for each block.
  std::vector<std::shared_ptr<const void>> memory;
  {
    const StateLock lock(process_state(os));
    memory.swap(record->memory);
  }
  return end;
}

Result<ProcessEnd> await_thread(Os& os, const std::shared_ptr<ThreadRecord>& record, Instant deadline) {
  const auto join = [&](Instant until) -> Result<ProcessEnd> {
    if (const Result<void> joined = os.join_thread(record->id, until); !joined) {
      return failure(joined.error().value);
    }
    return ProcessEnd{};
  };
  const Result<ProcessEnd> end = record->ending.await(os, deadline, join);
  if (end) take_off(os, &ProcessState::threads, record);
  return end;
}

void enlist(Os& os, const std::shared_ptr<ProcessRecord>& record) {
  for (const auto& forgotten : add(os, &ProcessState::children, record)) {
    static_cast<void>(await_process(os, forgotten, immediately));
  }
}

void enlist(Os& os, const std::shared_ptr<ThreadRecord>& record) {
  for (const auto& forgotten : add(os, &ProcessState::threads, record)) {
    static_cast<void>(await_thread(os, forgotten, immediately));
  }
}

std::vector<std::shared_ptr<ProcessRecord>> listed_children(Os& os) {
  return copy_of(os, &ProcessState::children);
}

std::vector<std::shared_ptr<ThreadRecord>> listed_threads(Os& os) {
  return copy_of(os, &ProcessState::threads);
}

}  // namespace mp::detail
