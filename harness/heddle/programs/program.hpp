// The neutral program (DESIGN §8): named objects, named processes and threads with a list of operations each,
// and what is expected of it. It is a plain value that says what is done and never how: people write it as
// text (docs/reference/program-text.md), generators make it, shrinkers delete from it, reports print it, and
// ports of multiprocessing are driven with it.
//
// A Program need not make sense: names may be missing, an operation may not exist. plan.hpp tells; only a
// plan can be run. parse.hpp and print.hpp are the two ends of the text form, and parse(print(p)) == p.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <heddle/programs/payload.hpp>

namespace heddle::programs {

/// Where something stands in the text it was read from; line 0: it was not read. For messages only and no
/// part of the value, so all places are equal.
struct Place {
  int line = 0;
  int column = 0;
  friend bool operator==(const Place&, const Place&) { return true; }
};

/// `x`, `x + 1` or `x + y`: what an earlier operation of the same script was bound to, or the name of an
/// object.
struct Reference {
  std::string name;
  std::int64_t addend = 0;
  std::string added = {};  // another result, added before the addend is; empty: none
  friend bool operator==(const Reference&, const Reference&) = default;
};

/// `counter.value >= 4`, `barrier.n_waiting == 2`: a predicate over what an attribute gives.
struct Comparison {
  enum class Relation : std::uint8_t { equal, unequal, less, at_most, more, at_least };
  std::string object;
  std::string attribute = "value";
  Relation relation = Relation::equal;
  Payload value;
  friend bool operator==(const Comparison&, const Comparison&) = default;
};

/// `trips.release`: an operation that somebody else is to call, without arguments.
struct Method {
  std::string object;
  std::string name;
  friend bool operator==(const Method&, const Method&) = default;
};

/// `[here, there]`: several objects or results. Never empty: `[]` is a payload.
struct NameList {
  std::vector<std::string> names;
  friend bool operator==(const NameList&, const NameList&) = default;
};

using Term = std::variant<Payload, Reference, Comparison, Method, NameList>;

struct Argument {
  std::string keyword = {};  // empty: positional
  Term term = {};
  Place place = {};
  friend bool operator==(const Argument&, const Argument&) = default;
};

/// One way in which an operation may come out.
struct Matcher {
  enum class Kind : std::uint8_t {
    ok,        // it returns
    equals,    // it returns terms[0]
    one_of,    // it returns one of the terms
    raises,    // it raises the exception, or one derived from it
    permutes,  // it returns a list of the items of the list terms[0], in any order
    begins,    // it returns a list, a text or bytes that begin with terms[0]
  };
  Kind kind = Kind::ok;
  std::vector<Term> terms = {};  // of raises: none, or what the exception carries
  std::string exception = {};
  Place place = {};
  friend bool operator==(const Matcher&, const Matcher&) = default;
};

/// What is expected of one operation. Without alternatives anything it returns is right, and what it raises
/// leaves the script as it does in Python.
struct Expectation {
  std::vector<Matcher> alternatives = {};  // one of these
  std::optional<double> seconds_min = {};  // it takes at least so long
  std::optional<double> seconds_max = {};  // and at most so long; judged in simulated time only
  friend bool operator==(const Expectation&, const Expectation&) = default;
};

enum class Form : std::uint8_t {
  call,         // target.name(arguments), or name(arguments) without a target
  read,         // target.name
  write,        // target.name = arguments[0]
  item_read,    // target[arguments[0]]; all four of items also of a member: target.name[arguments[0]]
  item_write,   // target[arguments[0]] = arguments[1]
  slice_read,   // target[arguments[0]:arguments[1]:arguments[2]]; None is the same as nothing
  slice_write,  // target[arguments[0]:arguments[1]:arguments[2]] = arguments[3]
  value,        // arguments[0] itself: x == 3, y = x + 1
  repeat,       // repeat arguments[0]: the block so many times
  iterate,      // for binding in iter(target.name, arguments[0]): the block until the call gives that value
  loop,         // while arguments[0]: the block as long as the comparison holds
  with,         // with target: the block between acquire and release
};

/// A call of something that makes an object gives the binding to that object, which is the script's own.
struct Operation {
  std::uint32_t uid = 0;  // within the program; kept when others are deleted
  Form form = Form::call;
  std::string binding = {};  // the result's name from here on; empty: it is not kept
  std::string target = {};
  std::string name = {};  // after the target; dots may stand in it: shm.unlink
  std::vector<Argument> arguments = {};
  Expectation expectation = {};
  std::vector<Operation> block = {};  // of the four forms below
  Place place = {};
  friend bool operator==(const Operation&, const Operation&) = default;
};

/// Does a block belong to operations of this form?
constexpr bool has_block(Form form) {
  return form == Form::repeat || form == Form::iterate || form == Form::loop || form == Form::with;
}

/// Is it about an item or a slice?
constexpr bool is_item(Form form) { return form >= Form::item_read && form <= Form::slice_write; }

/// `object tasks = Queue(2)`, `object a, b = Pipe()`, `object counts = manager.dict()`. Made by main, in
/// order, before its first operation.
struct ObjectDeclaration {
  std::vector<std::string> names = {};
  std::string made_by = {};  // the object that makes it; empty: nobody
  std::string maker = {};
  std::vector<Argument> arguments = {};
  Place place = {};
  friend bool operator==(const ObjectDeclaration&, const ObjectDeclaration&) = default;
};

/// `process worker(x=1):` hands it a value by that name.
struct ScriptParameter {
  std::string name = {};
  Payload value = {};
  Place place = {};
  friend bool operator==(const ScriptParameter&, const ScriptParameter&) = default;
};

/// What a process or a thread does. The script called main is the main process; the others run when somebody
/// starts them.
struct Script {
  enum class Runner : std::uint8_t { process, thread };
  Runner runner = Runner::process;
  std::string name = {};
  std::uint32_t copies = 1;  // more: an operation on the name is done to each of them in turn
  std::vector<ScriptParameter> parameters = {};
  std::optional<bool> daemon = {};
  std::vector<Operation> operations = {};
  Place place = {};
  friend bool operator==(const Script&, const Script&) = default;
};

struct RuleExpectation {
  std::string rule = {};
  bool with_harm = false;
  Place place = {};
  friend bool operator==(const RuleExpectation&, const RuleExpectation&) = default;
};

/// `tasks like queue(2)`: all calls on the object, in order, could have been made on a model of
/// docs/reference/linearizability.md.
struct HistoryExpectation {
  std::string object = {};
  std::string model = {};
  std::optional<std::int64_t> number = {};  // permits, a maxsize or a first value; absent: the model's own
  Place place = {};
  friend bool operator==(const HistoryExpectation&, const HistoryExpectation&) = default;
};

struct Program {
  std::string name = {};
  std::vector<RuleExpectation> findings = {};       // exactly these rules
  std::vector<std::vector<Payload>> outcomes = {};  // if given: executions record exactly these
  std::vector<HistoryExpectation> histories = {};
  std::vector<ObjectDeclaration> objects = {};
  std::vector<Script> scripts = {};
  friend bool operator==(const Program&, const Program&) = default;
};

}  // namespace heddle::programs
