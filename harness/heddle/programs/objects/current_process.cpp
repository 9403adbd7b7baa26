// What a process knows of itself and of the one that started it.
#include <heddle/programs/objects/rows.hpp>
#include <mp/process/current_process.hpp>

namespace heddle::programs {
namespace {

mp::CurrentProcess& self(Call& call) { return call.handle<mp::CurrentProcess>(); }
mp::ParentProcess& parent(Call& call) { return call.handle<mp::ParentProcess>(); }

Payload name(Call& call) { return payload_of(self(call).name()); }
Payload pid(Call& call) { return payload_of(self(call).pid()); }
Payload daemon(Call& call) { return payload_of(self(call).daemon()); }
Payload is_alive(Call& call) { return payload_of(self(call).is_alive()); }
Payload exitcode(Call& call) {
  const std::optional<int> code = self(call).exitcode();
  return code ? payload_of(*code) : none();
}
Payload authkey(Call& call) { return payload_of_key(self(call).authkey()); }
Payload set_authkey(Call& call) {
  self(call).set_authkey(mp::AuthenticationKey(call.bytes(0)));
  return none();
}

Payload parent_name(Call& call) { return payload_of(parent(call).name()); }
Payload parent_pid(Call& call) { return payload_of(parent(call).pid()); }
Payload parent_is_alive(Call& call) { return payload_of(parent(call).is_alive(call.where)); }
Payload parent_join(Call& call) {
  parent(call).join(call.timeout(0), call.where);
  return none();
}

Objects make_current(Call&) { return {hold(mp::current_process())}; }
Objects make_parent(Call&) {
  std::optional<mp::ParentProcess> parent = mp::parent_process();
  return {parent ? hold(*std::move(parent)) : nullptr};
}

constexpr OperationRow of_current[] = {
    {"name", Form::read, {}, &name},         {"pid", Form::read, {}, &pid},
    {"ident", Form::read, {}, &pid},         {"daemon", Form::read, {}, &daemon},
    {"is_alive", Form::call, {}, &is_alive}, {"exitcode", Form::read, {}, &exitcode},
    {"authkey", Form::read, {}, &authkey},   {"authkey", Form::write, key_parameters, &set_authkey},
};
constexpr OperationRow of_parent[] = {
    {"name", Form::read, {}, &parent_name},
    {"pid", Form::read, {}, &parent_pid},
    {"ident", Form::read, {}, &parent_pid},
    {"is_alive", Form::call, {}, &parent_is_alive},
    {"join", Form::call, timeout_parameters, &parent_join},
};

}  // namespace

const KindRow current_process_kind{"current process", of_current, nullptr};
const KindRow parent_process_kind{"parent process", of_parent, nullptr};
const MakerRow current_process_maker{"current_process", "", {}, &current_process_kind, 1, &make_current};
const MakerRow parent_process_maker{"parent_process", "", {}, &parent_process_kind, 1, &make_parent};

}  // namespace heddle::programs
