// A block of memory that a process and all its later children see, out of the process's heap (heap.hpp): one
// structure, or a number of bytes known at run time, all zero when new. The block lasts as long as some copy
// of the handle that made it, in the process that made it. A child inherits the mapping and finds the block
// by its address, so it neither owns nor frees it.
#pragma once

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <type_traits>
#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/shared/heap.hpp>

namespace mp {

/// So many bytes in a block. Copies mean the same bytes; they are there while one of them is, or for a child
/// while its parent's block was there at its birth.
class SharedBytes {
 public:
  /// OSError if the machine refuses.
  explicit SharedBytes(std::size_t bytes)
      : memory_(std::make_shared<HeapBlock>(bytes)), address_(memory_->address()) {}

  std::byte* address() const { return address_; }

  void encode(Encoder& encoder, std::string_view what) const {
    encoder.shared(address_, what);
    encoder.keep(memory_);
  }
  static SharedBytes decode(Decoder& decoder) {
    return SharedBytes(static_cast<std::byte*>(decoder.shared()));
  }

 private:
  explicit SharedBytes(std::byte* address) : address_(address) {}

  std::shared_ptr<const HeapBlock> memory_;  // null in a child
  std::byte* address_;
};

/// What may lie in a block: all zero bytes are a valid value, and no pointers (which only a reader can
/// check).
template <class State>
concept Shareable = std::is_standard_layout_v<State> && std::is_trivially_copyable_v<State>;

/// A State in a block, as SharedBytes is.
template <class State>
requires Shareable<State>
class SharedBlock {
 public:
  SharedBlock() : SharedBlock(SharedBytes(sizeof(State))) {}

  State& operator*() const { return *state_; }
  State* operator->() const { return state_; }
  State* get() const { return state_; }

  void encode(Encoder& encoder, std::string_view what) const { bytes_.encode(encoder, what); }
  static SharedBlock decode(Decoder& decoder) { return SharedBlock(SharedBytes::decode(decoder)); }

 private:
  explicit SharedBlock(SharedBytes bytes)
      : bytes_(std::move(bytes)), state_(std::launder(reinterpret_cast<State*>(bytes_.address()))) {}

  SharedBytes bytes_;
  State* state_;
};

}  // namespace mp
