// See the header. Lanes are participants by number, so that a name can be any text; an arrow is drawn where
// its later operation stands.
#include <fmt/format.h>

#include <heddle/reports/github/diagram.hpp>
#include <heddle/story/story.hpp>

namespace heddle::github {
namespace {

constexpr std::size_t operations_max = 60;

/// Letters that mean something to Mermaid are written as its entities.
std::string escaped(std::string_view text) {
  std::string all;
  for (const char letter : text) {
    const bool is_special = std::string_view("#;<>\"%{}").find(letter) != std::string_view::npos;
    if (is_special)
      all += fmt::format("#{};", static_cast<int>(letter));
    else
      all += static_cast<unsigned char>(letter) < ' ' ? ' ' : letter;
  }
  return all;
}

std::string line_of(const story::Operation& operation) {
  std::string words = operation.words;
  if (!operation.result.empty()) words += " -> " + operation.result;
  if (!operation.has_ended) words += " ...";
  return fmt::format("  Note over L{}: {}{}\n", operation.lane, operation.party > 0 ? "! " : "",
                     escaped(words));
}

}  // namespace

std::string diagram_of(const Failure& failure) {
  const auto story = story::story_of(failure, operations_max);
  if (!story || story->operations.empty()) return "";
  std::string text = "```mermaid\nsequenceDiagram\n";
  for (std::size_t lane = 0; lane < story->lanes.size(); ++lane)
    text += fmt::format("  participant L{} as {}\n", lane, escaped(story::name_of(story->lanes[lane])));
  for (std::size_t index = 0; index < story->operations.size(); ++index) {
    for (const story::Arrow& arrow : story->arrows)
      if (arrow.to == index)
        text += fmt::format("  L{}->>L{}: {}\n", story->operations[arrow.from].lane,
                            story->operations[index].lane, arrow.why);
    text += line_of(story->operations[index]);
  }
  return text + "```\n\n";
}

}  // namespace heddle::github
