// See the header.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <memory>

#include <adapters/heddle/player.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/judgement.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <heddle/programs/variables.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::adapter {
namespace {

using programs::Evaluated;
using programs::KindRow;
using programs::Object;
using programs::OperationRow;
using programs::Payload;

Casting cast;  // of the case at hand; set before main's process does anything

struct Thing {
  std::shared_ptr<Object> object;
  const KindRow* kind = nullptr;
};
using Things = std::map<std::string, Thing>;

/// Who calls what when it is used: a fork has a copy.
std::map<std::string, programs::Method> callbacks;

/// What the threads of one process share.
struct Scope : std::enable_shared_from_this<Scope> {
  Things things = {};
  Thing& find(const std::string& name);
};

/// Which process it is, and what it is handed.
struct Birth {
  std::string name;
  Things things = {};
};

}  // namespace
}  // namespace heddle::adapter

namespace mp {

template <>
struct codec<heddle::adapter::Birth> {
  static void encode(Encoder& encoder, const heddle::adapter::Birth& birth) {
    encoder.text(birth.name);
    encoder.array(birth.things.size());
    for (const auto& [name, thing] : birth.things) {
      encoder.text(name);
      encoder.shared(thing.kind, "a kind");
      thing.object->encode(encoder);
    }
  }
  static heddle::adapter::Birth decode(Decoder& decoder) {
    heddle::adapter::Birth birth{.name = decoder.text()};
    for (std::size_t left = decoder.array(); left > 0; --left) {
      heddle::adapter::Thing& thing = birth.things[decoder.text()];
      thing.kind = static_cast<const heddle::programs::KindRow*>(decoder.shared());
      thing.object = thing.kind->decode(decoder);
    }
    return birth;
  }
};

}  // namespace mp

namespace heddle::adapter {
namespace {

class Player {
 public:
  Player(std::shared_ptr<Scope> scope, const std::string& name)
      : scope_(std::move(scope)), name_(name), line_(cast.lines.at(name)) {}

  /// Until its script has ended; throws what the script ends with.
  void play() {
    std::string line;
    while (!line_.has_ended()) {
      while (line_.next(line)) {
        const conform::Call call = std::get<conform::Call>(*conform::order_in(line));
        if (call.form == conform::CallForm::end) return end(call);
        answer(call);
      }
      line_.read_once();
    }
  }

 private:
  static void end(const conform::Call& call) {
    if (call.arguments.empty()) return;
    const auto& name = std::get<conform::ExceptionName>(call.arguments[0].term).name;
    if (const auto* const row = programs::find_exception(name)) row->raise("nobody expected it");
    throw mp::Error(name);
  }

  void answer(const conform::Call& call) {
    conform::Returned returned{.seq = call.seq, .process = name_};
    const auto began = std::chrono::steady_clock::now();
    try {
      returned.outcome = call.form == conform::CallForm::make ? make(call) : perform(call);
    } catch (const std::exception& exception) {
      const programs::Outcome outcome = programs::raised(exception);
      returned.outcome = conform::Raised{.type = programs::name_of(exception),
                                         .bases = {outcome.exceptions.begin(), outcome.exceptions.end()},
                                         .words = exception.what(),
                                         .carries = outcome.carried};
    }
    returned.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    line_.write(conform::line_of(conform::Answer(returned)));
  }

  Thing& find(const std::string& name) {
    const auto own = own_.find(name);
    Thing& thing = own == own_.end() ? scope_->find(name) : own->second;
    if (thing.object == nullptr) throw mp::AttributeError("nothing is there to do this to");
    return thing;
  }

