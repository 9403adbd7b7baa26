// See the header.
#include <heddle/gtest/settings.hpp>
#include <string_view>

namespace heddle::gtest {

Expected<Settings> read_settings(const Lookup& lookup) {
  Expected<Options> options = read_options(lookup);
  if (!options) return tl::unexpected(options.error());
  Settings settings{.options = *std::move(options)};
  if (const char* const text = lookup("HEDDLE_REPLAY"); text != nullptr && *text != '\0') {
    Expected<Token> token = read_token(text);
    if (!token) return tl::unexpected(token.error());
    settings.replay = std::move(*token);
  }
  return settings;
}

}  // namespace heddle::gtest
