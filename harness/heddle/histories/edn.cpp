#include <fmt/format.h>

#include <heddle/histories/edn.hpp>

namespace heddle::histories {
namespace {

constexpr int depth_max = 64;  // of what is in what

bool is_blank(char letter) { return std::string_view(" \t\r,").find(letter) != std::string_view::npos; }
bool ends_word(char letter) {
  return is_blank(letter) || std::string_view("\"()[]{};").find(letter) != std::string_view::npos;
}

using Read = tl::expected<Form, EdnError>;

class Reader {
 public:
  explicit Reader(std::string_view line) : line_(line) {}

  tl::expected<std::vector<Form>, EdnError> all() {
    std::vector<Form> forms;
    for (skip_blanks(); !is_at_end(); skip_blanks()) {
      Read form = next();
      if (!form) return tl::unexpected(form.error());
      forms.push_back(*std::move(form));
    }
    return forms;
  }

 private:
  bool is_at_end() const { return at_ == line_.size() || line_[at_] == ';'; }
  void skip_blanks() {
    while (at_ < line_.size() && is_blank(line_[at_])) ++at_;
  }
  tl::unexpected<EdnError> fail(std::string expected) const {
    return tl::unexpected(EdnError{.column = at_ + 1, .expected = std::move(expected)});
  }

  Read next() {
    switch (line_[at_]) {
      case '"':
        return text();
      case '[':
        return items(Form::Kind::sequence, ']');
      case '(':
        return items(Form::Kind::sequence, ')');
      case '{':
        return items(Form::Kind::map, '}');
      case '#':
        if (line_.substr(at_, 2) == "#{") return ++at_, items(Form::Kind::sequence, '}');
        return fail("a value without a tag");
      case ')':
      case ']':
      case '}':
      case '\\':
        return fail("a value");
      case ':':
        ++at_;
        return word(Form::Kind::keyword);
      default:
        return word(Form::Kind::word);
    }
  }

  Read word(Form::Kind kind) {
    const std::size_t begin = at_;
    while (at_ < line_.size() && !ends_word(line_[at_])) ++at_;
    if (at_ == begin) return fail("a name");
    return Form{.kind = kind, .text = std::string(line_.substr(begin, at_ - begin))};
  }

  Read text() {
    Form form{.kind = Form::Kind::text};
    for (++at_; at_ < line_.size(); ++at_) {
      const char letter = line_[at_];
      if (letter == '"') return ++at_, form;
      if (letter != '\\') {
        form.text += letter;
        continue;
      }
      ++at_;
      constexpr std::string_view escapes = "nrt\"\\";
      const std::size_t escape = at_ < line_.size() ? escapes.find(line_[at_]) : std::string_view::npos;
      if (escape == std::string_view::npos) return fail(R"(one of \n \r \t \" \\)");
      form.text += "\n\r\t\"\\"[escape];
    }
    return fail("a closing \"");
  }

  Read items(Form::Kind kind, char closing) {
    if (++depth_ > depth_max) return fail(fmt::format("at most {} brackets in each other", depth_max));
    Form form{.kind = kind};
    ++at_;
    for (skip_blanks(); !is_at_end() && line_[at_] != closing; skip_blanks()) {
      Read item = next();
      if (!item) return item;
      form.items.push_back(*std::move(item));
    }
    if (is_at_end()) return fail(fmt::format("a closing {}", closing));
    if (kind == Form::Kind::map && form.items.size() % 2 == 1) return fail("a value for the last key");
    ++at_;
    --depth_;
    return form;
  }

  std::string_view line_;
  std::size_t at_ = 0;
  int depth_ = 0;
};

std::string written(const Form& form) {
  if (form.kind == Form::Kind::text) return fmt::format("\"{}\"", form.text);
  return text_of(form);
}

}  // namespace

const Form* value_of(const Form& map, std::string_view keyword) {
  for (std::size_t key = 0; key + 1 < map.items.size(); key += 2)
    if (map.items[key].kind == Form::Kind::keyword && map.items[key].text == keyword)
      return &map.items[key + 1];
  return nullptr;
}

std::string text_of(const Form& form) {
  switch (form.kind) {
    case Form::Kind::word:
    case Form::Kind::text:
      return form.text;
    case Form::Kind::keyword:
      return ":" + form.text;
    case Form::Kind::sequence:
    case Form::Kind::map:
      break;
  }
  std::string inside;
  for (const Form& item : form.items) inside += (inside.empty() ? "" : " ") + written(item);
  return form.kind == Form::Kind::map ? fmt::format("{{{}}}", inside) : fmt::format("[{}]", inside);
}

tl::expected<std::vector<Form>, EdnError> read_edn(std::string_view line) { return Reader(line).all(); }

}  // namespace heddle::histories
