// What XML 1.0 forbids does not get into a report.
#include <gtest/gtest.h>

#include <heddle/core/xml_text.hpp>

namespace heddle {
namespace {

using namespace std::string_literals;

TEST(XmlText, KeepsWhatXmlHasALetterFor) {
  EXPECT_EQ(xml_text("a <b> & \"c\"\n\td \xc3\xa9\x7f"), "a <b> & \"c\"\n\td \xc3\xa9\x7f");
}

TEST(XmlText, AsksWhereItHasNone) {
  EXPECT_EQ(xml_text("\x1b[31m red\r\n\b"), "?[31m red?\n?");
  EXPECT_EQ(xml_text("a\0b\x1f"s), "a?b?");
}

}  // namespace
}  // namespace heddle
