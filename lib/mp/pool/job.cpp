// Waiting for a job, and letting go of those who wait.
#include <mp/pool/job.hpp>

#include <cerrno>
#include <limits>

#include <mp/channel/framing.hpp>
#include <mp/errors.hpp>
#include <mp/os/operation.hpp>
#include <mp/pool/callbacks.hpp>
#include <mp/shared/os_failure.hpp>

namespace mp::detail {

Job::Job(ObjectId pool, std::string_view name, Location where)
    : pool_(pool),
      object_(announce(os(), ObjectKind::async_result, name, where, pool)),
      creator_(os().process_id()) {}

Job::Job(ObjectId pool, ObjectId object) : pool_(pool), object_(object), creator_(os().process_id()) {}

void Job::release(Os& os) {
  os.store(done_, 1);
  os.word_wake(done_, std::numeric_limits<int>::max());
}

bool Job::await(Os& os, Instant deadline, Location where) {
  if (is_done(os)) return true;
  if (creator_ != os.process_id()) {
    throw RuntimeError("a pool's result comes to the process that made the pool, and to no other");
  }
  if (deadline == never && callbacks != nullptr && callbacks->is_here(os)) {
    constexpr const char* words =
        "a callback of a pool waits for a result whose own callback can run only after it";
    report_misuse(os, ObjectKind::async_result, object_, "pool-callback-blocks", words, where);
    throw RuntimeError(words);
  }
  while (!is_done(os)) {
    const Result<void> woken = os.word_wait(done_, 0, deadline);
    if (!woken && woken.error().value == ETIMEDOUT) return is_done(os);
  }
  return true;
}

std::shared_ptr<const PassedDescriptors> copies_of(Os& os, const std::vector<Descriptor>& descriptors) {
  if (descriptors.empty()) return nullptr;
  if (descriptors.size() > passed_max) throw ValueError("too many Connections in one task");
  auto copies = std::make_shared<PassedDescriptors>();
  for (const Descriptor fd : descriptors)
    copies->add(demand(os.duplicate(fd), "cannot copy a descriptor for a pool's task"));
  return copies;
}

}  // namespace mp::detail
