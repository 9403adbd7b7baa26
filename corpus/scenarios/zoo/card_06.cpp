// Card 6: close() closes the reading end before the feeder has written what is in the buffer. In a process
// that alone has that end, the feeder writes to nobody.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

// A list of what to try next, of which what is found makes the rest unnecessary.
template <QueueMistake mistake>
void body() {
  BufferedQueue<int> candidates(8, mistake);
  for (const int candidate : {7, 12, 13}) candidates.put(candidate);
  int even = candidates.get();
  while (even % 2 == 1) even = candidates.get();
  check(even == 12, "the first even number is found");
  candidates.close();
  candidates.join_thread();
}

}  // namespace

Rows card_06() {
  return {
      {.name = "zoo/card-06",
       .summary = "a list of candidates in a queue that closes its reading end first",
       .body = &body<QueueMistake::reader_is_closed_first>,
       .expected = {{.rule = "pipe-peer-closed"}}},
      {.name = "zoo/card-06-fixed",
       .summary = "a list of candidates in a queue that closes its ends when all is written",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
