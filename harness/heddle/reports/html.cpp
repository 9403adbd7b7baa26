// See the header. The run's values stand in the page as JSON that no browser runs; the policy names style and
// script by their hashes, so that nothing else in the page could be run even if it got in.
#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <nlohmann/json.hpp>

#include <heddle/reports/html.hpp>
#include <heddle/reports/html/assets.hpp>
#include <heddle/story/values.hpp>

namespace heddle {
namespace {

std::string hash_of(std::string_view text) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
  std::array<unsigned char, 4 * ((SHA256_DIGEST_LENGTH + 2) / 3) + 1> letters{};
  const int count = EVP_EncodeBlock(letters.data(), digest.data(), SHA256_DIGEST_LENGTH);
  return std::string(letters.begin(), letters.begin() + count);
}

/// No end tag can stand in what a program said.
std::string harmless(std::string json) {
  for (std::size_t at = json.find('<'); at != std::string::npos; at = json.find('<', at + 1))
    json.replace(at, 1, "\\u003c");
  return json;
}

constexpr std::string_view page = R"(<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'; style-src 'sha256-{style_hash}'; script-src 'sha256-{script_hash}'">
<meta name="viewport" content="width=device-width">
<title>heddle</title>
<style>{style}</style>
</head>
<body>
<header><h1>heddle</h1><p id="command"></p></header>
<div class="page"><nav><ul></ul></nav><main></main></div>
<input id="search" type="search" placeholder="search operations" hidden>
<dialog id="help"><h2>Keys</h2><dl></dl><form method="dialog"><button>close</button></form></dialog>
<script type="application/json" id="data">{data}</script>
<script>{script}</script>
</body>
</html>
)";

class HtmlReport final : public Report {
 public:
  std::string render(const ReportRun& run) const override {
    return fmt::format(page, fmt::arg("style_hash", hash_of(html::style)),
                       fmt::arg("script_hash", hash_of(html::script)), fmt::arg("style", html::style),
                       fmt::arg("script", html::script),
                       fmt::arg("data", harmless(story::written(story::values_of(run)))));
  }
};

}  // namespace

std::unique_ptr<Report> make_html_report() { return std::make_unique<HtmlReport>(); }

}  // namespace heddle
