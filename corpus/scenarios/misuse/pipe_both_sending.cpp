// Two sides that send before they receive, with messages that no buffer takes.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using mp::Connection;

constexpr std::size_t page_bytes = 100'000;  // more than a pipe or a socket takes

std::string page() { return std::string(page_bytes, 'x'); }

// main gives all jobs first and takes the results then, of a worker that answers one by one.
namespace all_jobs_first {

constexpr int jobs = 2;

void work(Connection& client) {
  for (int job = 0; job < jobs; ++job) client.send(client.recv<std::string>());
}

template <bool is_fixed>
void body() {
  auto [client, server] = mp::Pipe(mp::Duplex::yes, {"client", "server"});
  mp::Process worker(mp::fn<&work>, mp::args(client), {.name = "worker"});
  worker.start();
  for (int job = 0; job < jobs; ++job) {
    server.send(page());
    if (is_fixed) server.recv<std::string>();
  }
  if (!is_fixed)
    for (int job = 0; job < jobs; ++job) server.recv<std::string>();
  worker.join();
}

}  // namespace all_jobs_first

// Two neighbours swap the edges of their grids through a pipe for each direction.
namespace neighbours {

void swap(Connection& out, Connection& in, int) {
  out.send(page());
  in.recv<std::string>();
}

// The one with the odd number listens first.
void swap_fixed(Connection& out, Connection& in, int rank) {
  if (rank % 2 == 0) out.send(page());
  in.recv<std::string>();
  if (rank % 2 == 1) out.send(page());
}

template <auto Swap>
void body() {
  auto [from_left, to_right] = mp::Pipe(mp::Duplex::no, {.name = "rightwards"});
  auto [from_right, to_left] = mp::Pipe(mp::Duplex::no, {.name = "leftwards"});
  mp::Process left(mp::fn<Swap>, mp::args(to_right, from_right, 0), {.name = "left"});
  mp::Process right(mp::fn<Swap>, mp::args(to_left, from_left, 1), {.name = "right"});
  left.start();
  right.start();
  left.join();
  right.join();
}

}  // namespace neighbours

// main writes a text line by line to a filter and reads what comes out when it has written everything.
namespace filter {

constexpr int lines = 10;
constexpr std::size_t line_bytes = 15'000;  // a few of them are more than a pipe takes

void upper(Connection& in, Connection& out) {
  for (int line = 0; line < lines; ++line) out.send(in.recv<std::string>());
}

void write(Connection& text) {
  for (int line = 0; line < lines; ++line) text.send(std::string(line_bytes, 'x'));
}

void read(Connection& result) {
  for (int line = 0; line < lines; ++line) result.recv<std::string>();
}

template <bool is_fixed>
void body() {
  auto [in, text] = mp::Pipe(mp::Duplex::no, {.name = "text"});
  auto [result, out] = mp::Pipe(mp::Duplex::no, {.name = "result"});
  mp::Process filter(mp::fn<&upper>, mp::args(in, out), {.name = "filter"});
  filter.start();
  if (is_fixed) {
    mp::Thread writer([&end = text] { write(end); }, {.name = "writer"});
    writer.start();
    read(result);
    writer.join();
  } else {
    write(text);
    read(result);
  }
  filter.join();
}

}  // namespace filter

}  // namespace

std::vector<Scenario> pipe_both_sending() {
  const std::vector<ExpectedFinding> caught{{.rule = "pipe-both-sending"}};
  return {
      {.name = "misuse/pipe-both-sending-1",
       .summary = "main sends two long jobs before it receives the first long answer",
       .body = &all_jobs_first::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-both-sending-1-fixed",
       .summary = "main receives the long answer to each of two long jobs before it sends the next",
       .body = &all_jobs_first::body<true>},
      {.name = "misuse/pipe-both-sending-2",
       .summary = "two neighbours send each other a page through two pipes and receive then",
       .body = &neighbours::body<&neighbours::swap>,
       .expected = caught},
      {.name = "misuse/pipe-both-sending-2-fixed",
       .summary = "of two neighbours one sends first and the other receives first",
       .body = &neighbours::body<&neighbours::swap_fixed>},
      {.name = "misuse/pipe-both-sending-3",
       .summary = "main writes ten lines to a filter before it reads the first of what comes out",
       .body = &filter::body<false>,
       .expected = caught},
      {.name = "misuse/pipe-both-sending-3-fixed",
       .summary = "a thread writes ten lines to a filter while main reads what comes out",
       .body = &filter::body<true>},
  };
}

}  // namespace heddle::misuse
