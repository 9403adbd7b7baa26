// See the header. A line at a time: what begins it says what it is, its indentation says whose it is.
#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <sstream>

#include <heddle/programs/limits.hpp>
#include <heddle/programs/operation_parser.hpp>
#include <heddle/programs/parse.hpp>
#include <heddle/programs/term_parser.hpp>

namespace heddle::programs {
namespace {

struct Line {
  std::string_view text;
  int number = 0;
  std::size_t indentation = 0;
};

bool is_blank(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return first == std::string_view::npos || line[first] == '#';
}

std::vector<Line> lines_of(std::string_view text) {
  std::vector<Line> lines;
  for (int number = 1; !text.empty(); ++number) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (is_blank(line)) continue;
    lines.push_back({line, number, line.find_first_not_of(' ')});
  }
  return lines;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : lines_(lines_of(text)) {}

  Program read() {
    if (lines_.empty()) throw Malformed{{1, 1}, "an empty text", "a line 'program NAME'"};
    read_program_line();
    while (at_ < lines_.size()) read_declaration();
    return std::move(program_);
  }

 private:
  const Line& line() const { return lines_[at_]; }

  void read_program_line() {
    TermParser words = enter();
    if (!words.accept_name("program")) words.refuse("a line 'program NAME'");
    program_.name = joined_name(words, "program");
    words.expect_end();
    ++at_;
  }

  /// A name such as bounded-handover or queue/033: names and numbers joined by dashes, dots and slashes.
  static std::string joined_name(TermParser& words, std::string_view what) {
    const auto is_part = [&] {
      return words.peek().kind == Token::Kind::name || words.peek().kind == Token::Kind::integer;
    };
    std::string name;
    while (true) {
      if (!is_part()) words.refuse(fmt::format("the name of the {}", what));
      name += words.take().text;
      if (!words.is_sign("-") && !words.is_sign(".") && !words.is_sign("/")) return name;
      name += words.take().text;
    }
  }

  TermParser enter() {
    if (line().indentation > 0)
      throw Malformed{{line().number, static_cast<int>(line().indentation) + 1},
                      "an indented line",
                      "expect, object, process or thread at the beginning of the line",
                      "only what stands in a process, a thread or a repeat is indented"};
    return TermParser(line().text, line().number);
  }

  void read_declaration() {
    TermParser words = enter();
    if (words.accept_name("expect")) {
      read_expect(words);
      ++at_;
    } else if (words.accept_name("object")) {
      read_object(words);
      ++at_;
    } else if (words.is_name("process") || words.is_name("thread")) {
      read_script(words);
    } else {
      words.refuse("expect, object, process or thread");
    }
  }

  void read_expect(TermParser& words) {
    if (words.accept_name("findings")) {
      words.expect_sign(":");
      read_findings(words);
    } else if (words.accept_name("outcomes")) {
      words.expect_sign(":");
      do program_.outcomes.push_back(tuple(words));
      while (words.accept_sign(","));
    } else if (words.accept_name("history")) {
      words.expect_sign(":");
      do program_.histories.push_back(history(words));
      while (words.accept_sign(","));
    } else {
      words.refuse("'findings', 'outcomes' or 'history'");
    }
    words.expect_end();
  }

  void read_findings(TermParser& words) {
    if (words.accept_name("none")) return;
    do {
      RuleExpectation expected{.place = words.place()};
      expected.rule = joined_name(words, "rule");
      expected.with_harm = words.accept_name("with");
      if (expected.with_harm && !words.accept_name("harm")) words.refuse("'with harm'");
      program_.findings.push_back(std::move(expected));
    } while (words.accept_sign(","));
  }

  static HistoryExpectation history(TermParser& words) {
    HistoryExpectation expected{.place = words.place()};
    expected.object = words.own_name("the name of an object");
    if (!words.accept_name("like")) words.refuse("'like' and a model");
    expected.model = joined_name(words, "model");
    if (!words.accept_sign("(")) return expected;
    expected.number = words.natural(0, UINT32_MAX, "the model's number");
    words.expect_sign(")");
    return expected;
  }

  static std::vector<Payload> tuple(TermParser& words) {
    std::vector<Payload> values;
    words.expect_sign("(");
    while (!words.is_sign(")")) {
      values.push_back(words.literal());
      if (!words.accept_sign(",")) break;
    }
    words.expect_sign(")");
    return values;
  }

  void read_object(TermParser& words) {
    ObjectDeclaration object{.place = words.place()};
    do object.names.push_back(words.own_name("a name for the object"));
    while (words.accept_sign(","));
    words.expect_sign("=");
    object.maker = words.own_name("what makes it, such as Queue");
    if (words.accept_sign(".")) {
      object.made_by = std::move(object.maker);
      object.maker = words.own_name("what makes it, such as dict");
    }
    words.expect_sign("(");
    object.arguments = words.arguments();
    words.expect_end();
    program_.objects.push_back(std::move(object));
  }

