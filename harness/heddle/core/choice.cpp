// The words for each kind of choice, as tokens and reports print them.
#include <heddle/core/choice.hpp>

namespace heddle {

std::string_view name_of(ChoiceKind kind) {
  switch (kind) {
    case ChoiceKind::task:
      return "task";
    case ChoiceKind::wake:
      return "wake";
    case ChoiceKind::data:
      return "data";
    case ChoiceKind::kill:
      return "kill";
    case ChoiceKind::timer:
      return "timer";
    case ChoiceKind::eintr:
      return "eintr";
    case ChoiceKind::short_io:
      return "short-io";
    case ChoiceKind::spurious:
      return "spurious";
    case ChoiceKind::fork:
      return "fork";
    case ChoiceKind::fds:
      return "fds";
    case ChoiceKind::enospc:
      return "enospc";
  }
  return "unknown";
}

}  // namespace heddle
