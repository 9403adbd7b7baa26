// The life of a pool's worker process: it runs the initializer, then one task after another until it is told
// to stop, has done as many as it may, or its parent is gone. What a task raises goes to the parent; a
// SystemExit, and any other end of the process, is the end of the worker (POOL-21).
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/os/os.hpp>
#include <mp/pool/frame.hpp>

namespace mp::detail {

/// A call that each worker makes first, encoded once for all of them.
struct InitializerCall {
  void (*code)(Decoder& arguments) = nullptr;
  Bytes arguments;
  Belongings belongings;  // what the bytes refer to; handles must be open when a worker is born
};

/// What a worker is born with.
struct WorkerBirth {
  ObjectId pool = ObjectId::none;
  Descriptor from_parent = -1;
  Descriptor to_parent = -1;
  Descriptor passed = -1;                              // the socket through which descriptors come
  std::uint64_t tasks_max = 0;                         // 0: any number
  std::vector<Descriptor> foreign;                     // of the parent's, for a child by fork to close
  std::shared_ptr<const InitializerCall> initializer;  // null: none

  void encode(Encoder& encoder) const;
  static WorkerBirth decode(Decoder& decoder);
};

/// The target of a worker's process.
void run_worker(const WorkerBirth& birth);

}  // namespace mp::detail
