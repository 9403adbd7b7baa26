// The page's table of contents.
#include <heddle/worlds/conformance/os_page.hpp>

namespace heddle::conformance {

std::vector<PageCheck> os_page() {
  std::vector<PageCheck> page;
  for (const auto area :
       {pipe_checks(), descriptor_checks(), socket_checks(), listener_checks(), word_checks(),
        segment_checks(), passing_checks(), process_checks(), task_checks(), time_checks()}) {
    page.insert(page.end(), area.begin(), area.end());
  }
  return page;
}

}  // namespace heddle::conformance
