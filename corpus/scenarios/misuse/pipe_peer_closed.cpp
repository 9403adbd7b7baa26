// Talking to somebody who has hung up.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>

namespace heddle::misuse {
namespace {

using mp::Connection;

// main has joined its worker and still has a job for it.
namespace one_job_more {

void work(Connection& jobs, Connection& giver) {
  giver.close();
  jobs.recv<int>();
  jobs.recv<int>();
}

template <int count>
void body() {
  auto [jobs, giver] = mp::Pipe(mp::Duplex::no, {.name = "jobs"});
  mp::Process worker(mp::fn<&work>, mp::args(jobs, giver), {.name = "worker"});
  worker.start();
  jobs.close();
  giver.send(1);
  giver.send(2);
  worker.join();
  for (int job = 2; job < count; ++job) {
    try {
      giver.send(job);
    } catch (const mp::BrokenPipeError&) {
      outcome("nobody took it");
    }
  }
}

}  // namespace one_job_more

// A reader takes the end of file for a hiccup and tries again.
namespace tries_again {

void read(Connection& lines, Connection& writer) {
  writer.close();
  for (int attempts = 2; attempts > 0;) {
    try {
      lines.recv<int>();
    } catch (const mp::EOFError&) {
      --attempts;  // the plant: there will be nothing else
    }
  }
}

void read_fixed(Connection& lines, Connection& writer) {
  writer.close();
  try {
    while (true) lines.recv<int>();
  } catch (const mp::EOFError&) {
  }
}

template <auto Read>
void body() {
  auto [lines, writer] = mp::Pipe(mp::Duplex::yes, {"lines", "writer"});
  mp::Process reader(mp::fn<Read>, mp::args(lines, writer), {.name = "reader"});
  reader.start();
  lines.close();
  writer.send(1);
  writer.close();
  reader.join();
}

}  // namespace tries_again

// main has seen enough and closes its end. Its child did not expect that.
namespace seen_enough {

void count(Connection& receiver, Connection& numbers) {
  receiver.close();
  for (int number = 0; number < 3; ++number) numbers.send(number);
}

void count_fixed(Connection& receiver, Connection& numbers) {
  try {
    count(receiver, numbers);
  } catch (const mp::BrokenPipeError&) {
    // Nobody wants more.
  }
}

template <auto Count>
void body() {
  auto [receiver, numbers] = mp::Pipe(mp::Duplex::no, {.name = "numbers"});
  mp::Process counter(mp::fn<Count>, mp::args(receiver, numbers), {.name = "counter"});
  counter.start();
  numbers.close();
  receiver.recv<int>();
  receiver.close();
  counter.join();
}

}  // namespace seen_enough

}  // namespace

std::vector<Scenario> pipe_peer_closed() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-peer-closed"}};
  return {
      {.name = "misuse/pipe-peer-closed-1",
       .summary = "main sends a third job to a worker that takes two, which it has joined",
       .body = &one_job_more::body<3>,
       .expected = caught},
      {.name = "misuse/pipe-peer-closed-1-fixed",
       .summary = "main sends two jobs to a worker that takes two, and joins it",
       .body = &one_job_more::body<2>},
      {.name = "misuse/pipe-peer-closed-2",
       .summary = "a reader receives once more after the end of file",
       .body = &tries_again::body<&tries_again::read>,
       .expected = caught},
      {.name = "misuse/pipe-peer-closed-2-fixed",
       .summary = "a reader ends at the end of file",
       .body = &tries_again::body<&tries_again::read_fixed>},
      {.name = "misuse/pipe-peer-closed-3",
       .summary = "main closes its end after the first number, and the child that counts dies of it",
       .body = &seen_enough::body<&seen_enough::count>,
       .expected = caught},
      {.name = "misuse/pipe-peer-closed-3-fixed",
       .summary = "a child that counts takes a broken pipe for the wish that it stop",
       .body = &seen_enough::body<&seen_enough::count_fixed>},
  };
}

}  // namespace heddle::misuse
