// What can be done to the processes and threads that a program names. Who makes them is the interpreter.
#include <heddle/programs/objects/rows.hpp>
#include <mp/process/process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::programs {
namespace {

template <class T>
Payload start(Call& call) {
  call.handle<T>().start(call.where);
  return none();
}
template <class T>
Payload join(Call& call) {
  call.handle<T>().join(call.timeout(0), call.where);
  return none();
}
template <class T>
Payload is_alive(Call& call) {
  return payload_of(call.handle<T>().is_alive(call.where));
}
template <class T>
Payload daemon(Call& call) {
  return payload_of(call.handle<T>().daemon());
}
template <class T>
Payload name(Call& call) {
  return payload_of(call.handle<T>().name());
}
Payload set_daemon(Call& call) {
  call.handle<mp::Process>().set_daemon(call.flag(0, true), call.where);
  return none();
}
Payload terminate(Call& call) {
  call.handle<mp::Process>().terminate(call.where);
  return none();
}
Payload kill(Call& call) {
  call.handle<mp::Process>().kill(call.where);
  return none();
}
Payload stop(Call& call) {
  call.handle<mp::Process>().stop(call.where);
  return none();
}
Payload resume(Call& call) {
  call.handle<mp::Process>().resume(call.where);
  return none();
}
Payload sentinel(Call& call) { return payload_of(call.handle<mp::Process>().sentinel()); }
Payload close(Call& call) {
  call.handle<mp::Process>().close(call.where);
  return none();
}
Payload pid(Call& call) {
  const std::optional<mp::ProcessId> pid = call.handle<mp::Process>().pid();
  return pid ? payload_of(*pid) : none();
}
Payload authkey(Call& call) { return payload_of_key(call.handle<mp::Process>().authkey()); }
Payload set_authkey(Call& call) {
  call.handle<mp::Process>().set_authkey(mp::AuthenticationKey(call.bytes(0)));
  return none();
}
Payload exitcode(Call& call) {
  const std::optional<int> code = call.handle<mp::Process>().exitcode(call.where);
  return code ? payload_of(*code) : none();
}

constexpr Parameter flag[] = {{"value", ParameterKind::flag}};

constexpr OperationRow of_processes[] = {
    {"start", Form::call, {}, &start<mp::Process>},
    {"join", Form::call, timeout_parameters, &join<mp::Process>},
    {"is_alive", Form::call, {}, &is_alive<mp::Process>},
    {"exitcode", Form::read, {}, &exitcode},
    {"terminate", Form::call, {}, &terminate},
    {"kill", Form::call, {}, &kill},
    {"stop", Form::call, {}, &stop},
    {"resume", Form::call, {}, &resume},
    {"close", Form::call, {}, &close},
    {"sentinel", Form::read, {}, &sentinel},
    {"name", Form::read, {}, &name<mp::Process>},
    {"daemon", Form::read, {}, &daemon<mp::Process>},
    {"daemon", Form::write, flag, &set_daemon},
    {"pid", Form::read, {}, &pid},
    {"ident", Form::read, {}, &pid},
    {"authkey", Form::read, {}, &authkey},
    {"authkey", Form::write, key_parameters, &set_authkey},
};
constexpr OperationRow of_threads[] = {
    {"start", Form::call, {}, &start<mp::Thread>},
    {"join", Form::call, timeout_parameters, &join<mp::Thread>},
    {"is_alive", Form::call, {}, &is_alive<mp::Thread>},
    {"name", Form::read, {}, &name<mp::Thread>},
    {"daemon", Form::read, {}, &daemon<mp::Thread>},
};

}  // namespace

const KindRow process_rows{"process", of_processes, nullptr};
const KindRow thread_rows{"thread", of_threads, nullptr};

}  // namespace heddle::programs
