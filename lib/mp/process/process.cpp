// The birth of a process: what its creator sends, and what the child does with it. A payload is the child's
// identity followed by the encoded arguments.
#include <mp/process/process.hpp>

#include <mp/os/operation.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/records.hpp>
#include <mp/process/rejection.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

namespace {

/// "1:2" for the second process made by the first child of a main process (PROC-13).
std::string next_path(Os& os) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  const std::string ordinal = std::to_string(++state.processes_made);
  return state.identity == nullptr ? ordinal : state.identity->path + ":" + ordinal;
}

Bytes make_payload(const ProcessRecord& record, const Bytes& arguments) {
  Encoder encoder(Crossing::birth);
  encoder.text(record.name);
  encoder.text(record.path);
  encoder.text(current_process().name());
  encoder.integer(static_cast<std::int64_t>(record.creator));
  encoder.natural(static_cast<std::uint64_t>(record.object));
  encoder.boolean(record.daemon);
  Bytes payload = encoder.take();
  payload.insert(payload.end(), arguments.begin(), arguments.end());
  return payload;
}

/// Makes the calling process the one that the payload's first part describes.
const Identity& adopt_identity(Os& os, Decoder& decoder) {
  auto* const identity = new Identity;
  identity->name = decoder.text();
  identity->path = decoder.text();
  identity->parent_name = decoder.text();
  identity->parent = static_cast<ProcessId>(decoder.integer());
  identity->object = static_cast<ObjectId>(decoder.natural());
  identity->daemon = decoder.boolean();
  process_state(os).identity = identity;
  return *identity;
}

}  // namespace

Process::Process(Entry entry, Bytes arguments, const ProcessOptions& options, Location where)
    : ProcessHandle(std::make_shared<ProcessRecord>()), entry_(entry), arguments_(std::move(arguments)) {
  Os& here = os();
  record_->path = next_path(here);
  record_->name = options.name.empty() ? "Process-" + record_->path : std::string(options.name);
  record_->daemon = options.daemon.value_or(current_process().daemon());
  record_->role = options.role;
  record_->creator = here.process_id();
  record_->object = announce(here, ObjectKind::process, record_->name, where);
}

void Process::start(Location where) {
  Os& here = os();
  ProcessRecord& record = *record_;
  Operation operation(here, Verb::start, ObjectKind::process, record.object, where);
  detail::demand_open(record);
  if (record.pid != ProcessId::none) {
    detail::reject(here, record, "process-start-twice", "cannot start a process twice", where);
  }
  if (record.creator != here.process_id()) {
    throw AssertionError("can only start a process object created by current process");
  }
  if (current_process().daemon()) {
    detail::reject(here, record, "daemon-with-children",
                   "daemonic processes are not allowed to have children", where);
  }
  hook_exit(here);
  const Bytes payload = make_payload(record, arguments_);
  const Result<ProcessId> started = here.start_process({.name = record.name,
                                                        .daemon = record.daemon,
                                                        .role = record.role,
                                                        .entry = entry_,
                                                        .payload = payload,
                                                        .object = record.object});
  if (!started) throw OSError("cannot start a process", started.error().value);
  record.pid = *started;
  arguments_ = {};
  detail::enlist(here, record_);
  operation.succeed();
}

void Process::set_daemon(bool daemon, Location where) {
  detail::demand_open(*record_);
  if (record_->pid != ProcessId::none) {
    detail::reject(os(), *record_, "daemon-after-start", "process has already started", where);
  }
  record_->daemon = daemon;
}

void Process::close(Location where) {
  if (record_->closed) return;
  Os& here = os();
  const bool is_own = record_->creator == here.process_id();
  if (is_own && record_->pid != ProcessId::none) {
    Operation operation(here, Verb::close, ObjectKind::process, record_->object, where);
    if (!detail::await_process(here, record_, immediately)) {
      throw ValueError(
          "Cannot close a process while it is still running. You should first call join() or terminate().");
    }
    operation.succeed();
  }
  record_->closed = true;
  arguments_ = {};
}

int Process::run_child(std::span<const std::byte> payload, Call call) {
  Os& here = os();
  Decoder decoder(payload);
  const Identity& self = adopt_identity(here, decoder);
  const detail::Runner runner{
      .heading = "Process " + self.name + ":", .kind = ObjectKind::process, .object = self.object};
  const int status = detail::run_guarded(here, runner, [&] { call(decoder); });
  finish_process();
  return status;
}

}  // namespace mp
