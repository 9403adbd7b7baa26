// The birth of a process: what its creator sends, and what the child does with it. A payload is the child's
// identity followed by the encoded arguments.
#include <mp/process/process.hpp>

#include <cerrno>
#include <utility>

#include <mp/os/operation.hpp>
#include <mp/process/context.hpp>
#include <mp/process/exit_sequence.hpp>
#include <mp/process/records.hpp>
#include <mp/process/rejection.hpp>
#include <mp/process/uncaught.hpp>
#include <mp/shared/heap.hpp>

namespace mp {

namespace {

/// "1:2" for the second process made by the first child of a main process (PROC-13).
std::string next_path(Os& os) {
  ProcessState& state = process_state(os);
  const StateLock lock(state);
  const std::string ordinal = std::to_string(++state.processes_made);
  return state.identity == nullptr ? ordinal : state.identity->path + ":" + ordinal;
}

std::shared_ptr<ProcessRecord> make_record(Os& os, const ProcessOptions& options, Location where) {
  auto record = std::make_shared<ProcessRecord>();
  record->path = next_path(os);
  record->name = options.name.empty() ? "Process-" + record->path : std::string(options.name);
  record->daemon = options.daemon.value_or(current_process().daemon());
  record->role = options.role;
  record->method = options.method ? *options.method : detail::default_start_method(os);
  record->creator = os.process_id();
  record->authkey = current_process().authkey();
  record->object = announce(os, ObjectKind::process, record->name, where, options.owner);
  return record;
}

/// What a child knows of itself; its creator is another process.
std::shared_ptr<ProcessRecord> record_of_itself(Os& os) {
  const Identity& self = *process_state(os).identity;
  auto record = std::make_shared<ProcessRecord>();
  record->path = self.path;
  record->name = self.name;
  record->daemon = self.daemon;
  record->creator = self.parent;
  record->pid = os.process_id();
  record->phase = ProcessPhase::started;
  record->authkey = current_process().authkey();
  record->object = self.object;
  return record;
}

// A child by fork has the mappings and descriptors all the same; told of them, it can pass places in them on
// to a child that it spawns.
void encode_segments(Os& os, Encoder& encoder, StartMethod method) {
  const std::vector<SegmentMapping> known =
      method == StartMethod::fork ? known_segments(os) : std::vector<SegmentMapping>();
  encoder.array(3 * known.size());
  for (const SegmentMapping& each : known) {
    encoder.integer(each.segment);
    encoder.natural(reinterpret_cast<std::uintptr_t>(each.mapping.data()));
    encoder.natural(each.mapping.size());
  }
}

void remember_segments(Os& os, Decoder& decoder) {
  for (std::size_t left = decoder.array(); left > 0; left -= 3) {
    const Descriptor segment = decoder.descriptor();
    auto* const first = reinterpret_cast<std::byte*>(static_cast<std::uintptr_t>(decoder.natural()));
    remember_segment(os, {.segment = segment, .mapping = std::span(first, decoder.natural())});
  }
}

Bytes make_payload(Os& os, const ProcessRecord& record, const Bytes& arguments) {
  Encoder encoder(Crossing::birth);
  encoder.text(record.name);
  encoder.text(record.path);
  encoder.text(current_process().name());
  encoder.integer(static_cast<std::int64_t>(record.creator));
  encoder.natural(static_cast<std::uint64_t>(current_process().object()));
  encoder.natural(static_cast<std::uint64_t>(record.object));
  encoder.boolean(record.daemon);
  encoder.natural(static_cast<std::uint64_t>(detail::default_method(os)));
  record.authkey.encode(encoder);
  encode_segments(os, encoder, record.method);
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
  identity->parent_object = static_cast<ObjectId>(decoder.natural());
  identity->object = static_cast<ObjectId>(decoder.natural());
  identity->daemon = decoder.boolean();
  process_state(os).default_method = static_cast<DefaultMethod>(decoder.natural());
  process_state(os).identity = identity;
  current_process().set_authkey(AuthenticationKey::decode(decoder));
  remember_segments(os, decoder);
  return *identity;
}

/// Is the calling task about to make the object that this entry is of? Asked once.
bool takes_itself(Os& os, int (*entry)(std::span<const std::byte>)) {
  TaskState& task = task_state(os);
  if (task.rebuilding != entry) return false;
  task.rebuilding = nullptr;
  return true;
}

/// Gives a process that another start() may try again, unless this one has come to its end.
class Starting {
 public:
  explicit Starting(ProcessRecord& record) : record_(record) {}
  ~Starting() {
    ProcessPhase starting = ProcessPhase::starting;
    record_.phase.compare_exchange_strong(starting, ProcessPhase::made);
  }
  Starting(const Starting&) = delete;
  Starting& operator=(const Starting&) = delete;

