// See the header. What numbers may be is bounded here, so that no text can ask for more than a machine has.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <utility>

#include <heddle/programs/limits.hpp>
#include <heddle/programs/term_parser.hpp>

namespace heddle::programs {
namespace {

using Kind = Token::Kind;

constexpr std::array reserved = std::to_array<std::string_view>(
    {"None",  "True",  "False",  "size",    "slow",     "unserialisable", "undecodable", "repeat", "for",
     "while", "with",  "object", "process", "thread",   "program",        "expect",      "pass",   "raises",
     "ok",    "after", "within", "in",      "permutes", "begins"});

constexpr std::array relations = std::to_array<std::pair<std::string_view, Comparison::Relation>>(
    {{"==", Comparison::Relation::equal},
     {"!=", Comparison::Relation::unequal},
     {"<", Comparison::Relation::less},
     {"<=", Comparison::Relation::at_most},
     {">", Comparison::Relation::more},
     {">=", Comparison::Relation::at_least}});

template <class T>
bool read_number(const std::string& text, T& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

}  // namespace

const Token& TermParser::peek(std::size_t ahead) const {
  return tokens_[std::min(at_ + ahead, tokens_.size() - 1)];
}
Token TermParser::take() {
  const Token token = peek();
  if (at_ + 1 < tokens_.size()) ++at_;
  return token;
}
bool TermParser::is_sign(std::string_view sign, std::size_t ahead) const {
  return peek(ahead).kind == Kind::sign && peek(ahead).text == sign;
}
bool TermParser::is_name(std::string_view name, std::size_t ahead) const {
  return peek(ahead).kind == Kind::name && peek(ahead).text == name;
}
bool TermParser::accept_sign(std::string_view sign) { return is_sign(sign) && (take(), true); }
bool TermParser::accept_name(std::string_view name) { return is_name(name) && (take(), true); }
void TermParser::expect_sign(std::string_view sign) {
  if (!accept_sign(sign)) refuse(fmt::format("'{}'", sign));
}
void TermParser::expect_end() {
  if (peek().kind != Kind::end) refuse("the end of the line");
}
void TermParser::refuse(std::string expected, std::string hint) const {
  throw Malformed{place(), words_of(peek()), std::move(expected), std::move(hint)};
}

std::string TermParser::own_name(std::string_view what) {
  if (peek().kind != Kind::name) refuse(std::string(what));
  if (std::ranges::find(reserved, peek().text) != reserved.end())
    refuse(std::string(what), "this word belongs to the language");
  return take().text;
}

std::string TermParser::member_name(std::string_view what) {
  if (peek().kind != Kind::name) refuse(std::string(what));
  return take().text;
}

std::uint32_t TermParser::natural(std::uint32_t min, std::uint32_t max, std::string_view what) {
  std::uint32_t value = 0;
  if (peek().kind != Kind::integer || !read_number(peek().text, value) || value < min || value > max)
    refuse(fmt::format("{}, {} to {}", what, min, max));
  take();
  return value;
}

double TermParser::seconds() {
  double value = 0;
  const bool is_number = peek().kind == Kind::integer || peek().kind == Kind::real;
  if (!is_number || !read_number(peek().text, value) || value > limits::seconds_max)
    refuse(fmt::format("a number of seconds, 0 to {}", limits::seconds_max));
  take();
  return value;
}

Payload TermParser::literal() { return literal_within(0); }

Payload TermParser::literal_within(int depth) {
  if (accept_name("None")) return none();
  if (accept_name("True")) return payload_of(true);
  if (accept_name("False")) return payload_of(false);
  if (accept_name("unserialisable")) return {Unserialisable{}};
  if (accept_name("undecodable")) return {Undecodable{}};
  if (is_name("size") && is_sign("(", 1)) return sized();
  if (is_name("slow") && is_sign("(", 1)) {
    take(), take();
    const double duration = seconds();
    expect_sign(")");
    return {Slow{duration}};
  }
  if (accept_sign("[")) return list(depth + 1);
  if (peek().kind == Kind::text) return payload_of(take().text);
  if (peek().kind == Kind::bytes) {
    const std::string text = take().text;
    const auto* const first = reinterpret_cast<const std::byte*>(text.data());
    return payload_of(mp::Bytes(first, first + text.size()));
  }
  if (accept_sign("-")) return number(true);
  return number(false);
}

Payload TermParser::number(bool is_negative) {
  const std::string text = (is_negative ? "-" : "") + peek().text;
  if (peek().kind == Kind::integer) {
    std::int64_t value = 0;
    if (!read_number(text, value)) refuse("an integer of 64 bits");
    take();
    return payload_of(value);
  }
  double value = 0;
  if (peek().kind != Kind::real) refuse("a value");
  if (!read_number(text, value) || !std::isfinite(value)) refuse("a number that a double can hold");
  take();
  return {value};
}

Payload TermParser::sized() {
  take(), take();
  std::int64_t bytes = 0;
  if (peek().kind != Kind::integer || !read_number(peek().text, bytes) || bytes > limits::sized_max)
    refuse(fmt::format("a number of bytes, 0 to {}", limits::sized_max));
  take();
  expect_sign(")");
  return {Sized{bytes}};
}

Payload TermParser::list(int depth) {
  if (depth > limits::list_depth_max) refuse(fmt::format("lists at most {} deep", limits::list_depth_max));
  List items;
  while (!is_sign("]")) {
    items.items.push_back(literal_within(depth));
    if (!accept_sign(",")) break;
  }
  expect_sign("]");
  return {std::move(items)};
}

Term TermParser::term() {
  const bool is_literal_call = (is_name("size") || is_name("slow")) && is_sign("(", 1);
  if (is_own_name(0) && !is_literal_call) return is_sign(".", 1) ? member() : reference();
  if (is_sign("[") && is_own_name(1)) return name_list();
  return literal();
}

bool TermParser::is_own_name(std::size_t ahead) const {
  return peek(ahead).kind == Kind::name && std::ranges::find(reserved, peek(ahead).text) == reserved.end();
}

Term TermParser::name_list() {
  NameList list;
  take();
  while (!is_sign("]")) {
    list.names.push_back(own_name("the name of an object or a result"));
    if (!accept_sign(",")) break;
  }
  expect_sign("]");
  return list;
}

Term TermParser::reference() {
  Reference reference{.name = take().text};
  if (is_sign("+") && peek(1).kind == Kind::name) {
    take();
    reference.added = own_name("a number or a result");
  }
  const bool is_minus = is_sign("-");
  if (!is_minus && !is_sign("+")) return reference;
  take();
  const Payload addend = number(is_minus);
  if (!std::holds_alternative<std::int64_t>(addend.kind)) refuse("an integer");
  reference.addend = std::get<std::int64_t>(addend.kind);
  return reference;
}

/// An attribute with a relation is a predicate; without one it is an operation for somebody to call.
Term TermParser::member() {
  std::string object = take().text;
  take();
  std::string name = member_name("an attribute or an operation");
  const auto* const relation = std::ranges::find(relations, std::string_view(peek().text),
                                                 &std::pair<std::string_view, Comparison::Relation>::first);
  const bool is_compared = peek().kind == Kind::sign && relation != relations.end();
  if (!is_compared && name == "value") refuse("==, !=, <, <=, > or >=");
  if (!is_compared) return Method{std::move(object), std::move(name)};
  take();
  return Comparison{std::move(object), std::move(name), relation->second, literal()};
}

std::vector<Argument> TermParser::arguments() {
  std::vector<Argument> arguments;
  while (!is_sign(")")) {
    Argument argument{.place = place()};
    if (peek().kind == Kind::name && is_sign("=", 1)) {
      argument.keyword = take().text;
      take();
    }
    argument.term = term();
    arguments.push_back(std::move(argument));
    if (!accept_sign(",")) break;
  }
  expect_sign(")");
  return arguments;
}

bool TermParser::begins_matcher() const {
  constexpr std::array words = std::to_array<std::string_view>({"ok", "in", "raises", "permutes", "begins"});
  return is_sign("==") || std::ranges::any_of(words, [&](std::string_view word) { return is_name(word); });
}

Matcher TermParser::matcher() {
  Matcher matcher{.place = place()};
  if (accept_name("ok")) return matcher;
  if (accept_sign("==")) {
    matcher.kind = Matcher::Kind::equals;
    matcher.terms.push_back(term());
  } else if (accept_name("in")) {
    matcher.kind = Matcher::Kind::one_of;
    expect_sign("{");
    do matcher.terms.push_back(term());
    while (accept_sign(","));
    expect_sign("}");
  } else if (accept_name("raises")) {
    matcher.kind = Matcher::Kind::raises;
    matcher.place = place();
    matcher.exception = own_name("the name of an exception");
    if (accept_sign("(")) {
      matcher.terms.push_back(term());
      expect_sign(")");
    }
  } else if (is_name("permutes") || is_name("begins")) {
    matcher.kind = take().text == "permutes" ? Matcher::Kind::permutes : Matcher::Kind::begins;
    matcher.terms.push_back(term());
  } else {
    refuse("what the operation gives: ok, == VALUE, in {VALUES}, permutes LIST, begins VALUE or raises NAME");
  }
  return matcher;
}

Expectation TermParser::expectation() {
  Expectation expectation;
  if (begins_matcher()) {
    do expectation.alternatives.push_back(matcher());
    while (accept_sign("|"));
  }
  if (accept_name("after")) expectation.seconds_min = seconds();
  if (accept_name("within")) expectation.seconds_max = seconds();
  return expectation;
}

}  // namespace heddle::programs
