// Card 26: all readers have ended, and the process that still writes keeps a copy of the reading end of its
// own. Its feeder is never told that nobody reads, and whoever joins it waits for ever.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>

namespace heddle::zoo {
namespace {

constexpr std::size_t page_bytes = 40'000;  // a pipe takes one and a half

// Reads until it has found something.
void search(BufferedQueue<std::string>& pages) { pages.get(); }

template <QueueMistake mistake>
void body() {
  BufferedQueue<std::string> pages(8, mistake);
  mp::Process reader(mp::fn<&search>, mp::args(pages), {.name = "reader"});
  reader.start();
  for (int page = 0; page < 3; ++page) pages.put(std::string(page_bytes, 'x'));
  reader.join();
  pages.abandon();
}

}  // namespace

Rows card_26() {
  return {
      {.name = "zoo/card-26",
       .summary = "pages for a reader that has ended, in a queue that keeps its own reading end",
       .body = &body<QueueMistake::reader_is_kept_when_flushing>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-26-fixed",
       .summary = "pages for a reader that has ended, in a queue that closes its own reading end",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
