// Signatures and words of findings.
#include <fmt/format.h>
#include <algorithm>

#include <heddle/core/finding.hpp>

namespace heddle {

std::string_view name_of(Harm harm) {
  switch (harm) {
    case Harm::seen:
      return "harm seen";
    case Harm::predicted:
      return "predicted";
  }
  return "unknown";
}

std::string place_of(const mp::Location& where) {
  return fmt::format("{}:{}:{}", where.file_name(), where.line(), where.column());
}

std::string Finding::signature() const {
  std::vector<std::string> sites;
  for (const Party& party : parties)
    sites.push_back(fmt::format("{}:{}", party.where.file_name(), party.where.line()));
  std::ranges::sort(sites);
  sites.erase(std::unique(sites.begin(), sites.end()), sites.end());
  return fmt::format("{}|{}|{}", rule, object, fmt::join(sites, "|"));
}

}  // namespace heddle
