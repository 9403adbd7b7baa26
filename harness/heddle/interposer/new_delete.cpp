// operator new and delete of harness executables: every block has a header that links it into the arena of
// the process that allocates, or is null on the host heap. A block may be freed by anybody, anywhere.
//
// An over-aligned block has its header directly before it, and its true start before that; freeing gets
// the alignment back from the language, so nothing else need be stored. Arenas free by the header's
// address, therefore over-aligned blocks always live on the host heap and are not reaped: a killed
// process leaks them. Nothing in lib allocates such types.
#include <cstdlib>
#include <heddle/core/arena.hpp>
#include <new>

namespace {

using heddle::Arena;
using heddle::ArenaBlock;

void* allocate(std::size_t bytes) noexcept {
  auto* const block = static_cast<ArenaBlock*>(std::malloc(sizeof(ArenaBlock) + bytes));
  if (block == nullptr) return nullptr;
  heddle::count_allocation();
  if (Arena* const arena = heddle::current_arena()) {
    arena->adopt(block, bytes);
  } else {
    block->next = block->previous = nullptr;
  }
  return block + 1;
}

void release(void* memory) noexcept {
  if (memory == nullptr) return;
  ArenaBlock* const block = static_cast<ArenaBlock*>(memory) - 1;
  if (block->next != nullptr) Arena::forget(block);
  std::free(block);
}

void* allocate_or_throw(std::size_t bytes) {
  if (void* const memory = allocate(bytes)) return memory;
  throw std::bad_alloc();
}

void* allocate_aligned(std::size_t bytes, std::align_val_t alignment) {
  const auto boundary = static_cast<std::size_t>(alignment);
  void* const memory = std::aligned_alloc(boundary, (bytes + boundary - 1) / boundary * boundary);
  if (memory == nullptr) throw std::bad_alloc();
  return memory;
}

}  // namespace

void* operator new(std::size_t bytes) { return allocate_or_throw(bytes); }
void* operator new[](std::size_t bytes) { return allocate_or_throw(bytes); }
void* operator new(std::size_t bytes, const std::nothrow_t&) noexcept { return allocate(bytes); }
void* operator new[](std::size_t bytes, const std::nothrow_t&) noexcept { return allocate(bytes); }
void* operator new(std::size_t bytes, std::align_val_t alignment) {
  return allocate_aligned(bytes, alignment);
}
void* operator new[](std::size_t bytes, std::align_val_t alignment) {
  return allocate_aligned(bytes, alignment);
}

void operator delete(void* memory) noexcept { release(memory); }
void operator delete[](void* memory) noexcept { release(memory); }
void operator delete(void* memory, std::size_t) noexcept { release(memory); }
void operator delete[](void* memory, std::size_t) noexcept { release(memory); }
void operator delete(void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete[](void* memory, const std::nothrow_t&) noexcept { release(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::align_val_t) noexcept { std::free(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
void operator delete[](void* memory, std::size_t, std::align_val_t) noexcept { std::free(memory); }
