// Something that an object still has to do when its process ends in good order, if it has not been done by
// then. The exit sequence keeps the object alive for it; dropping the duty lets go of it.
//
// Not synchronised: whoever owns it sees to it that one task at a time touches it. The duty itself may be
// running at that moment; drop() then changes nothing.
#pragma once

#include <memory>

#include <mp/process/exit_sequence.hpp>

namespace mp {

class ExitDuty {
 public:
  /// Has run(object) called in the exit sequence of the calling process. Once.
  void take_on(int priority, std::shared_ptr<void> object, void (*run)(void* object));
  /// It is done already, or need not be done. Any number of times.
  void drop();

 private:
  struct Context {
    std::shared_ptr<void> object;
    void (*run)(void* object);
  };
  FinalizerId finalizer_ = FinalizerId::none;
  Context* context_ = nullptr;  // owned by whoever takes the finalizer off the list
};

}  // namespace mp
