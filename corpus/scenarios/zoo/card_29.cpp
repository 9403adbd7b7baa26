// Card 29: a frame is written in two pieces, and writers take no lock. The pieces of two frames fall in
// between each other, and the reader takes the one for the other.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/framed_queue.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>

namespace heddle::zoo {
namespace {

void log(FramedQueue& lines, const std::string& line) { lines.put(line); }

template <FrameMistake mistake>
void body() {
  FramedQueue lines(mistake);
  mp::Process server_1(mp::fn<&log>, mp::args(lines, std::string("up")), {.name = "server-1"});
  mp::Process server_2(mp::fn<&log>, mp::args(lines, std::string("ready")), {.name = "server-2"});
  server_1.start();
  server_2.start();
  check(lines.get().size() + lines.get().size() == 7, "both lines arrive");
  server_1.join();
  server_2.join();
}

}  // namespace

Rows card_29() {
  return {
      {.name = "zoo/card-29",
       .summary = "two servers log through one pipe in frames of two pieces",
       .body = &body<FrameMistake::writers_take_no_lock>,
       .expected = {{.rule = "pipe-multi-writer"}, {.rule = "crash"}}},
      {.name = "zoo/card-29-fixed",
       .summary = "two servers log through one pipe in frames of two pieces, written under a lock",
       .body = &body<FrameMistake::none>},
  };
}

}  // namespace heddle::zoo
