// See the header.
#include <heddle/programs/limits.hpp>
#include <heddle/programs/operation_parser.hpp>

namespace heddle::programs {
namespace {

void add_term(TermParser& words, Operation& operation) {
  const Place place = words.place();
  operation.arguments.push_back({.term = words.term(), .place = place});
}

/// An item's position, or the three parts of a slice, of which those left out are None. Is it a slice?
bool read_subscript(TermParser& words, Operation& operation) {
  const auto add_bound = [&](bool is_there) {
    if (is_there && !words.is_sign(":") && !words.is_sign("]"))
      add_term(words, operation);
    else
      operation.arguments.push_back({.term = none(), .place = words.place()});
  };
  if (words.is_sign(":"))
    add_bound(false);
  else
    add_term(words, operation);
  if (!words.accept_sign(":")) return false;
  add_bound(true);
  add_bound(words.accept_sign(":"));
  return true;
}

/// Of an object or of its member, whose names have been taken.
void read_item(TermParser& words, Operation& operation) {
  words.expect_sign("[");
  const bool is_slice = read_subscript(words, operation);
  words.expect_sign("]");
  const bool is_write = words.accept_sign("=");
  if (is_slice)
    operation.form = is_write ? Form::slice_write : Form::slice_read;
  else
    operation.form = is_write ? Form::item_write : Form::item_read;
  if (is_write) add_term(words, operation);
}

void read_member(TermParser& words, Operation& operation) {
  operation.target = words.own_name("the name of an object");
  words.take();
  operation.name = words.member_name("an operation");
  while (words.accept_sign(".")) operation.name += "." + words.member_name("an operation");
  if (words.is_sign("[")) {
    read_item(words, operation);
  } else if (words.accept_sign("(")) {
    operation.arguments = words.arguments();
  } else if (words.accept_sign("=")) {
    operation.form = Form::write;
    add_term(words, operation);
  } else {
    operation.form = Form::read;
  }
}

void read_repeat(TermParser& words, Operation& operation) {
  operation.form = Form::repeat;
  const Place place = words.place();
  const std::uint32_t times = words.natural(0, limits::repeats_max, "how often");
  operation.arguments.push_back({.term = payload_of(std::int64_t{times}), .place = place});
}

void read_iterate(TermParser& words, Operation& operation) {
  operation.form = Form::iterate;
  operation.binding = words.own_name("a name for the result");
  if (!words.accept_name("in")) words.refuse("'in iter(x.get, None)'");
  if (!words.accept_name("iter")) words.refuse("'iter(x.get, None)'");
  words.expect_sign("(");
  operation.target = words.own_name("the name of an object");
  words.expect_sign(".");
  operation.name = words.member_name("an operation");
  words.expect_sign(",");
  add_term(words, operation);
  words.expect_sign(")");
}

void read_loop(TermParser& words, Operation& operation) {
  operation.form = Form::loop;
  add_term(words, operation);
}

void read_with(TermParser& words, Operation& operation) {
  operation.form = Form::with;
  operation.target = words.own_name("the name of an object");
}

}  // namespace

bool begins_block(const TermParser& words) {
  return words.is_name("repeat") || words.is_name("for") || words.is_name("while") || words.is_name("with");
}

void read_head(TermParser& words, Operation& operation) {
  const std::string kind = words.take().text;
  if (kind == "repeat")
    read_repeat(words, operation);
  else if (kind == "for")
    read_iterate(words, operation);
  else if (kind == "while")
    read_loop(words, operation);
  else
    read_with(words, operation);
  words.expect_sign(":");
  words.expect_end();
}

void read_what(TermParser& words, Operation& operation) {
  const bool is_name = words.peek().kind == Token::Kind::name;
  if (is_name && words.is_sign("(", 1) && !words.is_name("size") && !words.is_name("slow")) {
    operation.name = words.own_name("an operation");
    words.take();
    operation.arguments = words.arguments();
  } else if (is_name && words.is_sign(".", 1)) {
    read_member(words, operation);
  } else if (is_name && words.is_sign("[", 1)) {
    operation.target = words.own_name("the name of an object");
    read_item(words, operation);
  } else {
    operation.form = Form::value;
    add_term(words, operation);
  }
}

}  // namespace heddle::programs
