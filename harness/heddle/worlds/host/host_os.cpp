// Reports are single writes of whole messages; what they need to know about the calling thread is kept in
// thread-local storage, which a fork copies and which is therefore checked against the process id.
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <memory>

#include <heddle/core/random.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/worlds/host/host_os.hpp>
#include <mp/process/current_process.hpp>
#include <mp/process/thread.hpp>

namespace heddle::host {
namespace {

/// The outermost operation of the calling thread. A fork copies it into a child in which nothing of it is
/// true; `process` tells.
struct OwnOperation {
  pid_t process = 0;
  int depth = 0;
  mp::Verb verb = mp::Verb::none;
  mp::Location where = {};
};

OwnOperation& own_operation() {
  thread_local OwnOperation own;
  const pid_t here = ::getpid();
  if (own.process != here) own = {.process = here};
  return own;
}

/// What a new thread needs besides its entry: sessions are per OS thread.
struct ThreadWork {
  void (*entry)(void* argument);
  void* argument;
  Session* session;
};

void run_thread(void* argument) {
  const std::unique_ptr<ThreadWork> work(static_cast<ThreadWork*>(argument));
  const SessionScope scope(work->session);
  work->entry(work->argument);
}

}  // namespace

std::string own_name() {
  const std::string process = mp::parent_process() ? mp::current_process().name() : "main";
  const std::string thread = mp::current_thread_name();
  return thread == "MainThread" ? process : process + "/" + thread;
}

void Reporter::send(Message message) const {
  const std::string bytes = pack(message);
  while (::write(fd_, bytes.data(), bytes.size()) < 0 && errno == EINTR) continue;
}

mp::Result<mp::ProcessId> HostOs::start_process(const mp::ProcessStart& start) {
  const mp::Result<mp::ProcessId> started = PosixOs::start_process(start);
  if (started)
    reporter_.send({.kind = MessageKind::started,
                    .object = static_cast<std::uint32_t>(start.object),
                    .number = static_cast<std::int64_t>(*started),
                    .text = std::string(start.name)});
  return started;
}

mp::Result<mp::ProcessEnd> HostOs::wait_process(mp::ProcessId child, mp::Instant deadline) {
  const mp::Result<mp::ProcessEnd> end = PosixOs::wait_process(child, deadline);
  if (end && end->signal != 0 && end->signal != SIGTERM && end->signal != SIGKILL)
    reporter_.send({.kind = MessageKind::killed,
                    .object = static_cast<std::uint32_t>(end->signal),
                    .number = static_cast<std::int64_t>(child)});
  return end;
}

mp::Result<mp::ThreadId> HostOs::start_thread(const mp::ThreadStart& start) {
  auto work = std::make_unique<ThreadWork>(ThreadWork{start.entry, start.argument, session()});
  mp::ThreadStart wrapped = start;
  wrapped.entry = &run_thread;
  wrapped.argument = work.get();
  const mp::Result<mp::ThreadId> started = PosixOs::start_thread(wrapped);
  if (started) static_cast<void>(work.release());  // the thread's now
  return started;
}

mp::Acknowledgement HostOs::create(const mp::Annotation& annotation) {
  const std::uint32_t object = ++objects_;
  reporter_.send(
      {.kind = MessageKind::created,
       .object = object,
       .text = std::string(annotation.text.empty() ? name_of(annotation.object_kind) : annotation.text)});
  return {.object = static_cast<mp::ObjectId>(object)};
}

void HostOs::begin(const mp::Annotation& annotation) {
  OwnOperation& own = own_operation();
  if (own.depth++ > 0) return;
  own.verb = annotation.verb;
  own.where = annotation.where;
  if (annotation.verb == mp::Verb::exitcode)
    reporter_.send(
        {.kind = MessageKind::exitcode_read, .object = static_cast<std::uint32_t>(annotation.object)});
}

mp::Acknowledgement HostOs::annotate(const mp::Annotation& annotation) {
  using Kind = mp::Annotation::Kind;
  OwnOperation& own = own_operation();
  if (annotation.kind == Kind::created) return create(annotation);
  if (annotation.kind == Kind::begin) begin(annotation);
  if (annotation.kind == Kind::end && own.depth > 0) --own.depth;
  const bool ends_a_process =
      annotation.kind == Kind::uncaught && annotation.object_kind == mp::ObjectKind::process;
  if (annotation.kind == Kind::misused || ends_a_process)
    reporter_.send({.kind = ends_a_process ? MessageKind::uncaught : MessageKind::misused,
                    .object = static_cast<std::uint32_t>(annotation.object),
                    .who = own_name(),
                    .operation = own.depth > 0 ? std::string(name_of(own.verb)) : "",
                    .rule = std::string(annotation.rule),
                    .text = std::string(annotation.text),
                    .where = own.depth > 0 ? own.where : annotation.where});
  return {};
}

void HostSession::outcome(std::string_view text) {
  reporter_.send({.kind = MessageKind::outcome, .text = std::string(text)});
}

std::uint32_t HostSession::choose(std::uint32_t count) {
  const auto process = static_cast<std::uint64_t>(::getpid());
  return Random(seed_, process * 1'000'003 + choices_++).below(count);
}

void HostSession::fail(std::string_view words, mp::Location where) {
  reporter_.send(
      {.kind = MessageKind::failed, .who = own_name(), .text = std::string(words), .where = where});
  while (true) ::pause();
}

}  // namespace heddle::host
