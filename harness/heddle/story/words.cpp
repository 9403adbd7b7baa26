// See the header.
#include <fmt/format.h>

#include <heddle/story/words.hpp>

namespace heddle::story {
namespace {

std::string deed_of(const Essential& essential) {
  switch (essential.kind) {
    case ChoiceKind::task:
      return essential.who + " runs instead of " + essential.instead;
    case ChoiceKind::wake:
      return essential.who + " is woken instead of " + essential.instead;
    case ChoiceKind::timer:
      return "the wait of " + essential.who + " comes to its end early";
    case ChoiceKind::data:
      return fmt::format("a choice of {}'s is {} and not 0", essential.who, essential.answer);
    case ChoiceKind::kill:
    case ChoiceKind::eintr:
    case ChoiceKind::short_io:
    case ChoiceKind::spurious:
    case ChoiceKind::fork:
    case ChoiceKind::fds:
    case ChoiceKind::enospc:
      return fmt::format("fault {} strikes {}", name_of(essential.kind), essential.who);
  }
  return "";
}

std::string words_of(const Party& party) {
  std::string words = (party.operation.empty() ? "the end" : party.operation) + " of " + party.who;
  if (party.step > 0) words += fmt::format(" (step {})", party.step);
  return words;
}

}  // namespace

std::string words_of(const Essential& essential) {
  std::string words = deed_of(essential);
  if (!essential.operation.empty())
    words += (picks_task(essential.kind) ? ", which stands at " : " at ") + essential.operation;
  return words;
}

std::string words_of(const CriticalPair& pair) {
  return words_of(pair.first) + " comes before " + words_of(pair.second);
}

}  // namespace heddle::story
