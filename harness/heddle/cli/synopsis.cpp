// See the header.
#include <algorithm>
#include <array>
#include <sstream>

#include <heddle/cli/synopsis.hpp>

namespace heddle::cli {
namespace {

struct Listed {
  std::string_view value;
  std::string_view table;
};
constexpr std::array listed{Listed{"SCENARIO", "list"}, Listed{"RULE", "rules"},
                            Listed{"STRATEGY", "strategies"}, Listed{"WORLD", "worlds"},
                            Listed{"REPORT", "reports"}};

}  // namespace

std::vector<std::string> choices_of(const Argument& argument) {
  std::vector<std::string> choices;
  if (!argument.value.starts_with('{')) return choices;
  std::istringstream inside(argument.value.substr(1, argument.value.find('}') - 1));
  for (std::string choice; std::getline(inside, choice, ',');) choices.push_back(choice);
  return choices;
}

std::string table_of(const Argument& argument) {
  const auto found = std::ranges::find_if(
      listed, [&](const Listed& each) { return argument.value.starts_with(each.value); });
  return found == listed.end() ? "" : std::string(found->table);
}

bool takes_file(const Argument& argument) {
  return argument.value == "FILE" || argument.value.ends_with("|FILE");
}

bool takes_folder(const Argument& argument) { return argument.value == "FOLDER"; }

}  // namespace heddle::cli
