// Tapes in corpus/regressions and in folders of others are files written by hand around a token. Whatever the
// bytes are, they are refused with the line that is wrong, or they say the same when they are written again.
#include <fmt/format.h>

#include <cstdint>
#include <cstdlib>
#include <heddle/cli/regressions.hpp>
#include <string>
#include <string_view>

namespace {

using namespace heddle;

void require(bool holds) {
  if (!holds) std::abort();
}

std::string text_of(const cli::Regression& regression) {
  return fmt::format("name: {}\ntoken: {}\nrule: {}\nexpect: {}\nwhy: {}\n", regression.name,
                     write_token(regression.token), regression.rule, name_of(regression.expected),
                     regression.why);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto regression = cli::read_regression(text, "input");
  if (!regression) {
    require(regression.error().code == "regression-malformed" &&
            regression.error().what.starts_with("input:"));
    return 0;
  }
  const std::string written = text_of(*regression);
  const auto again = cli::read_regression(written, "again");
  require(again.has_value() && text_of(*again) == written);
  return 0;
}
