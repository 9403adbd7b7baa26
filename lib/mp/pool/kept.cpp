// A list in the process's state.
#include <mp/pool/kept.hpp>

#include <mp/errors.hpp>
#include <mp/process/state.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

struct Kept {
  const std::type_info* type;
  std::shared_ptr<void> value;
  Kept* older;
};

namespace detail {

void keep(const std::type_info& type, std::shared_ptr<void> value) {
  auto node = std::make_unique<Kept>(Kept{&type, std::move(value), nullptr});
  std::shared_ptr<void> replaced;  // outlives the lock
  ProcessState& state = process_state(os());
  const StateLock lock(state);
  for (Kept* each = state.kept; each != nullptr; each = each->older) {
    if (*each->type != type) continue;
    replaced = std::exchange(each->value, std::move(node->value));
    return;
  }
  node->older = state.kept;
  state.kept = node.release();
}

void* kept(const std::type_info& type) {
  {
    ProcessState& state = process_state(os());
    const StateLock lock(state);
    for (const Kept* each = state.kept; each != nullptr; each = each->older)
      if (*each->type == type) return each->value.get();
  }
  throw RuntimeError("this process keeps nothing of type " + type_in_words(type));
}

}  // namespace detail
}  // namespace mp
