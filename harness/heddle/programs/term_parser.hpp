// The parts of a line that are smaller than an operation: values, references, arguments, expectations. A
// cursor over the tokens of one line; every method takes what it reads and throws Malformed at what it
// cannot.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/lexer.hpp>

namespace heddle::programs {

class TermParser {
 public:
  TermParser(std::string_view line, int number) : tokens_(tokens_of(line, number)) {}

  const Token& peek(std::size_t ahead = 0) const;
  Token take();
  bool is_sign(std::string_view sign, std::size_t ahead = 0) const;
  bool is_name(std::string_view name, std::size_t ahead = 0) const;
  bool accept_sign(std::string_view sign);
  bool accept_name(std::string_view name);
  void expect_sign(std::string_view sign);
  void expect_end();
  Place place() const { return peek().place; }
  [[noreturn]] void refuse(std::string expected, std::string hint = {}) const;

  /// A name that the program chooses; words of the language are refused. `what`: "a name for the object".
  std::string own_name(std::string_view what);
  /// What stands after a dot, where a word of the language is a name like others.
  std::string member_name(std::string_view what);
  /// A natural number in min..max.
  std::uint32_t natural(std::uint32_t min, std::uint32_t max, std::string_view what);
  double seconds();
  Payload literal();
  Term term();
  /// What stands between ( and ); the ( has been taken.
  std::vector<Argument> arguments();
  Expectation expectation();

 private:
  Payload literal_within(int depth);
  Payload number(bool is_negative);
  Payload sized();
  Payload list(int depth);
  bool is_own_name(std::size_t ahead) const;
  Term reference();
  Term member();
  Term name_list();
  Matcher matcher();
  bool begins_matcher() const;

  std::vector<Token> tokens_;
  std::size_t at_ = 0;
};

}  // namespace heddle::programs