  Payload make(const conform::Call& call) {
    const std::string_view owner = call.object.empty() ? std::string_view() : find(call.object).kind->name;
    const programs::MakerRow* const row = programs::find_maker(call.operation, owner);
    if (row == nullptr) throw mp::AttributeError(call.operation);
    programs::Call made_by(call.object.empty() ? nullptr : find(call.object).object.get(),
                           evaluate(call, row->parameters), call.names, mp::Location::current());
    const auto made = row->make(made_by);
    for (std::size_t i = 0; i < made.size() && i < call.names.size(); ++i) {
      const bool is_declared =
          std::ranges::find(cast.begun.objects, call.names[i]) != cast.begun.objects.end();
      (is_declared ? scope_->things : own_)[call.names[i]] = {made[i], row->kind};
      for (const conform::Argument& argument : call.arguments)
        if (const auto* const method = std::get_if<programs::Method>(&argument.term)) {
          callbacks[call.names[i]] = *method;
          made[i]->callback = calling(*method);
        }
    }
    return made.at(0) == nullptr ? programs::none() : programs::payload_of(true);
  }

  Payload perform(const conform::Call& call) {
    Thing thing{.object = nullptr, .kind = &programs::functions()};
    if (!call.object.empty()) thing = find(call.object);
    const OperationRow& row = row_of(*thing.kind, call);
    programs::Call asked(thing.object.get(), evaluate(call, row.parameters), {}, mp::Location::current());
    Payload result = row.run(asked);
    if (const auto* const carried = std::get_if<programs::Carried>(&result.kind))
      own_[call.bind] = {carried->object, carried->kind};
    return call.object.empty() && call.operation == "wait" ? positions_in(result) : result;
  }

  static const OperationRow& row_of(const KindRow& kind, const conform::Call& call) {
    using programs::Form;
    constexpr std::array forms{Form::call,      Form::call,       Form::read,       Form::write,
                               Form::item_read, Form::item_write, Form::slice_read, Form::slice_write};
    for (const OperationRow& row : kind.operations)
      if (row.name == call.operation && row.form == forms[static_cast<std::size_t>(call.form)]) return row;
    throw mp::AttributeError(call.operation);
  }

  std::vector<Evaluated> evaluate(const conform::Call& call,
                                  std::span<const programs::Parameter> parameters) {
    std::vector<Evaluated> evaluated(parameters.size());
    for (std::size_t at = 0; at < call.arguments.size(); ++at) {
      const conform::Argument& argument = call.arguments[at];
      const auto named = std::ranges::find(parameters, argument.keyword, &programs::Parameter::name);
      const std::size_t i =
          argument.keyword.empty() ? at : static_cast<std::size_t>(named - parameters.begin());
      if (i >= parameters.size()) throw mp::TypeError("too many arguments");
      evaluated[i] = evaluate(argument.term, parameters[i].kind);
    }
    return evaluated;
  }

  Evaluated evaluate(const conform::Term& term, programs::ParameterKind kind) {
    if (const auto* const object = std::get_if<conform::ObjectName>(&term)) {
      Thing& thing = find(object->name);
      if (kind == programs::ParameterKind::message)
        return {.payload = Payload{programs::Carried{thing.object, thing.kind}}};
      return {.object = thing.object.get()};
    }
    if (const auto* const function = std::get_if<conform::FunctionName>(&term))
      return {.payload = programs::payload_of(function->name)};
    if (const auto* const method = std::get_if<programs::Method>(&term)) return {.method = calling(*method)};
    if (const auto* const comparison = std::get_if<programs::Comparison>(&term))
      return {.predicate = [this, comparison] { return programs::holds(*comparison, read(*comparison)); }};
    if (kind == programs::ParameterKind::objects) return {.named = named(term)};
    return {.payload = std::get<Payload>(term)};
  }

  std::function<void()> calling(const programs::Method& method) {
    const Thing thing = find(method.object);
    const OperationRow& row =
        row_of(*thing.kind, {.form = conform::CallForm::call, .operation = method.name});
    return [thing, &row] {
      programs::Call call(thing.object.get(), std::vector<Evaluated>(row.parameters.size()), {},
                          mp::Location::current());
      row.run(call);
    };
  }

  Payload read(const programs::Comparison& comparison) {
    return perform(
        {.form = conform::CallForm::read, .object = comparison.object, .operation = comparison.attribute});
  }

