// A block of memory that a process and all its later children see: one structure per block, all zero when
// new. The mapping lasts as long as some copy of the handle that made it, in the process that made it. A
// child inherits the mapping and finds the structure by its address, so it neither owns nor unmaps it.
//
// Every block is a mapping of its own, a page at least: few objects are shared, and one that is gone leaves
// no hole in an arena.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <span>
#include <type_traits>

#include <mp/codec/codec.hpp>
#include <mp/os/os.hpp>

namespace mp {

/// Owns a mapping in the process that made it. OSError if the machine refuses.
class SharedMapping {
 public:
  explicit SharedMapping(std::size_t bytes);
  ~SharedMapping();
  SharedMapping(const SharedMapping&) = delete;
  SharedMapping& operator=(const SharedMapping&) = delete;

  std::span<std::byte> bytes() const { return bytes_; }

 private:
  std::span<std::byte> bytes_;
  ProcessId owner_;
};

/// What may lie in a block: all zero bytes are a valid value, and no pointers (which only a reader can
/// check).
template <class State>
concept Shareable = std::is_standard_layout_v<State> && std::is_trivially_copyable_v<State>;

/// A State in a block. Copies see the same State; it is there while one of them is, or for a child while
/// its parent's mapping was there at its birth.
template <class State>
requires Shareable<State>
class SharedBlock {
 public:
  SharedBlock()
      : mapping_(std::make_shared<SharedMapping>(sizeof(State))),
        state_(std::launder(reinterpret_cast<State*>(mapping_->bytes().data()))) {}

  State& operator*() const { return *state_; }
  State* operator->() const { return state_; }
  State* get() const { return state_; }

  void encode(Encoder& encoder, std::string_view what) const {
    encoder.shared(state_, what);
    encoder.keep(mapping_);
  }
  static SharedBlock decode(Decoder& decoder) { return SharedBlock(static_cast<State*>(decoder.shared())); }

 private:
  explicit SharedBlock(State* state) : state_(state) {}

  std::shared_ptr<const SharedMapping> mapping_;  // null in a child
  State* state_;
};

}  // namespace mp
