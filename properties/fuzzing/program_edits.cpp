// See the header. Operations are counted through all scripts and blocks, in the order of the text.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include <heddle/programs/plan.hpp>
#include <heddle/programs/reduction.hpp>
#include <properties/fuzzing/other_calls.hpp>
#include <properties/fuzzing/program_edits.hpp>

namespace heddle::properties {
namespace {

using programs::Argument;
using programs::Operation;
using programs::Payload;
using programs::Program;
using Operations = std::vector<Operation>;

struct Place {
  Operations* block = nullptr;
  std::ptrdiff_t index = 0;
  Operation& operation() const { return (*block)[static_cast<std::size_t>(index)]; }
  Operations::iterator at() const { return block->begin() + index; }
};

void gather(Operations& block, std::vector<Place>& places) {
  for (std::ptrdiff_t index = 0; index < std::ssize(block); ++index) {
    places.push_back({&block, index});
    gather(block[static_cast<std::size_t>(index)].block, places);
  }
}

std::vector<Place> places_of(Program& program) {
  std::vector<Place> places;
  for (programs::Script& script : program.scripts) gather(script.operations, places);
  return places;
}

void gather(std::vector<Argument>& arguments, std::vector<Payload*>& numbers) {
  for (Argument& argument : arguments)
    if (auto* const payload = std::get_if<Payload>(&argument.term)) numbers.push_back(payload);
}

/// What stands as a number somewhere, and may be another one.
std::vector<Payload*> numbers_of(Program& program) {
  std::vector<Payload*> numbers;
  for (programs::ObjectDeclaration& object : program.objects) gather(object.arguments, numbers);
  for (const Place& place : places_of(program)) gather(place.operation().arguments, numbers);
  return numbers;
}

void change(Payload& number, std::uint8_t amount) {
  constexpr std::array sizes{0, 1, 100, 4'096, 16'384, 65'536, 65'537, 200'000};
  if (auto* const integer = std::get_if<std::int64_t>(&number.kind))
    *integer = amount % 7 - 1;  // -1..5
  else if (auto* const seconds = std::get_if<double>(&number.kind))
    *seconds = amount % 20 * 0.05;
  else if (auto* const flag = std::get_if<bool>(&number.kind))
    *flag = !*flag;
  else if (auto* const sized = std::get_if<programs::Sized>(&number.kind))
    sized->bytes = sizes[amount % sizes.size()];
}

void insert_copy(Program& program, const Edit& edit) {
  const std::vector<Place> places = places_of(program);
  Operation copy = places[edit.other % places.size()].operation();
  const Place& place = places[edit.place % places.size()];
  place.block->insert(place.at(), std::move(copy));
}

void drop(Program& program, const Edit& edit) {
  const std::vector<Place> places = places_of(program);
  const Place& place = places[edit.place % places.size()];
  place.block->erase(place.at());
}

void swap_neighbours(Program& program, const Edit& edit) {
  const std::vector<Place> places = places_of(program);
  const Place& place = places[edit.place % places.size()];
  if (place.index + 1 < std::ssize(*place.block)) std::iter_swap(place.at(), place.at() + 1);
}

void change_number(Program& program, const Edit& edit) {
  const std::vector<Payload*> numbers = numbers_of(program);
  if (!numbers.empty()) change(*numbers[edit.place % numbers.size()], edit.amount);
}

void insert_other_call(Program& program, const Edit& edit) {
  std::optional<Operation> call = other_call(program, edit.other, edit.amount);
  if (!call) return;
  const std::vector<Place> places = places_of(program);
  const Place& place = places[edit.place % places.size()];
  place.block->insert(place.at(), *std::move(call));
}

/// A copy has the number of what it was copied from, and no two may have one.
void number_anew(Program& program) {
  std::uint32_t uid = 0;
  for (const Place& place : places_of(program)) place.operation().uid = ++uid;
}

using Change = void (*)(Program&, const Edit&);
constexpr std::array<Change, 5> changes{&insert_copy, &drop, &swap_neighbours, &change_number,
                                        &insert_other_call};

/// What is expected of any operation that is used in any way.
programs::Expectation returns_or_raises() {
  programs::Expectation expectation;
  expectation.alternatives.push_back({.kind = programs::Matcher::Kind::ok});
  expectation.alternatives.push_back({.kind = programs::Matcher::Kind::raises, .exception = "Exception"});
  return expectation;
}

Program without_promises(Program program) {
  program.findings.clear();
  program.outcomes.clear();
  program.histories.clear();
  for (const Place& place : places_of(program)) {
    Operation& operation = place.operation();
    operation.expectation = has_block(operation.form) ? programs::Expectation{} : returns_or_raises();
  }
  return programs::tidied(std::move(program));
}

}  // namespace

Program edited(Program program, std::span<const Edit> edits) {
  Program made = program;
  for (const Edit& edit : edits) {
    if (programs::operations_in(made) == 0) break;
    Program tried = made;
    changes[edit.kind % changes.size()](tried, edit);
    number_anew(tried);
    if (programs::plan(tried)) made = std::move(tried);
  }
  if (made == program) return program;
  return without_promises(std::move(made));
}

}  // namespace heddle::properties
