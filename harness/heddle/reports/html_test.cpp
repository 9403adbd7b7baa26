// What a browser will hold the page to; what it shows is tested in a browser (ci/reports/page).
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>
#include <regex>

#include <heddle/reports/html.hpp>
#include <heddle/trial/reported_run.hpp>

namespace heddle {
namespace {

std::string page() { return make_html_report()->render(trial::reported_run()); }

std::string between(const std::string& text, const std::string& open, const std::string& close) {
  const std::size_t start = text.find(open) + open.size();
  return text.substr(start, text.find(close, start) - start);
}

TEST(HtmlReport, HoldsTheRunAsJson) {
  const auto data = nlohmann::json::parse(between(page(), R"(id="data">)", "</script>"));
  EXPECT_EQ(data["explorations"].size(), 4U);
}

TEST(HtmlReport, LetsNoWordOfAProgramEndItsScript) {
  const std::string text = page();
  const std::regex tag("</script>");
  EXPECT_EQ(std::distance(std::sregex_iterator(text.begin(), text.end(), tag), std::sregex_iterator()), 2);
}

TEST(HtmlReport, AsksForNothing) {
  const std::string text = page();
  EXPECT_EQ(text.find("src="), std::string::npos);
  EXPECT_EQ(text.find("@import"), std::string::npos);
  EXPECT_NE(text.find("default-src 'none'"), std::string::npos);
}

}  // namespace
}  // namespace heddle
