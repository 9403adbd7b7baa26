// Processes and threads of the simulated kernel: birth by fork, exit, signals, waiting, and what dies with
// a process. A process dies between two of its steps: whatever it had begun in lib stays half done, as it
// would in life.
#include <cxxabi.h>

#include <algorithm>
#include <cstdlib>
#include <heddle/worlds/sim/sim_os.hpp>
#include <mp/errors.hpp>
#include <mp/process/exit_sequence.hpp>
#include <typeinfo>

#define XXH_INLINE_ALL
#include <xxhash.h>

namespace heddle::sim {
namespace {

// For whom it waits without a deadline, a task learns nothing by having come early.
AccessKind kind_of_wait(mp::Instant deadline) {
  return deadline == mp::never ? AccessKind::await : AccessKind::write;
}

/// Of those that end a process.
constexpr int signal_number(mp::Signal signal) { return signal == mp::Signal::kill ? 9 : 15; }

mp::ThreadId thread_id_of(TaskIndex task) { return static_cast<mp::ThreadId>(task + 1); }

}  // namespace

ProcessIndex SimOs::add_process(std::string_view name, ProcessIndex parent) {
  const ProcessIndex index = situation_.processes.add();
  while (processes_.size() <= index) processes_.push_back(std::make_unique<Process>());
  situation_.processes[index].name = name;
  situation_.processes[index].parent = parent;
  Process& process = *processes_[index];
  process.is_leaving = process.reaped = process.terminate_pending = false;
  process.slot.fill(std::byte{0});
  return index;
}

TaskIndex SimOs::add_task(std::string_view name, ProcessIndex process, TaskIndex parent, mp::Role role,
                          bool daemon, ObjectIndex object) {
  std::uint32_t ordinal = 1;
  for (const TaskRow& other : situation_.tasks)
    if (other.parent == parent && other.name == name) ++ordinal;
  const TaskIndex index = situation_.tasks.add();
  TaskRow& row = situation_.tasks[index];
  row.name = name;
  row.ordinal = ordinal;
  row.parent = parent;
  row.process = process;
  row.role = role;
  row.daemon = daemon;
  row.object = object;
  if (threads_.size() <= index) threads_.resize(index + 1);
  return index;
}

// Derived from the creation path, so that what one branch of a program does changes no id in another.
mp::ProcessId SimOs::make_process_id(TaskIndex main) const {
  const std::string label = situation_.label_of(main);
  auto number = static_cast<std::int32_t>(XXH3_64bits(label.data(), label.size()) % 900'000) + 1'000;
  while (find_process(static_cast<mp::ProcessId>(number)) != none) ++number;
  return static_cast<mp::ProcessId>(number);
}

ProcessIndex SimOs::find_process(mp::ProcessId id) const {
  for (ProcessIndex index = 0; index < situation_.processes.size(); ++index)
    if (situation_.processes[index].id == id) return index;
  return none;
}

// An id that nobody has counts as one whose process has ended; `none` is nobody's and never ends.
bool SimOs::has_ended(mp::ProcessId id) const {
  if (id == mp::ProcessId::none) return false;
  const ProcessIndex index = find_process(id);
  return index == none || !situation_.processes[index].alive;
}

mp::Result<mp::Descriptor> SimOs::open_process(mp::ProcessId id) {
  const Entry entry(*this, Call::open_process);
  const ProcessIndex index = find_process(id);
  if (index == none || processes_[index]->reaped) return mp::failure(ESRCH);
  if (is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  return open(files_.make_process(index));
}

mp::Result<mp::ProcessId> SimOs::start_process(const mp::ProcessStart& start) {
  const Entry entry(*this, Call::start_process);
  const TaskIndex parent = scheduler_.current();
  const bool spawns = start.method == mp::StartMethod::spawn;
  for (const mp::Descriptor fd : start.descriptors)
    if (spawns && files_.find(current_process(), fd) == no_file) return mp::failure(EBADF);
  if (spawns && is_struck(ChoiceKind::fds)) return mp::failure(EMFILE);
  if (is_struck(ChoiceKind::fork)) return mp::failure(EAGAIN);
  const ProcessIndex index = add_process(start.name, current_process());
  if (spawns) {
    files_.add_spawned_process(index, current_process(), start.descriptors);
  } else {
    files_.add_process(index, current_process());
  }
  const auto object = static_cast<ObjectIndex>(start.object) - 1;
  const TaskIndex task = add_task(start.name, index, parent, start.role, start.daemon, object);
  Process& process = *processes_[index];
  process.payload.assign(start.payload.begin(), start.payload.end());
  process.entry = start.entry;
  ProcessRow& row = situation_.processes[index];
  row.main = task;
  row.role = start.role;
  row.daemon = start.daemon;
  row.object = object;
  const mp::ProcessId id = make_process_id(task);
  row.id = id;
  scheduler_.touch(&processes_[current_process()]->numbers, AccessKind::read);
  scheduler_.add_task(task, process.arena, &SimOs::run_process, this);
  scheduler_.accesses().name(&process, scheduler_.life_of(index));
  observation_.task_started(task, parent);
  return id;
}

void SimOs::begin_task(Task& task) {
  {
    const BriefEntry entry;
    scheduler_.synchronise(&task, AccessKind::read);
  }
  exchange_arena(task.arena);
}

// The main process: what an exception means here is what an interpreter makes of it.
void SimOs::run_main(void* self) {
  auto& os = *static_cast<SimOs*>(self);
  Task& task = os.scheduler_.task(0);
  os.begin_task(task);
  int status = 0;
  std::string words;
  try {
    os.program_->body();
  } catch (const mp::SystemExit& exit) {
    status = exit.status & 0xff;
  } catch (const std::exception& exception) {
    status = 1;
    int unused = 0;
    char* const type = abi::__cxa_demangle(typeid(exception).name(), nullptr, nullptr, &unused);
    words = std::string(type != nullptr ? type : "exception") + ": " + exception.what();
    std::free(type);
  } catch (...) {
    status = 1;
    words = "an exception that is not a std::exception";
  }
  if (!words.empty()) os.annotate({.kind = mp::Annotation::Kind::uncaught, .text = words});
  mp::finish_process();
  os.exit_process(status);
}

void SimOs::run_process(void* self) {
  auto& os = *static_cast<SimOs*>(self);
  Task& task = os.scheduler_.task(os.scheduler_.current());
  os.begin_task(task);
  const Process& process = *os.processes_[os.current_process()];
  os.exit_process(process.entry(process.payload));
}

void SimOs::run_thread(void* self) {
  auto& os = *static_cast<SimOs*>(self);
  Task& task = os.scheduler_.task(os.scheduler_.current());
  os.begin_task(task);
  const ThreadBody body = os.threads_[os.scheduler_.current()];
  body.entry(body.argument);
  os.end_thread();
}

// As in Linux: those at the other ends of its pipes learn of it before those who wait for the process do, and
// signals come too late in between. At the end of the main process nobody learns anything.
void SimOs::exit_process(int status) {
  const Entry entry(*this, Call::exit_process);
  const ProcessIndex index = current_process();
  if (index != 0) {
    processes_[index]->is_leaving = true;
    scheduler_.touch(&processes_[index]->is_leaving, AccessKind::write);
    end_threads(index);
    close_descriptors(index);
    stop_if_wanted();
    scheduler_.step(processes_[index].get(), AccessKind::write);
  }
  end_current_process(status & 0xff, 0);
}

void SimOs::end_current_process(int status, int signal) {
  const ProcessIndex process = current_process();
  end_process(process, status, signal);
  stop_if_wanted();
  if (process == 0) scheduler_.stop(Ending::complete);
  scheduler_.leave();
}

// All but the one that ends the process, if it is one of them.
void SimOs::end_threads(ProcessIndex index) {
  for (TaskIndex task = 0; task < situation_.tasks.size(); ++task) {
    if (situation_.tasks[task].process != index || situation_.tasks[task].state == TaskState::ended) continue;
    if (task == scheduler_.current()) continue;
    scheduler_.remove(task, processes_[index].get());
    observation_.task_gone(task);
    watches_.task_gone(task);
  }
}

void SimOs::close_descriptors(ProcessIndex index) {
  for (mp::Descriptor fd = files_.any_open(index); fd >= 0; fd = files_.any_open(index))
    close_descriptor(index, fd, situation_.processes[index].main);
}

void SimOs::end_process(ProcessIndex index, int status, int signal) {
  ProcessRow& row = situation_.processes[index];
  const TaskIndex current = scheduler_.current();
  end_threads(index);
  if (index == current_process()) {
    situation_.tasks[current].state = TaskState::ended;
    observation_.task_gone(current);
    watches_.task_gone(current);
  }
  row.alive = false;
  row.status = status;
  row.signal = signal;
  if (signal != 0) ++situation_.processes_killed;
  close_descriptors(index);
  scheduler_.wake_all(processes_[index].get());
  wake_pollers({.kind = WaitKind::process, .target = index});
  scheduler_.wake_watchers(index);
  scheduler_.synchronise(processes_[index].get(), AccessKind::write);
  processes_[index]->arena.reap();
  observation_.process_ended(index);
}

mp::Result<void> SimOs::signal_process(mp::ProcessId id, mp::Signal signal) {
  const Entry entry(*this, Call::signal_process);
  const ProcessIndex index = find_process(id);
  if (index == none || processes_[index]->reaped) return mp::failure(ESRCH);
  const bool is_over = processes_[index]->is_leaving || !situation_.processes[index].alive;
  scheduler_.touch(&processes_[index]->is_leaving, AccessKind::read);
  if (is_over) scheduler_.touch(processes_[index].get(), AccessKind::read);
  if (is_over) return {};  // a zombie takes signals and does not mind
  if (signal == mp::Signal::stop || signal == mp::Signal::resume) {
    stop_or_resume(index, signal);
    return {};
  }
  if (signal == mp::Signal::terminate && situation_.processes[index].is_stopped) {
    processes_[index]->terminate_pending = true;  // as in life: it is taken when the process goes on
    return {};
  }
  if (index == current_process()) end_current_process(0, signal_number(signal));
  end_process(index, 0, signal_number(signal));
  stop_if_wanted();
  return {};
}

void SimOs::stop_or_resume(ProcessIndex index, mp::Signal signal) {
  const bool stops = signal == mp::Signal::stop;
  scheduler_.touch(processes_[index].get(), AccessKind::write);
  situation_.processes[index].is_stopped = stops;
  for (TaskIndex task = 0; task < situation_.tasks.size(); ++task) {
    if (situation_.tasks[task].process != index || situation_.tasks[task].state == TaskState::ended) continue;
    if (stops) {
      scheduler_.stop_task(task);
    } else {
      scheduler_.resume_task(task);
    }
  }
  if (!stops && processes_[index]->terminate_pending) {
    end_process(index, 0, signal_number(mp::Signal::terminate));
    stop_if_wanted();
  }
  scheduler_.yield_if_stopped();
}

mp::Result<mp::ProcessEnd> SimOs::wait_process(mp::ProcessId child, mp::Instant deadline) {
  const Entry entry(*this, Call::wait_process);
  const ProcessIndex index = find_process(child);
  if (index == none || situation_.processes[index].parent != current_process() || processes_[index]->reaped)
    return mp::failure(ECHILD);
  if (situation_.processes[index].alive && deadline != mp::never)
    scheduler_.touch(processes_[index].get(), AccessKind::read);
  while (situation_.processes[index].alive) {
    if (is_interrupted(deadline)) return mp::failure(EINTR);
    if (scheduler_.block(WaitKind::process, index, processes_[index].get(), deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
    if (processes_[index]->reaped) return mp::failure(ECHILD);
  }
  scheduler_.synchronise(processes_[index].get(), kind_of_wait(deadline));
  processes_[index]->reaped = true;
  return mp::ProcessEnd{.status = situation_.processes[index].status,
                        .signal = situation_.processes[index].signal};
}

mp::Result<mp::ThreadId> SimOs::start_thread(const mp::ThreadStart& start) {
  const Entry entry(*this, Call::start_thread);
  const TaskIndex parent = scheduler_.current();
  const ProcessIndex process = current_process();
  const TaskIndex task = add_task(start.name, process, parent, start.role, start.daemon,
                                  static_cast<ObjectIndex>(start.object) - 1);
  threads_[task] = {.entry = start.entry, .argument = start.argument};
  scheduler_.add_task(task, processes_[process]->arena, &SimOs::run_thread, this);
  observation_.task_started(task, parent);
  return thread_id_of(task);
}

void SimOs::end_thread() {
  const Entry entry(*this, Call::exit_process);
  const TaskIndex task = scheduler_.current();
  situation_.tasks[task].state = TaskState::ended;
  scheduler_.wake_all(&scheduler_.task(task));
  observation_.task_ended(task);
  watches_.task_gone(task);
  stop_if_wanted();
  scheduler_.leave();
}

mp::Result<void> SimOs::join_thread(mp::ThreadId thread, mp::Instant deadline) {
  const Entry entry(*this, Call::join_thread);
  const TaskIndex target = static_cast<TaskIndex>(thread) - 1;
  if (target >= situation_.tasks.size() || situation_.tasks[target].process != current_process() ||
      scheduler_.task(target).joined)
    return mp::failure(ESRCH);
  if (situation_.tasks[target].state != TaskState::ended && deadline != mp::never)
    scheduler_.touch(&scheduler_.task(target), AccessKind::read);
  while (situation_.tasks[target].state != TaskState::ended)
    if (scheduler_.block(WaitKind::thread, target, &scheduler_.task(target), deadline) == Wake::timed_out)
      return mp::failure(ETIMEDOUT);
  scheduler_.synchronise(&scheduler_.task(target), kind_of_wait(deadline));
  scheduler_.task(target).joined = true;
  return {};
}

mp::ProcessId SimOs::process_id() { return situation_.processes[current_process()].id; }

mp::ProcessId SimOs::parent_process_id() {
  const ProcessIndex parent = situation_.processes[current_process()].parent;
  return parent == none ? mp::ProcessId::none : situation_.processes[parent].id;
}

mp::ThreadId SimOs::thread_id() { return thread_id_of(scheduler_.current()); }
mp::Slot SimOs::process_slot() { return processes_[current_process()]->slot; }
mp::Slot SimOs::slot_of_task() { return scheduler_.task(scheduler_.current()).slot; }

}  // namespace heddle::sim
