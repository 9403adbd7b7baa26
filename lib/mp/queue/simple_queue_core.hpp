// A simple queue of bytes: all of SimpleQueue<T> but the coding of items.
#pragma once

#include <utility>

#include <mp/codec/codec.hpp>
#include <mp/os/operation.hpp>
#include <mp/queue/message_stream.hpp>
#include <mp/shared/name_option.hpp>
#include <mp/shared/shared_block.hpp>

namespace mp {

class SimpleQueueCore {
 public:
  SimpleQueueCore(NameOption options, Location where);
  SimpleQueueCore(SimpleQueueCore&& other) noexcept;
  SimpleQueueCore& operator=(SimpleQueueCore&& other) noexcept;
  ~SimpleQueueCore();  // closes

  /// Parts of operations that the typed handle has begun. OwnerDied, BrokenPipeError, EOFError: as there.
  void demand_open(Location where) const;
  void put(const Bytes& item, Location where);
  Bytes get();

  bool empty(Location where) const;
  void close(Location where);

  ObjectId object() const { return object_; }
  std::pair<Descriptor, Descriptor> ends() const;  // (read end, write end); OSError when closed
  void encode(Encoder& encoder) const;
  static SimpleQueueCore decode(Decoder& decoder);

 private:
  SimpleQueueCore(SharedBlock<StreamState> state, std::uint64_t secret, ObjectId object,
                  std::pair<Descriptor, Descriptor> ends);
  void close_ends();

  SharedBlock<StreamState> state_;
  std::uint64_t secret_;
  ObjectId object_;
  Descriptor read_end_;   // -1: closed, as the next
  Descriptor write_end_;  // -1
  Claim claim_;
};

}  // namespace mp
