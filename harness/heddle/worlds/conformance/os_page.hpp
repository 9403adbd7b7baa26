// The Os page as a table of small programs. Each says in its name what lib's Os promises, tries it with
// whatever Os the world gives it, and throws std::runtime_error naming what differed. A world that passes
// all of them may stand in for any other; one that cannot is not a world for lib.
//
// The checks are valid where tasks are cooperative and time is virtual: no check waits without an Os call,
// none relies on time passing while it computes, and processes talk through descriptors, shared mappings
// and exit statuses only. A check is the main program of a world of its own, and needs no arguments.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include <mp/os/os.hpp>

namespace heddle::conformance {

struct PageCheck {
  std::string_view name;     // a sentence without a full stop
  void (*body)(mp::Os& os);  // throws std::runtime_error with what differed
};

/// All of them, in the order of the page.
std::vector<PageCheck> os_page();

// By area; os_page() joins them.
std::span<const PageCheck> pipe_checks();
std::span<const PageCheck> descriptor_checks();
std::span<const PageCheck> socket_checks();
std::span<const PageCheck> listener_checks();
std::span<const PageCheck> word_checks();
std::span<const PageCheck> segment_checks();
std::span<const PageCheck> passing_checks();
std::span<const PageCheck> process_checks();
std::span<const PageCheck> task_checks();
std::span<const PageCheck> time_checks();

}  // namespace heddle::conformance
