#include <gtest/gtest.h>

#include <heddle/histories/edn.hpp>

namespace heddle::histories {
namespace {

using Kind = Form::Kind;

Form word(std::string text) { return {.kind = Kind::word, .text = std::move(text)}; }
Form text(std::string text) { return {.kind = Kind::text, .text = std::move(text)}; }
Form keyword(std::string text) { return {.kind = Kind::keyword, .text = std::move(text)}; }
Form sequence(std::vector<Form> items) { return {.kind = Kind::sequence, .items = std::move(items)}; }
Form map(std::vector<Form> items) { return {.kind = Kind::map, .items = std::move(items)}; }

void expect_forms(std::string_view line, const std::vector<Form>& forms) {
  const auto read = read_edn(line);
  ASSERT_TRUE(read) << read.error().column << ": " << read.error().expected;
  EXPECT_EQ(*read, forms);
}

void expect_error(std::string_view line, std::size_t column, std::string_view expected) {
  const auto read = read_edn(line);
  ASSERT_FALSE(read) << line;
  EXPECT_EQ(read.error().column, column);
  EXPECT_EQ(read.error().expected, expected);
}

TEST(Edn, ReadsEveryKindOfForm) {
  expect_forms("nil -3 2.5 a/b :k \"t\"",
               {word("nil"), word("-3"), word("2.5"), word("a/b"), keyword("k"), text("t")});
  expect_forms("[1 2] (1) #{1} {:a 1, :b nil}",
               {sequence({word("1"), word("2")}), sequence({word("1")}), sequence({word("1")}),
                map({keyword("a"), word("1"), keyword("b"), word("nil")})});
  expect_forms("[[]{}\"a\"b]", {sequence({sequence({}), map({}), text("a"), word("b")})});
}

TEST(Edn, CommasAreBlanksAndCommentsEndTheLine) {
  expect_forms(" 1,,\t2 ; 3", {word("1"), word("2")});
  expect_forms("", {});
  expect_forms("; nothing", {});
}

TEST(Edn, TextMayHoldAnythingEscaped) { expect_forms(R"("a\"b\\c\nd\te\r;[")", {text("a\"b\\c\nd\te\r;[")}); }

TEST(Edn, SaysWhereItWentWrongAndWhatWasExpected) {
  expect_error("[1 2", 5, "a closing ]");
  expect_error("{:a 1", 6, "a closing }");
  expect_error("(1 ; )", 4, "a closing )");
  expect_error("{:a}", 4, "a value for the last key");
  expect_error("1 ]", 3, "a value");
  expect_error("\"abc", 5, "a closing \"");
  expect_error("\"a\\qb\"", 4, R"(one of \n \r \t \" \\)");
  expect_error(": 1", 2, "a name");
  expect_error("#inst 1", 1, "a value without a tag");
  expect_error("\\a", 1, "a value");
}

TEST(Edn, BracketsInBracketsHaveALimit) {
  EXPECT_TRUE(read_edn(std::string(64, '[') + std::string(64, ']')));
  expect_error(std::string(65, '[') + std::string(65, ']'), 65, "at most 64 brackets in each other");
  EXPECT_FALSE(read_edn(std::string(1'000'000, '[')));
  std::string side_by_side;
  for (int each = 0; each < 100; ++each) side_by_side += "[]";
  EXPECT_TRUE(read_edn(side_by_side));
}

TEST(Edn, AMapIsAskedByKeyword) {
  const auto read = read_edn("{:a 1 \"b\" 2}");
  ASSERT_TRUE(read);
  ASSERT_NE(value_of(read->front(), "a"), nullptr);
  EXPECT_EQ(*value_of(read->front(), "a"), word("1"));
  EXPECT_EQ(value_of(read->front(), "b"), nullptr);
}

TEST(Edn, AFormHasAText) {
  EXPECT_EQ(text_of(text("a b")), "a b");
  EXPECT_EQ(text_of(sequence({text("a b"), keyword("k"), word("1")})), "[\"a b\" :k 1]");
  EXPECT_EQ(text_of(map({keyword("k"), sequence({})})), "{:k []}");
}

}  // namespace
}  // namespace heddle::histories