 private:
  ProcessRecord& record_;
};

}  // namespace

Process::Process(Entry entry, const ProcessOptions& options, Location where)
    : ProcessHandle(takes_itself(os(), entry) ? record_of_itself(os()) : make_record(os(), options, where)),
      entry_(entry) {}

void Process::expect_itself(Entry entry) { task_state(os()).rebuilding = entry; }

void Process::take_arguments(Encoder& encoder) {
  arguments_ = encoder.take();
  belongings_ = encoder.take_belongings();
  has_arguments_ = true;
}

void Process::start(Location where) {
  Os& here = os();
  ProcessRecord& record = *record_;
  Operation operation(here, Verb::start, ObjectKind::process, record.object, where);
  detail::demand_open(record);
  if (record.creator != here.process_id()) {
    throw AssertionError("can only start a process object created by current process");
  }
  ProcessPhase found = ProcessPhase::made;
  if (!record.phase.compare_exchange_strong(found, ProcessPhase::starting)) {
    detail::demand_open(record);
    detail::reject(here, record, "process-start-twice", "cannot start a process twice", where);
  }
  const Starting starting(record);
  if (current_process().daemon()) {
    detail::reject(here, record, "daemon-with-children",
                   "daemonic processes are not allowed to have children", where);
  }
  if (!has_arguments_) {
    Encoder encoder(Crossing::birth, record.method);
    encode_arguments(encoder);
    take_arguments(encoder);
  }
  for (const Belongings::Watched& handle : belongings_.watched) {
    if (!handle.is_open()) {
      throw ValueError("a " + handle.what +
                       " that is an argument of the process was closed before it was started");
    }
  }
  hook_exit(here);
  const Bytes payload = make_payload(here, record, arguments_);
  const Result<ProcessId> started = here.start_process({.name = record.name,
                                                        .daemon = record.daemon,
                                                        .role = record.role,
                                                        .method = record.method,
                                                        .entry = entry_,
                                                        .payload = payload,
                                                        .descriptors = belongings_.descriptors,
                                                        .object = record.object});
  if (!started && started.error().value == ENOTRECOVERABLE) {
    throw RuntimeError(
        "a spawned process cannot start another before its main has called mp::freeze_support(argc, argv)");
  }
  if (!started) throw OSError("cannot start a process", started.error().value);
  record.pid = *started;
  record.memory = std::move(belongings_.kept);
  arguments_ = {};
  belongings_ = {};
  record.phase = ProcessPhase::started;
  detail::enlist(here, record_);
  operation.succeed();
}

void Process::set_daemon(bool daemon, Location where) {
  Os& here = os();
  Operation operation(here, Verb::set_daemon, ObjectKind::process, record_->object, where);
  detail::demand_open(*record_);
  if (record_->phase != ProcessPhase::made) {
    detail::reject(here, *record_, "daemon-after-start", "process has already started", where);
  }
  record_->daemon = daemon;
  operation.succeed();
}

void Process::set_authkey(AuthenticationKey key) { record_->authkey = std::move(key); }

void Process::close(Location where) {
  ProcessPhase seen = record_->phase;
  if (seen == ProcessPhase::closed) return;
  Os& here = os();
  const bool is_own = record_->creator == here.process_id();
  if (is_own && seen == ProcessPhase::started) {
    Operation operation(here, Verb::close, ObjectKind::process, record_->object, where);
    if (!detail::await_process(here, record_, immediately)) {
      throw ValueError(
          "Cannot close a process while it is still running. You should first call join() or terminate().");
    }
    operation.succeed();
  }
  if (seen == ProcessPhase::starting || !record_->phase.compare_exchange_strong(seen, ProcessPhase::closed)) {
    if (seen == ProcessPhase::closed) return;
    throw ValueError("Cannot close a process while another thread starts it.");
  }
  record_->sentinel.close();
  arguments_ = {};
  belongings_ = {};
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
