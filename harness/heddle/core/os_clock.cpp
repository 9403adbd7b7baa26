// One clock per task and per thing synchronised on.
#include <algorithm>

#include <heddle/core/os_clock.hpp>

namespace heddle {

void OsClock::clear() {
  tasks_.clear();
  things_.clear();
}

void OsClock::synchronise(TaskIndex task, const void* address) {
  while (tasks_.size() <= task) tasks_.add();
  auto thing =
      std::find_if(things_.begin(), things_.end(), [&](const Row& each) { return each.address == address; });
  if (thing == things_.end()) {
    const std::uint32_t added = things_.add();
    things_[added].address = address;
    thing = things_.begin() + added;
  }
  Clock& mine = tasks_[task].clock;
  mine.join(thing->clock);
  thing->clock.join(mine);
  mine.tick(task);
}

}  // namespace heddle
