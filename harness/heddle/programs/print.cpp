// See the header. A uid is written (@7) only where it is not the next number, so that a text people write has
// none, and one that operations were deleted from keeps those of the rest.
#include <fmt/format.h>

#include <heddle/programs/print.hpp>

namespace heddle::programs {
namespace {

/// Shortest text that reads back as the same number.
std::string seconds(double value) { return fmt::format("{}", value); }

std::string_view sign_of(Comparison::Relation relation) {
  switch (relation) {
    case Comparison::Relation::equal:
      return "==";
    case Comparison::Relation::unequal:
      return "!=";
    case Comparison::Relation::less:
      return "<";
    case Comparison::Relation::at_most:
      return "<=";
    case Comparison::Relation::more:
      return ">";
    case Comparison::Relation::at_least:
      return ">=";
  }
  return "";
}

struct TermText {
  std::string operator()(const Payload& payload) const { return literal(payload); }
  std::string operator()(const Reference& reference) const {
    const std::string sum = reference.name + (reference.added.empty() ? "" : " + " + reference.added);
    if (reference.addend == 0) return sum;
    // A number keeps its own minus: that of the smallest integer has no positive counterpart.
    if (reference.addend > 0) return fmt::format("{} + {}", sum, reference.addend);
    return fmt::format("{} - {}", sum, fmt::format("{}", reference.addend).substr(1));
  }
  std::string operator()(const Comparison& comparison) const {
    return fmt::format("{}.{} {} {}", comparison.object, comparison.attribute, sign_of(comparison.relation),
                       literal(comparison.value));
  }
  std::string operator()(const Method& method) const { return method.object + "." + method.name; }
  std::string operator()(const NameList& list) const {
    return fmt::format("[{}]", fmt::join(list.names, ", "));
  }
};

std::string text_of(const Term& term) { return std::visit(TermText{}, term); }

template <class Range, class Text>
std::string joined(const Range& range, Text&& text) {
  std::string out;
  for (const auto& each : range) out += (out.empty() ? "" : ", ") + text(each);
  return out;
}

std::string text_of(const std::vector<Argument>& arguments) {
  return joined(arguments, [](const Argument& argument) {
    return (argument.keyword.empty() ? "" : argument.keyword + "=") + text_of(argument.term);
  });
}

std::string text_of(const Matcher& matcher) {
  switch (matcher.kind) {
    case Matcher::Kind::ok:
      return "ok";
    case Matcher::Kind::equals:
      return "== " + text_of(matcher.terms.at(0));
    case Matcher::Kind::one_of:
      return "in {" + joined(matcher.terms, [](const Term& term) { return text_of(term); }) + "}";
    case Matcher::Kind::raises:
      return "raises " + matcher.exception +
             (matcher.terms.empty() ? "" : "(" + text_of(matcher.terms.at(0)) + ")");
    case Matcher::Kind::permutes:
      return "permutes " + text_of(matcher.terms.at(0));
    case Matcher::Kind::begins:
      return "begins " + text_of(matcher.terms.at(0));
  }
  return "";
}

std::string text_of(const Expectation& expectation) {
  std::string text;
  for (const Matcher& matcher : expectation.alternatives)
    text += (text.empty() ? " " : " | ") + text_of(matcher);
  if (expectation.seconds_min) text += " after " + seconds(*expectation.seconds_min);
  if (expectation.seconds_max) text += " within " + seconds(*expectation.seconds_max);
  return text;
}

/// `1:3` or `::2`: a bound that is None is not written, nor the colon before a step that is.
std::string slice_of(const Operation& operation) {
  const auto bound = [&](std::size_t i) {
    const Term& term = operation.arguments.at(i).term;
    return term == Term{none()} ? std::string() : text_of(term);
  };
  const std::string step = bound(2);
  return bound(0) + ":" + bound(1) + (step.empty() ? "" : ":" + step);
}

std::string what_of(const Operation& operation) {
  const auto term = [&](std::size_t i) { return text_of(operation.arguments.at(i).term); };
  const std::string holder =
      operation.name.empty() ? operation.target : operation.target + "." + operation.name;
  const std::string member =
      operation.target.empty() ? operation.name : operation.target + "." + operation.name;
  switch (operation.form) {
    case Form::call:
      return fmt::format("{}({})", member, text_of(operation.arguments));
    case Form::read:
      return member;
    case Form::write:
      return fmt::format("{} = {}", member, term(0));
    case Form::item_read:
      return fmt::format("{}[{}]", holder, term(0));
    case Form::item_write:
      return fmt::format("{}[{}] = {}", holder, term(0), term(1));
    case Form::slice_read:
      return fmt::format("{}[{}]", holder, slice_of(operation));
    case Form::slice_write:
      return fmt::format("{}[{}] = {}", holder, slice_of(operation), term(3));
    case Form::value:
      return term(0);
    case Form::repeat:
      return fmt::format("repeat {}:", term(0));
    case Form::iterate:
      return fmt::format("for {} in iter({}, {}):", operation.binding, member, term(0));
    case Form::loop:
      return fmt::format("while {}:", term(0));
    case Form::with:
      return fmt::format("with {}:", operation.target);
  }
  return "";
}

class Printer {
 public:
  std::string write(const Program& program) {
    text_ = fmt::format("program {}\n", program.name);
    write_expectations(program);
    for (const ObjectDeclaration& object : program.objects)
      text_ += fmt::format("object {} = {}{}({})\n", fmt::join(object.names, ", "),
                           object.made_by.empty() ? "" : object.made_by + ".", object.maker,
                           text_of(object.arguments));
    for (const Script& script : program.scripts) write(script);
    return std::move(text_);
  }