  void read_script(TermParser& words) {
    Script script;
    script.runner = words.take().text == "process" ? Script::Runner::process : Script::Runner::thread;
    script.place = words.place();
    script.name = words.own_name("a name for it");
    if (words.accept_sign("*")) script.copies = words.natural(1, limits::copies_max, "a number of copies");
    if (words.accept_sign("(")) {
      do read_option(words, script);
      while (words.accept_sign(","));
      words.expect_sign(")");
    }
    words.expect_sign(":");
    words.expect_end();
    script.operations = read_block(0, 0);
    program_.scripts.push_back(std::move(script));
  }

  static void read_option(TermParser& words, Script& script) {
    if (words.is_name("daemon")) {
      if (script.daemon) words.refuse("daemon once only");
      words.take();
      words.expect_sign("=");
      script.daemon = words.is_name("True");
      if (!*script.daemon && !words.is_name("False")) words.refuse("True or False");
      words.take();
      return;
    }
    ScriptParameter parameter{.place = words.place()};
    parameter.name = words.own_name("daemon=True or a parameter with its value, such as x=1");
    words.expect_sign("=");
    parameter.value = words.literal();
    script.parameters.push_back(std::move(parameter));
  }

  /// The lines below this one that are indented further than it is.
  std::vector<Operation> read_block(std::size_t indentation, std::size_t depth) {
    ++at_;
    if (at_ == lines_.size() || line().indentation <= indentation) {
      const int number = at_ == lines_.size() ? lines_.back().number + 1 : line().number;
      throw Malformed{
          {number, 1}, "no indented line", "an operation, or 'pass', further in than the line above"};
    }
    const std::size_t within = line().indentation;
    std::vector<Operation> operations;
    while (at_ < lines_.size() && line().indentation > indentation) {
      TermParser words(line().text, line().number);
      if (line().indentation != within)
        throw Malformed{{line().number, static_cast<int>(line().indentation) + 1},
                        "another indentation",
                        fmt::format("{} spaces, as above", within)};
      if (words.is_name("pass") && words.peek(1).kind == Token::Kind::end)
        ++at_;
      else
        operations.push_back(read_operation(words, depth));
    }
    return operations;
  }

  Operation read_operation(TermParser& words, std::size_t depth) {
    Operation operation;
    if (words.accept_sign("@")) uid_ = words.natural(1, UINT32_MAX - 1, "the operation's uid") - 1;
    operation.uid = ++uid_;
    if (!uids_.insert(uid_).second) words.refuse("a uid that no other operation has");
    operation.place = words.place();
    if (begins_block(words)) {
      read_with_block(words, operation, depth);
      return operation;
    }
    if (words.peek().kind == Token::Kind::name && words.is_sign("=", 1)) {
      operation.binding = words.own_name("a name for the result");
      words.take();
    }
    read_what(words, operation);
    operation.expectation = words.expectation();
    words.expect_end();
    ++at_;
    return operation;
  }

  void read_with_block(TermParser& words, Operation& operation, std::size_t depth) {
    if (depth == limits::block_depth_max)
      throw Malformed{words.place(), "one block too many",
                      fmt::format("at most {} within each other", depth)};
    read_head(words, operation);
    operation.block = read_block(line().indentation, depth + 1);
  }

  std::vector<Line> lines_;
  std::size_t at_ = 0;
  Program program_;
  std::uint32_t uid_ = 0;  // of the operation before
  std::set<std::uint32_t> uids_;
};

}  // namespace

Expected<Program> parse(std::string_view text, std::string_view file) {
  try {
    return Parser(text).read();
  } catch (const Malformed& malformed) {
    return tl::unexpected(Error{
        .code = "program-malformed",
        .what = fmt::format("{}:{}:{}: found {}, expected {}", file, malformed.place.line,
                            malformed.place.column, malformed.found, malformed.expected),
        .hint = malformed.hint.empty() ? "docs/reference/program-text.md has the grammar" : malformed.hint});
  }
}

Expected<Program> parse_file(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::string text(limits::text_bytes_max + 1, '\0');
  stream.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(stream.gcount()));
  const bool is_too_large = text.size() > limits::text_bytes_max;
  if (!is_too_large && stream.eof() && !stream.bad()) return parse(text, file);
  return tl::unexpected(Error{.code = "program-unreadable",
                              .what = is_too_large ? fmt::format("{} is larger than a mebibyte", file)
                                                   : fmt::format("{} cannot be read", file),
                              .hint = "name a file that holds a program's text"});
}

}  // namespace heddle::programs
