// See the header. Bytes above 127 may stand in texts and comments and nowhere else; control characters
// nowhere.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>

#include <heddle/programs/lexer.hpp>

namespace heddle::programs {
namespace {

constexpr std::array<std::string_view, 4> long_signs{"==", "!=", ">=", "<="};
constexpr std::string_view short_signs = "()[]{}.,:=<>|+-*@/";

bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }
bool begins_name(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') || letter == '_';
}
bool continues_name(char letter) { return begins_name(letter) || is_digit(letter); }

std::string words_of_letter(char letter) {
  const auto byte = static_cast<unsigned char>(letter);
  if (byte < 0x20 || byte > 0x7e) return fmt::format("the byte 0x{:02x}", byte);
  return fmt::format("'{}'", letter);
}

class Lexer {
 public:
  Lexer(std::string_view line, int number) : line_(line), number_(number) {}

  std::vector<Token> read() {
    while (true) {
      while (at_ < line_.size() && line_[at_] == ' ') ++at_;
      if (at_ == line_.size() || line_[at_] == '#') break;
      begin_ = at_;
      tokens_.push_back(next());
    }
    begin_ = at_;
    tokens_.push_back(make(Token::Kind::end, ""));
    return std::move(tokens_);
  }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < line_.size() ? line_[at_ + ahead] : '\0'; }
  Place place() const { return {.line = number_, .column = static_cast<int>(begin_) + 1}; }
  Token make(Token::Kind kind, std::string text) const {
    return {.kind = kind, .text = std::move(text), .place = place()};
  }

  Token next() {
    const char letter = peek();
    if (letter == 'b' && (peek(1) == '\'' || peek(1) == '"')) {
      ++at_;
      return make(Token::Kind::bytes, quoted());
    }
    if (letter == '\'' || letter == '"') return make(Token::Kind::text, quoted());
    if (begins_name(letter)) return name();
    if (is_digit(letter)) return number();
    return sign();
  }

  Token name() {
    while (continues_name(peek())) ++at_;
    return make(Token::Kind::name, std::string(line_.substr(begin_, at_ - begin_)));
  }

  Token number() {
    bool is_real = false;
    while (true) {
      const char letter = peek();
      const bool is_exponent = letter == 'e' || letter == 'E';
      if (is_exponent && (peek(1) == '-' || peek(1) == '+')) ++at_;
      if (!is_digit(letter) && !is_exponent && letter != '.') break;
      is_real = is_real || !is_digit(letter);
      ++at_;
    }
    return make(is_real ? Token::Kind::real : Token::Kind::integer,
                std::string(line_.substr(begin_, at_ - begin_)));
  }

  Token sign() {
    const std::string_view two = line_.substr(at_, 2);
    const bool is_long = std::ranges::find(long_signs, two) != long_signs.end();
    if (!is_long && short_signs.find(peek()) == std::string_view::npos)
      throw Malformed{place(), words_of_letter(peek()), "a name, a value or an operator"};
    at_ += is_long ? 2 : 1;
    return make(Token::Kind::sign, std::string(line_.substr(begin_, is_long ? 2 : 1)));
  }

  std::string quoted() {
    const char quote = line_[at_++];
    std::string text;
    while (at_ < line_.size() && line_[at_] != quote) text += line_[at_] == '\\' ? escape() : plain();
    if (at_ == line_.size())
      throw Malformed{place(), "a text that does not end", fmt::format("a closing {} on this line", quote)};
    ++at_;
    return text;
  }
  char plain() {
    const char letter = line_[at_++];
    if (static_cast<unsigned char>(letter) >= 0x20) return letter;
    throw Malformed{place(), words_of_letter(letter), "an escape such as \\x00 in its place"};
  }
  char escape() {
    const char letter = peek(1);
    at_ += 2;
    switch (letter) {
      case 'n':
        return '\n';
      case 't':
        return '\t';
      case '\\':
      case '\'':
      case '"':
        return letter;
      case 'x':
        if (const auto byte = hexadecimal()) return *byte;
        break;
    }
    throw Malformed{place(), "an unknown escape in a text",
                    "\\n, \\t, \\\\, \\', \\\" or \\x and two digits"};
  }
  std::optional<char> hexadecimal() {
    constexpr std::string_view digits = "0123456789abcdef";
    int byte = 0;
    for (int i = 0; i < 2; ++i) {
      const std::size_t digit = digits.find(static_cast<char>(peek() | 0x20));
      if (peek() == '\0' || digit == std::string_view::npos) return std::nullopt;
      byte = byte * 16 + static_cast<int>(digit);
      ++at_;
    }
    return static_cast<char>(byte);
  }

  std::string_view line_;
  int number_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;
  std::vector<Token> tokens_;
};

}  // namespace

std::vector<Token> tokens_of(std::string_view line, int number) { return Lexer(line, number).read(); }

std::string words_of(const Token& token) {
  if (token.kind == Token::Kind::end) return "the end of the line";
  constexpr std::size_t shown_max = 40;
  const std::string text = token.text.substr(0, shown_max) + (token.text.size() > shown_max ? "..." : "");
  if (token.kind == Token::Kind::text || token.kind == Token::Kind::bytes) return "the text '" + text + "'";
  return "'" + text + "'";
}

}  // namespace heddle::programs
