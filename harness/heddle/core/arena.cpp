// The arenas and the OS thread's choice among them.
#include <algorithm>
#include <cstdlib>
#include <utility>

#include <heddle/core/arena.hpp>

namespace heddle {
namespace {

#ifdef HEDDLE_TSAN
constinit thread_local OsThread this_os_thread;
#endif
FreeException free_exception_memory = nullptr;

struct Thrown {
  void* memory;
  const Arena* owner;
};

// Exceptions are few, and fewer are in flight at one time. On the host heap, like all of the harness.
std::vector<Thrown>& exceptions_in_flight() {
  thread_local std::vector<Thrown> in_flight;
  return in_flight;
}

}  // namespace

Arena::~Arena() { reap(); }

void adopt_exception(void* thrown) {
  if (current_arena() == nullptr) return;
  Arena* const owner = exchange_arena(nullptr);
  exceptions_in_flight().push_back({thrown, owner});
  exchange_arena(owner);
}

void forget_exception(void* thrown) {
  std::erase_if(exceptions_in_flight(), [&](const Thrown& each) { return each.memory == thrown; });
}

void Arena::reap() {
  for (ArenaBlock* block = head_.next; block != &head_;) {
    ArenaBlock* const next = block->next;
    std::free(block);
    block = next;
  }
  head_.next = head_.previous = &head_;
  blocks_made_ = 0;
  std::erase_if(exceptions_in_flight(), [&](const Thrown& each) {
    if (each.owner != this) return false;
    free_exception_memory(each.memory);
    return true;
  });
}

const ArenaBlock* Arena::find(const void* address) const {
  const auto* const wanted = static_cast<const std::byte*>(address);
  for (const ArenaBlock* block = head_.next; block != &head_; block = block->next) {
    const auto* const memory = reinterpret_cast<const std::byte*>(block + 1);
    if (wanted >= memory && wanted < memory + block->bytes) return block;
  }
  return nullptr;
}

#ifdef HEDDLE_TSAN
OsThread& os_thread() { return this_os_thread; }
Arena* current_arena() { return this_os_thread.allocating_in; }
Arena* exchange_arena(Arena* arena) { return std::exchange(this_os_thread.allocating_in, arena); }
int host_depth() { return this_os_thread.host_scopes; }
#endif

std::uint64_t allocations_made() { return os_thread().allocations; }
void count_allocation() { ++os_thread().allocations; }

HostAllocation::HostAllocation() : previous_(exchange_arena(nullptr)) { ++os_thread().host_scopes; }
HostAllocation::~HostAllocation() {
  --os_thread().host_scopes;
  exchange_arena(previous_);
}

void install_free_exception(FreeException free_exception) { free_exception_memory = free_exception; }

}  // namespace heddle
