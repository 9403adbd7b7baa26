// A process that is stopped by force while it is at something: a watchdog stops who has not come to an end
// because nobody took its report, a supervisor stops a worker that writes into a managed list, a recording is
// cut when it has lasted long enough, and the viewer gets half a frame. Mended by taking the report first,
// and by asking the process to end.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t more_than_a_pipe_holds = 100'000;

void analyse(mp::Connection& report) { report.send(std::string(more_than_a_pipe_holds, 'a')); }

void stop_if_late(mp::Process& analyst) {
  analyst.join(5s);
  if (analyst.is_alive()) analyst.terminate();
  analyst.join();
}

enum class First { join, report };

template <First first>
void watchdog() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "report"});
  mp::Process analyst(mp::fn<&analyse>, mp::args(sender), {.name = "analyst"});
  analyst.start();
  if (first == First::join) stop_if_late(analyst);
  if (first == First::report) {
    outcome(receiver.recv<std::string>().substr(0, 1));
    stop_if_late(analyst);
  }
}

void write_diary(mp::ListProxy<int>& diary, mp::Event& stop) {
  for (int entry = 0; entry < 2 && !stop.is_set(); ++entry) diary.append(entry);
}

template <bool asks>
void diary() {
  mp::Manager manager;
  mp::ListProxy<int> pages = manager.list<int>("diary");
  mp::Event stop({.name = "stop"});
  mp::Process writer(mp::fn<&write_diary>, mp::args(pages, stop), {.name = "writer"});
  writer.start();
  if (asks)
    stop.set();
  else
    writer.kill();
  writer.join();
  outcome(static_cast<std::int64_t>(pages.size()));
}

void film(mp::Connection& frames, mp::Event& stop) {
  while (!stop.is_set()) frames.send(std::string(more_than_a_pipe_holds, 'f'));
}

void view(mp::Connection& frames) {
  try {
    while (true) outcome(frames.recv<std::string>().substr(0, 1));
  } catch (const mp::EOFError&) {
    outcome("end");
  } catch (const mp::OSError&) {
    outcome("half a frame");
  }
}

template <bool asks>
void recording() {
  auto [receiver, sender] = mp::Pipe(mp::Duplex::no, {.name = "frames"});
  mp::Event stop({.name = "stop"});
  mp::Process camera(mp::fn<&film>, mp::args(sender, stop), {.name = "camera"});
  camera.start();
  sender.close();
  mp::Process viewer(mp::fn<&view>, mp::args(receiver), {.name = "viewer"});
  viewer.start();
  receiver.close();
  if (asks)
    stop.set();
  else
    camera.terminate();
  camera.join();
  viewer.join();
}

}  // namespace

std::vector<Scenario> terminated_mid_operation() {
  const std::vector<ExpectedFinding> cut_off = {{.rule = "terminated-mid-operation"}};
  return {
      {.name = "misuse/terminated-mid-operation-1",
       .summary = "a watchdog terminates a process that waits until its long report is taken",
       .body = &watchdog<First::join>,
       .expected = cut_off},
      {.name = "misuse/terminated-mid-operation-1-fixed",
       .summary = "the long report of a process is taken before the watchdog looks after it",
       .body = &watchdog<First::report>},
      {.name = "misuse/terminated-mid-operation-2",
       .summary = "a process that appends to a managed list is killed",
       .body = &diary<false>,
       .expected = cut_off},
      {.name = "misuse/terminated-mid-operation-2-fixed",
       .summary = "a process that appends to a managed list is stopped by an Event",
       .body = &diary<true>},
      {.name = "misuse/terminated-mid-operation-3",
       .summary = "a camera that sends long frames to a viewer is terminated",
       .body = &recording<false>,
       .expected = cut_off},
      {.name = "misuse/terminated-mid-operation-3-fixed",
       .summary = "a camera that sends long frames to a viewer is stopped by an Event",
       .body = &recording<true>},
  };
}

}  // namespace heddle::misuse