  /// Each is called as its position.
  std::vector<programs::Named> named(const conform::Term& term) {
    static constexpr std::array<std::string_view, 8> digits{"0", "1", "2", "3", "4", "5", "6", "7"};
    std::vector<programs::Named> named;
    const auto* const several = std::get_if<conform::Several>(&term);
    const auto* const values = std::get_if<Payload>(&term);
    const std::size_t count =
        several != nullptr ? several->terms.size() : std::get<programs::List>(values->kind).items.size();
    for (std::size_t i = 0; i < count; ++i) {
      const auto* const object =
          several == nullptr ? nullptr : std::get_if<conform::ObjectName>(&several->terms[i]);
      named.push_back({.name = digits.at(i)});
      if (object != nullptr)
        named[i].object = find(object->name).object.get();
      else
        named[i].payload = several != nullptr ? std::get<Payload>(several->terms[i])
                                              : std::get<programs::List>(values->kind).items[i];
    }
    return named;
  }

  static Payload positions_in(const Payload& names) {
    programs::List positions;
    for (const Payload& each : std::get<programs::List>(names.kind).items)
      positions.items.push_back(programs::payload_of(std::atoi(std::get<std::string>(each.kind).c_str())));
    return {std::move(positions)};
  }

  std::shared_ptr<Scope> scope_;
  std::string name_;
  Line line_;
  Things own_ = {};

 public:
  /// Objects of a process that was just born call what they are to call.
  void set_callbacks() {
    for (const auto& [name, method] : callbacks)
      if (const auto thing = scope_->things.find(name); thing != scope_->things.end())
        thing->second.object->callback = calling(method);
  }
};

void play_child(Birth& birth) {
  const auto scope = std::make_shared<Scope>();
  scope->things = std::move(birth.things);
  Player player(scope, birth.name);
  player.set_callbacks();
  player.play();
}

const conform::ScriptTold* script_of(const std::string& instance) {
  for (const conform::ScriptTold& script : cast.begun.scripts)
    for (const std::string& name : instances_of(script))
      if (name == instance) return &script;
  return nullptr;
}

// A Process or a Thread is made when it is first named, with the objects that there are by then.
Thing& Scope::find(const std::string& name) {
  const auto known = things.find(name);
  if (known != things.end()) return known->second;
  const conform::ScriptTold* const script = script_of(name);
  if (script == nullptr) throw mp::AttributeError(name + " is not there");
  if (script->kind == programs::Script::Runner::thread) {
    auto target = [scope = shared_from_this(), name] { Player(scope, name).play(); };
    mp::Thread thread(std::move(target), {.name = name, .daemon = script->daemon});
    return things[name] = {std::make_shared<programs::Held<mp::Thread>>(std::move(thread)),
                           &programs::thread_kind()};
  }
  Birth birth{.name = name};
  for (const std::string& object : script->objects)
    if (const auto thing = things.find(object); thing != things.end()) birth.things.insert(*thing);
  mp::Process process(mp::fn<&play_child>, mp::args(birth), {.name = name, .daemon = script->daemon});
  return things[name] = {std::make_shared<programs::Held<mp::Process>>(std::move(process)),
                         &programs::process_kind()};
}

}  // namespace

std::vector<std::string> instances_of(const conform::ScriptTold& script) {
  if (script.copies == 1) return {script.name};
  std::vector<std::string> names;
  for (std::uint32_t i = 1; i <= script.copies; ++i) names.push_back(fmt::format("{}-{}", script.name, i));
  return names;
}

std::vector<std::string> capabilities() {
  std::vector<std::string> all{"process",         "thread", "Process",        "Thread",     "wait",
                               "active_children", "slow",   "unserialisable", "undecodable"};
  for (const programs::MakerRow* const row : programs::makers())
    if (row->made_by.empty()) all.emplace_back(row->name);
  return all;
}

void play_main(Casting casting) {
  cast = std::move(casting);
  int code = 0;
  try {
    Player(std::make_shared<Scope>(), "main").play();
  } catch (const mp::SystemExit& end) {
    code = end.status & 0xff;
  } catch (const std::exception& exception) {
    fmt::print(stderr, "main: {}\n", exception.what());
    code = 1;
  }
  std::exit(code);  // runs the exit sequence
}

}  // namespace heddle::adapter
