// See the header.
#include <algorithm>

#include <heddle/programs/mentions.hpp>

namespace heddle::programs {
namespace {

struct Mentions {
  std::string_view name;

  bool operator()(const Payload&) const { return false; }
  bool operator()(const Reference& reference) const {
    return reference.name == name || reference.added == name;
  }
  bool operator()(const Comparison& comparison) const { return comparison.object == name; }
  bool operator()(const Method& method) const { return method.object == name; }
  bool operator()(const NameList& list) const {
    return std::ranges::find(list.names, name) != list.names.end();
  }
  bool operator()(const Argument& argument) const { return std::visit(*this, argument.term); }
  bool operator()(const Matcher& matcher) const {
    return std::ranges::any_of(matcher.terms, [&](const Term& each) { return std::visit(*this, each); });
  }
};

}  // namespace

bool mentions(const Operation& operation, std::string_view name) {
  const Mentions by_name{name};
  return operation.target == name || std::ranges::any_of(operation.arguments, by_name) ||
         std::ranges::any_of(operation.expectation.alternatives, by_name) ||
         std::ranges::any_of(operation.block, [&](const Operation& each) { return mentions(each, name); });
}

bool mentions(const ObjectDeclaration& declaration, std::string_view name) {
  return declaration.made_by == name || std::ranges::any_of(declaration.arguments, Mentions{name});
}

}  // namespace heddle::programs