 private:
  void write_expectations(const Program& program) {
    const auto rule = [](const RuleExpectation& each) {
      return each.rule + (each.with_harm ? " with harm" : "");
    };
    text_ += fmt::format("expect findings: {}\n",
                         program.findings.empty() ? "none" : joined(program.findings, rule));
    for (const std::vector<Payload>& outcome : program.outcomes)
      text_ += fmt::format("expect outcomes: ({})\n", joined(outcome, &literal));
    for (const HistoryExpectation& each : program.histories)
      text_ += fmt::format("expect history: {} like {}{}\n", each.object, each.model,
                           each.number ? fmt::format("({})", *each.number) : "");
  }

  void write(const Script& script) {
    text_ += script.runner == Script::Runner::process ? "process " : "thread ";
    text_ += script.name;
    if (script.copies != 1) text_ += fmt::format(" * {}", script.copies);
    text_ += options_of(script);
    text_ += ":\n";
    write(script.operations, 2);
  }

  static std::string options_of(const Script& script) {
    std::vector<std::string> options;
    for (const ScriptParameter& each : script.parameters)
      options.push_back(each.name + "=" + literal(each.value));
    if (script.daemon) options.emplace_back(*script.daemon ? "daemon=True" : "daemon=False");
    return options.empty() ? "" : fmt::format("({})", fmt::join(options, ", "));
  }

  void write(const std::vector<Operation>& block, std::size_t indentation) {
    if (block.empty()) text_ += std::string(indentation, ' ') + "pass\n";
    for (const Operation& operation : block) {
      text_ += std::string(indentation, ' ');
      if (operation.uid != uid_ + 1) text_ += fmt::format("@{} ", operation.uid);
      uid_ = operation.uid;
      text_ += print(operation) + "\n";
      if (has_block(operation.form)) write(operation.block, indentation + 2);
    }
  }

  std::string text_;
  std::uint32_t uid_ = 0;  // of the operation before
};

}  // namespace

std::string print(const Program& program) { return Printer().write(program); }

std::string print(const Operation& operation) {
  const bool is_assigned = !operation.binding.empty() && operation.form != Form::iterate;
  return (is_assigned ? operation.binding + " = " : "") + what_of(operation) + text_of(operation.expectation);
}

}  // namespace heddle::programs
