// heddle's adapter for its own primitives: how a port in C++ that has processes and threads of its own is put
// to the test. The supervisor is the kit's (adapters/kit/); what a call does is told by the rows by which
// heddle's own programs are run (harness/heddle/programs/objects/).
//
// A player is one process or thread of a case: it reads a call, makes it on what it knows by that name, and
// answers. A child is handed what its script names, as messages are: encoded and decoded.
#include <unistd.h>

#include <adapters/kit/lines.hpp>
#include <adapters/kit/supervisor.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <memory>

#include <heddle/conform/performed.hpp>
#include <heddle/core/version.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/judgement.hpp>
#include <heddle/programs/objects/registry.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::adapter {
namespace {

using programs::Carried;
using Things = std::map<std::string, conform::Handed>;  // by name

/// Of the case at hand: set before main does anything, and inherited by all.
std::unique_ptr<adapter_kit::Cast> cast;
std::vector<std::string> declared;

/// Who calls what when it is used: a fork has a copy.
std::map<std::string, programs::Method> callbacks;

/// What the threads of one process share.
struct Scope : std::enable_shared_from_this<Scope> {
  Things things = {};
  const Carried& find(const std::string& name);
};

class Player {
 public:
  Player(std::shared_ptr<Scope> scope, const std::string& name)
      : scope_(std::move(scope)), name_(name), lines_(cast->end_of(name)) {}

  /// Until its script has ended; throws what the script ends with.
  void play() {
    while (const auto lines = lines_.read())
      for (const std::string& line : *lines) {
        const conform::Call call = std::get<conform::Call>(*conform::order_in(line));
        if (call.form == conform::CallForm::end) return end(call);
        adapter_kit::write_line(lines_.descriptor, conform::line_of(conform::Answer(answer_to(call))));
      }
  }

  /// Objects of a process that was just born call what they are to call.
  void set_callbacks() {
    for (const auto& [name, method] : callbacks)
      if (const auto thing = scope_->things.find(name); thing != scope_->things.end())
        thing->second.object->callback = conform::calling(method, find_);
  }

 private:
  static void end(const conform::Call& call) {
    if (call.arguments.empty()) return;
    const auto& name = std::get<conform::ExceptionName>(call.arguments[0].term).name;
    if (const auto* const row = programs::find_exception(name)) row->raise("nobody expected it");
    throw mp::Error(name);
  }

  conform::Returned answer_to(const conform::Call& call) {
    conform::Returned returned{.seq = call.seq, .process = name_};
    const auto began = std::chrono::steady_clock::now();
    try {
      returned.outcome = call.form == conform::CallForm::make ? make(call) : perform(call);
    } catch (const std::exception& exception) {
      programs::Outcome outcome = programs::raised(exception);
      const std::string type = programs::name_of(exception);
      std::erase(outcome.exceptions, type);
      returned.outcome = conform::Raised{.type = type,
                                         .bases = {outcome.exceptions.begin(), outcome.exceptions.end()},
                                         .words = exception.what(),
                                         .carries = outcome.carried};
    }
    returned.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
    return returned;
  }

  programs::Payload make(const conform::Call& call) {
    const conform::Made made = conform::made(call, find_);
    for (std::size_t i = 0; i < made.objects.size() && i < call.names.size(); ++i) {
      const bool is_declared = std::ranges::find(declared, call.names[i]) != declared.end();
      (is_declared ? scope_->things : own_)[call.names[i]] = {{made.objects[i], made.kind}};
      for (const conform::Argument& argument : call.arguments)
        if (const auto* const method = std::get_if<programs::Method>(&argument.term)) {
          callbacks[call.names[i]] = *method;
          made.objects[i]->callback = conform::calling(*method, find_);
        }
    }
    return made.objects.at(0) == nullptr ? programs::none() : programs::payload_of(true);
  }

  programs::Payload perform(const conform::Call& call) {
    const auto make_it = [&] { return conform::performed(call, find_); };
    const bool is_birth = call.operation == "start" && cast->is_process(call.object);
    programs::Payload result = is_birth ? cast->start(call.object, make_it) : make_it();
    const auto* const carried = std::get_if<Carried>(&result.kind);
    if (carried == nullptr) return result;
    own_[call.bind] = {*carried};
    return {Carried{std::make_shared<conform::RemoteObject>(call.bind), carried->kind}};
  }

  std::shared_ptr<Scope> scope_;
  std::string name_;
  adapter_kit::Lines lines_;
  Things own_ = {};
  conform::Find find_ = [this](const std::string& name) {
    const auto own = own_.find(name);
    const Carried thing = own == own_.end() ? scope_->find(name) : own->second;
    if (thing.object == nullptr) throw mp::AttributeError("nothing is there to do this to");
    return thing;
  };
};

void play_child(const std::string& name, Things& handed) {
  const auto scope = std::make_shared<Scope>();
  scope->things = std::move(handed);
  Player player(scope, name);
  player.set_callbacks();
  player.play();
}

mp::Thread thread_of(const std::shared_ptr<Scope>& scope, const std::string& name,
                     std::optional<bool> daemon) {
  auto target = [scope, name] {
    struct Ending {
      const std::string& of;
      ~Ending() { cast->close_end(of); }
    } const ending{name};
    Player(scope, name).play();
  };
  return mp::Thread(std::move(target), {.name = name, .daemon = daemon});
}

// A Process or a Thread is made when it is first named, with the objects that there are by then.
const Carried& Scope::find(const std::string& name) {
  const auto known = things.find(name);
  if (known != things.end()) return known->second;
  const adapter_kit::Json& script = cast->script_of(name);
  if (script.is_null()) throw mp::AttributeError(name + " is not there");
  const adapter_kit::Json told = script.value("daemon", adapter_kit::Json());
  const auto daemon = told.is_null() ? std::nullopt : std::optional<bool>(told.get<bool>());
  if (script["kind"] == "thread") {
    auto thread = std::make_shared<programs::Held<mp::Thread>>(thread_of(shared_from_this(), name, daemon));
    return things[name] = {{std::move(thread), &programs::thread_kind()}};
  }
  Things handed;
  for (const std::string object : script["objects"])
    if (const auto thing = things.find(object); thing != things.end()) handed.insert(*thing);
  mp::Process process(mp::fn<&play_child>, mp::args(name, handed), {.name = name, .daemon = daemon});
  return things[name] = {
             {std::make_shared<programs::Held<mp::Process>>(std::move(process)), &programs::process_kind()}};
}

void play_main(const adapter_kit::Json& message, adapter_kit::Cast of_case) {
  cast = std::make_unique<adapter_kit::Cast>(std::move(of_case));
  cast->take_the_stage();
  message["program"]["objects"].get_to(declared);
  int code = 0;
  try {
    Player(std::make_shared<Scope>(), "main").play();
  } catch (const mp::SystemExit& end) {
    code = end.status & 0xff;
  } catch (const std::exception& exception) {
    std::fprintf(stderr, "main: %s\n", exception.what());
    code = 1;
  }
  std::exit(code);  // runs the exit sequence
}

adapter_kit::Json hello() {
  std::vector<std::string> capabilities = conform::capabilities_of_rows();
  for (const char* each : {"process", "thread", "Process", "Thread"}) capabilities.emplace_back(each);
  return {{"implementation", "heddle"},
          {"version", version},
          {"language", "C++"},
          {"issues_url", ""},
          {"capabilities", capabilities}};
}

}  // namespace
}  // namespace heddle::adapter

int main() {
  return adapter_kit::serve({.hello = heddle::adapter::hello(), .play_main = &heddle::adapter::play_main});
}
