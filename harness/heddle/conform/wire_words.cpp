// Messages as people read them, in the words of programs.
#include <fmt/format.h>

#include <heddle/conform/wire.hpp>
#include <heddle/programs/print.hpp>

namespace heddle::conform {
namespace {

struct TermWords {
  std::string operator()(const programs::Payload& payload) const { return literal(payload); }
  std::string operator()(const ObjectName& object) const { return object.name; }
  std::string operator()(const FunctionName& function) const { return function.name; }
  std::string operator()(const ExceptionName& exception) const { return exception.name; }
  std::string operator()(const programs::Method& method) const {
    return fmt::format("{}.{}", method.object, method.name);
  }
  std::string operator()(const programs::Comparison& comparison) const {
    return fmt::format("{}.{} ... {}", comparison.object, comparison.attribute, literal(comparison.value));
  }
  std::string operator()(const Several& several) const;
};

std::string words_of(const Term& term) {
  return std::visit(TermWords{}, static_cast<const Term::variant&>(term));
}

std::string TermWords::operator()(const Several& several) const {
  std::string text;
  for (const Term& term : several.terms) text += (text.empty() ? "" : ", ") + words_of(term);
  return "[" + text + "]";
}

}  // namespace

std::string words_of(const Call& call) {
  std::string arguments;
  for (const Argument& argument : call.arguments)
    arguments += fmt::format("{}{}{}{}", arguments.empty() ? "" : ", ", argument.keyword,
                             argument.keyword.empty() ? "" : "=", words_of(argument.term));
  const std::string member =
      call.operation.empty() ? call.object : (call.object.empty() ? "" : call.object + ".") + call.operation;
  switch (call.form) {
    case CallForm::make:
      return fmt::format("{} = {}({})", fmt::join(call.names, ", "), member, arguments);
    case CallForm::call:
      return fmt::format("{}({})", member, arguments);
    case CallForm::read:
      return member;
    case CallForm::write:
      return fmt::format("{} = {}", member, arguments);
    case CallForm::item_read:
    case CallForm::slice_read:
      return fmt::format("{}[{}]", member, arguments);
    case CallForm::item_write:
    case CallForm::slice_write:
      return fmt::format("{}[...] = {}", member, arguments);
    case CallForm::end:
      return fmt::format("end({})", arguments);
  }
  return "";
}

std::string words_of(const Returned& returned) {
  constexpr std::size_t shown_max = 120;
  if (const auto* const result = std::get_if<programs::Payload>(&returned.outcome)) {
    const std::string text = literal(*result);
    return text.size() > shown_max ? text.substr(0, shown_max) + "..." : text;
  }
  const auto& raised = std::get<Raised>(returned.outcome);
  return fmt::format("raises {}{}{}", raised.type, raised.words.empty() ? "" : ": ", raised.words);
}

}  // namespace heddle::conform
