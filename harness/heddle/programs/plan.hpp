// A program whose names have all been looked up: what the interpreter runs. Making the plan is the check that
// a program makes sense, so there is no second one; whoever holds a plan need not check again. Only what a
// reference to an earlier result stands for is left to the run.
//
// A plan is made once, outside of executions, is not changed by them, and holds the program it is of.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/error.hpp>
#include <heddle/linearizability/models/registry.hpp>
#include <heddle/programs/objects/table.hpp>
#include <heddle/programs/program.hpp>
#include <mp/os/location.hpp>

namespace heddle::programs {

/// A term with what its name means: a payload, a comparison of an object's attribute, a result, an object, an
/// operation of one, several of them, or the name of an exception. What it is not is absent.
struct PlannedTerm {
  const Payload* payload = nullptr;
  const Comparison* comparison = nullptr;  // of `object`, read by `reader`
  std::optional<std::size_t> slot = {};    // a result of the same script
  std::int64_t addend = 0;                 // to what is in the slot
  std::optional<std::size_t> added = {};   // another slot, to be added as well
  std::optional<std::size_t> object = {};  // an index of Plan::kinds
  std::optional<std::size_t> own = {};     // an object too: an index of ScriptPlan::own
  const OperationRow* reader = nullptr;    // of a comparison
  const OperationRow* method = nullptr;    // of the object, for somebody to call
  const KindRow* travels_as = nullptr;     // the object is a payload itself
  const NameList* names = nullptr;         // of those in `list`
  std::vector<PlannedTerm> list = {};
  std::shared_ptr<const Payload> name = {};  // of an exception, as a text
};

enum class TargetKind : std::uint8_t { none, object, own, script, result };

struct Step {
  const Operation* operation = nullptr;
  const OperationRow* row = nullptr;      // null: a value, a repeat, a loop or a making
  const MakerRow* maker = nullptr;        // of a making
  const OperationRow* release = nullptr;  // of a with, whose row is acquire
  TargetKind target_kind = TargetKind::none;
  std::size_t target = 0;                                  // an index, by its kind; of a result a slot
  std::vector<std::optional<PlannedTerm>> arguments = {};  // in the order of the row's parameters
  std::vector<std::vector<PlannedTerm>> expected = {};     // of each alternative; of an iterate what ends it
  std::optional<std::size_t> binding = {};                 // the slot of the result
  std::optional<std::size_t> own = {};                     // or which of the script's own objects it makes
  mp::Location where = {};
  std::uint32_t times = 1;  // of a repeat
  std::vector<Step> block = {};
};

struct ObjectPlan {
  const ObjectDeclaration* declaration = nullptr;
  const MakerRow* row = nullptr;
  std::size_t first = 0;  // index of the first object it makes
  std::optional<std::size_t> made_by = {};
  std::optional<PlannedTerm> calls = {};  // the method among the arguments
  std::vector<std::optional<PlannedTerm>> arguments = {};
  mp::Location where = {};
};

struct ScriptPlan {
  const Script* script = nullptr;
  std::vector<Step> steps = {};
  std::size_t slots = 0;                   // the first ones are its parameters
  std::vector<const KindRow*> own = {};    // of each object that it makes for itself
  std::vector<std::size_t> mentions = {};  // the scripts it names
  std::vector<std::size_t> objects = {};   // that it and those it mentions name, and what those call
};

/// An object whose calls are held against a model.
struct HistoryPlan {
  const HistoryExpectation* expected = nullptr;
  const linearizability::ModelRow* model = nullptr;
  std::size_t object = 0;  // an index of Plan::kinds
  mp::Location where = {};
};

struct Plan {
  Program program;
  std::vector<ObjectPlan> objects = {};
  std::vector<const KindRow*> kinds = {};      // of each object
  std::vector<std::string> object_names = {};  // likewise
  std::vector<HistoryPlan> histories = {};     // as the program's
  std::vector<bool> are_told = {};             // of each object: it has one of these
  std::vector<ScriptPlan> scripts = {};        // as the program's
  std::size_t main = 0;
};

/// Errors program-malformed (something is wrong with a name, an operation, its arguments or a limit).
/// `file`: where it was read, for messages and for the places that findings name; absent for none.
Expected<std::shared_ptr<const Plan>> plan(Program program, std::string_view file = {});

/// The outcomes the program expects, as an exploration tells them.
std::vector<std::string> outcome_lines(const Program& program);

}  // namespace heddle::programs
