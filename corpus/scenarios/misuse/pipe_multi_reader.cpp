// Receiving on one end by two tasks that nothing orders.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>

namespace heddle::misuse {
namespace {

using mp::Connection;

// Both readers take a lock: each its own.
namespace own_locks {

void read(Connection& jobs, mp::Lock& lock) {
  const mp::With held(lock);
  jobs.recv<int>();
}

template <bool is_fixed>
void body() {
  auto [jobs, giver] = mp::Pipe(mp::Duplex::no, {.name = "jobs"});
  mp::Lock lock_1({.name = "lock-1"});
  mp::Lock lock_2({.name = "lock-2"});
  mp::Process reader_1(mp::fn<&read>, mp::args(jobs, lock_1), {.name = "reader-1"});
  mp::Process reader_2(mp::fn<&read>, mp::args(jobs, is_fixed ? lock_1 : lock_2), {.name = "reader-2"});
  reader_1.start();
  reader_2.start();
  giver.send(1);
  giver.send(2);
  reader_1.join();
  reader_2.join();
}

}  // namespace own_locks

// Two threads ask one server over one connection, and each takes the next answer for its own.
namespace whose_answer {

void serve(Connection& client) {
  for (int i = 0; i < 2; ++i) client.send(client.recv<int>() + 1);
}

void ask(Connection& server, mp::Lock& lock) {
  {
    const mp::With held(lock);
    server.send(1);
  }
  server.recv<int>();  // the plant: the answers are shared as much as the questions
}

void ask_fixed(Connection& server, mp::Lock& lock) {
  const mp::With held(lock);
  server.send(1);
  server.recv<int>();
}

template <auto Ask>
void body() {
  auto [client, server] = mp::Pipe(mp::Duplex::yes, {"client", "server"});
  mp::Lock lock({.name = "lock"});
  mp::Process server_process(mp::fn<&serve>, mp::args(client), {.name = "server-process"});
  server_process.start();
  mp::Thread left([&] { Ask(server, lock); }, {.name = "left"});
  mp::Thread right([&] { Ask(server, lock); }, {.name = "right"});
  left.start();
  right.start();
  left.join();
  right.join();
  server_process.join();
}

}  // namespace whose_answer

// The child reads the header of a file and main the rest, from the end that both have.
namespace header_and_rest {

void read_header(Connection& file, mp::Event& is_read) {
  file.recv<int>();
  is_read.set();
}

void write(Connection& out) {
  for (int part = 0; part < 3; ++part) out.send(part);
}

template <bool is_fixed>
void body() {
  auto [file, out] = mp::Pipe(mp::Duplex::no, {.name = "file"});
  mp::Event is_read({.name = "is-read"});
  mp::Process writer(mp::fn<&write>, mp::args(out), {.name = "writer"});
  mp::Process parser(mp::fn<&read_header>, mp::args(file, is_read), {.name = "parser"});
  writer.start();
  parser.start();
  if (is_fixed) is_read.wait();
  file.recv<int>();
  file.recv<int>();
  parser.join();
  writer.join();
}

}  // namespace header_and_rest

}  // namespace

std::vector<Scenario> pipe_multi_reader() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-multi-reader", .with_harm = true}};
  return {
      {.name = "misuse/pipe-multi-reader-1",
       .summary = "two processes receive on one end, each with a lock of its own",
       .body = &own_locks::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-multi-reader-1-fixed",
       .summary = "two processes receive on one end with one lock",
       .body = &own_locks::body<true>},
      {.name = "misuse/pipe-multi-reader-2",
       .summary = "two threads send their questions under a lock and wait for answers without it",
       .body = &whose_answer::body<&whose_answer::ask>,
       .expected = caught},
      {.name = "misuse/pipe-multi-reader-2-fixed",
       .summary = "two threads hold a lock from the question to its answer",
       .body = &whose_answer::body<&whose_answer::ask_fixed>},
      {.name = "misuse/pipe-multi-reader-3",
       .summary = "a child means to receive the first message of an end and main the others",
       .body = &header_and_rest::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-multi-reader-3-fixed",
       .summary = "main waits until a child has received the first message and receives the others",
       .body = &header_and_rest::body<true>},
  };
}

}  // namespace heddle::misuse
