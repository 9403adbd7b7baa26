// See the header.
#include <limits>
#include <utility>

#include <heddle/conform/remote_performer.hpp>
#include <heddle/conform/stage.hpp>
#include <heddle/core/arena.hpp>
#include <heddle/core/session.hpp>
#include <heddle/programs/exceptions.hpp>
#include <heddle/programs/runner.hpp>
#include <heddle/programs/telling.hpp>
#include <mp/os/os.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/thread.hpp>

namespace heddle::conform {
namespace {

using programs::Script;

/// All that a process has are names.
struct RemoteScope final : programs::Scope {
  explicit RemoteScope(const programs::Plan& of) : Scope(of, programs::Time::real) {
    for (const std::string& name : of.object_names) objects.push_back(std::make_shared<RemoteObject>(name));
  }

 private:
  std::shared_ptr<programs::Object> make(std::size_t, const std::string& name, mp::Location) override {
    return std::make_shared<RemoteObject>(name);
  }
};

std::vector<programs::Payload> arguments_of(const Script& script) {
  std::vector<programs::Payload> arguments;
  for (const programs::ScriptParameter& parameter : script.parameters) arguments.push_back(parameter.value);
  return arguments;
}

}  // namespace

template <class IsThere>
void Stage::await(const std::string& process, const IsThere& is_there) {
  mp::Word& bell = bells_[process];
  while (true) {
    mp::os().store(bell, 0);
    Heard heard{};
    {
      const HostAllocation host;
      if (is_there()) return;
      heard = conversation_.listen();
    }
    if (heard == Heard::trouble) give_up();
    announce_turn();
    if (heard == Heard::something)
      pass_on_news();
    else
      static_cast<void>(mp::os().word_wait(bell, 0, mp::never));
  }
}

// Memory of the host's is held over no call of the Os: an execution may end there.
mp::Word* Stage::next_bell() {
  const HostAllocation host;
  while (const std::optional<std::string> name = conversation_.next_news())
    if (const auto bell = bells_.find(*name); bell != bells_.end()) return &bell->second;
  return nullptr;
}

void Stage::pass_on_news() {
  while (mp::Word* const bell = next_bell()) {
    mp::os().store(*bell, 1);
    mp::os().word_wake(*bell, 1);
  }
}

// The execution ends when this task next enters the Os.
void Stage::give_up() {
  if (Session* const here = session()) here->fail(conversation_.why(), {});
  while (true) mp::os().sleep_until(mp::never);
}

void Stage::await_turn(const std::string& process) {
  while (!turns_.is_turn_of(process))
    static_cast<void>(mp::os().word_wait(turn_, mp::os().load(turn_), mp::never));
}

void Stage::leave_order() {
  turns_.leave();
  announce_turn();
}

// Without an order nothing of this is a step of the simulated world.
void Stage::announce_turn() {
  if (!turns_.were_given()) return;
  mp::os().store(turn_, mp::os().load(turn_) + 1);
  mp::os().word_wake(turn_, std::numeric_limits<int>::max());
}

Returned Stage::ask(const Call& call, int line, std::optional<double> patience) {
  await_turn(call.process);
  std::uint64_t seq = 0;
  {
    const HostAllocation host;
    seq = conversation_.call(call, line, patience);
  }
  turns_.pass();  // announced once the adapter has been listened to: nobody issues a call before that
  await(call.process,
        [&] { return conversation_.returned(seq) != nullptr || conversation_.has_exited(call.process); });
  const Returned* const returned = conversation_.returned(seq);
  if (returned == nullptr) throw Gone{};
  return *returned;
}

void Stage::tell(const Call& call, int line) {
  await_turn(call.process);
  {
    const HostAllocation host;
    conversation_.call(call, line);
  }
  turns_.pass();
  announce_turn();
}

void Stage::begin(std::size_t script, const std::string& instance,
                  const std::shared_ptr<programs::Scope>& starter) {
  if (!bells_.try_emplace(instance).second) return;
  const bool is_thread = plan_.scripts[script].script->runner == Script::Runner::thread;
  auto scope = is_thread ? starter : std::make_shared<RemoteScope>(plan_);
  mp::Thread task([stage = shared_from_this(), script, instance,
                   scope = std::move(scope)] { stage->play(script, instance, scope); },
                  {.name = instance, .daemon = true});
  task.start();
}

// How a script is left is what the process is told last.
void Stage::play(std::size_t script, const std::string& instance,
                 const std::shared_ptr<programs::Scope>& scope) {
  RemotePerformer performer(*this, instance, scope);
  Call last{.process = instance, .form = CallForm::end, .operation = "end"};
  try {
    if (script == plan_.main) performer.make_objects();
    programs::Runner(*scope, performer, script, arguments_of(*plan_.scripts[script].script)).run();
  } catch (const Gone&) {
    return;
  } catch (const mp::SystemExit&) {
    last.form = CallForm::call;
    last.operation = "exit";
    last.arguments = performer.exit_arguments();
  } catch (const std::exception& exception) {
    // What follows in the script is never judged.
    if (!performer.raised().empty())
      if (Session* const here = session()) here->fail(performer.raised() + ", which nothing expects", {});
    last.arguments.push_back({.term = ExceptionName{programs::name_of(exception)}});
  }
  tell(last, 0);
}

void Stage::keep_time() {
  while (true) {
    mp::os().sleep_until(mp::os().now() + std::chrono::seconds(1));
    Heard heard{};
    {
      const HostAllocation host;
      heard = conversation_.wait(turns_.are_over() ? AtRest::is_trouble : AtRest::is_quiet);
    }
    if (heard == Heard::trouble) give_up();
    if (heard == Heard::quiet) leave_order();
    pass_on_news();
  }
}

void Stage::play_main() {
  specify_histories(plan_);
  mp::Thread clock([stage = shared_from_this()] { stage->keep_time(); }, {.name = "clock", .daemon = true});
  clock.start();
  const std::string main = "main";
  bells_.try_emplace(main);
  play(plan_.main, main, std::make_shared<RemoteScope>(plan_));
  await(main, [&] { return conversation_.has_exited(main); });
}

// Tasks that are still there when main ends hold the stage.
void play(const programs::Plan& plan, Conversation& conversation, Turns& turns) {
  std::make_shared<Stage>(plan, conversation, turns)->play_main();
}

}  // namespace heddle::conform
