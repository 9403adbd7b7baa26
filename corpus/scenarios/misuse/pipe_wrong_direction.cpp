// Sending on an end that receives, or receiving on one that sends.
#include <chrono>
#include <memory>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>
#include <utility>

namespace heddle::misuse {
namespace {

using mp::Connection;

// The two ends of Pipe(Duplex::no) are told by their order, and the first receives.
namespace mixed_up {

void produce(Connection& out) {
  for (int number = 0; number < 2; ++number) out.send(number);
}

template <bool is_fixed>
void body() {
  auto [first, second] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  Connection& out = is_fixed ? second : first;
  Connection& in = is_fixed ? first : second;
  mp::Process producer(mp::fn<&produce>, mp::args(out), {.name = "producer"});
  producer.start();
  in.recv<int>();
  in.recv<int>();
  producer.join();
}

}  // namespace mixed_up

// A worker confirms each job on the end that it has the job from.
namespace confirmed {

void work(Connection& jobs) {
  try {
    for (int i = 0; i < 2; ++i) jobs.send(jobs.recv<int>());
  } catch (const mp::OSError&) {
    // Whoever asks will see for himself.
  }
}

template <mp::Duplex duplex>
void body() {
  auto [jobs, giver] = mp::Pipe(duplex, {"jobs", "giver"});
  mp::Process worker(mp::fn<&work>, mp::args(jobs), {.name = "worker"});
  worker.start();
  for (int job = 0; job < 2; ++job) {
    giver.send(job);
    if (duplex == mp::Duplex::yes) giver.recv<int>();
  }
  worker.join();
}

}  // namespace confirmed

// A thread that writes looks whether its reader is still there, as it would with a socket.
namespace asks_its_own_end {

void read(Connection& in) {
  for (int i = 0; i < 2; ++i) in.recv<std::string>();
}

void write(Connection& out) {
  if (!out.poll()) out.send(std::string("hello"));  // the plant
  out.send(std::string("goodbye"));
}

void write_fixed(Connection& out) {
  for (const char* const words : {"hello", "goodbye"}) {
    if (mp::wait({out}, std::chrono::seconds(0)).empty()) out.send(std::string(words));  // it has a reader
  }
}

template <auto Write>
void body() {
  auto [in, out] = mp::Pipe(mp::Duplex::no, {.name = "greetings"});
  mp::Process reader(mp::fn<&read>, mp::args(in), {.name = "reader"});
  reader.start();
  mp::Thread writer([end = std::make_shared<Connection>(std::move(out))] { Write(*end); },
                    {.name = "writer"});
  writer.start();
  writer.join();
  reader.join();
}

}  // namespace asks_its_own_end

}  // namespace

std::vector<Scenario> pipe_wrong_direction() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-wrong-direction"}};
  return {
      {.name = "misuse/pipe-wrong-direction-1",
       .summary = "a producer is given the end that receives",
       .body = &mixed_up::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-wrong-direction-1-fixed",
       .summary = "a producer is given the end that sends",
       .body = &mixed_up::body<true>},
      {.name = "misuse/pipe-wrong-direction-2",
       .summary = "a worker confirms jobs on the end of a one-way pipe, and nobody hears of its error",
       .body = &confirmed::body<mp::Duplex::no>,
       .expected = caught},
      {.name = "misuse/pipe-wrong-direction-2-fixed",
       .summary = "a worker confirms jobs on the end of a pipe that goes both ways",
       .body = &confirmed::body<mp::Duplex::yes>},
      {.name = "misuse/pipe-wrong-direction-3",
       .summary = "a thread polls the sending end of a one-way pipe before it sends",
       .body = &asks_its_own_end::body<&asks_its_own_end::write>,
       .expected = caught},
      {.name = "misuse/pipe-wrong-direction-3-fixed",
       .summary = "a thread asks by wait() whether the sending end has lost its reader",
       .body = &asks_its_own_end::body<&asks_its_own_end::write_fixed>},
  };
}

}  // namespace heddle::misuse
