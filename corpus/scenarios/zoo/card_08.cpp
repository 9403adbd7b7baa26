// Card 8: the timeout of a get() covers the wait for a frame to begin, and not the wait for the rest of it. A
// writer that is killed in between leaves the reader waiting for ever, whatever its timeout.
#include <chrono>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/framed_queue.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void report(FramedQueue& reports) { reports.put("all is well"); }

template <FrameMistake mistake>
void body() {
  FramedQueue reports(mistake);
  mp::Process station(mp::fn<&report>, mp::args(reports), {.name = "station"});
  station.start();
  try {
    reports.get(std::chrono::seconds(5));
  } catch (const mp::Empty&) {
    // The station was killed before it had reported.
  }
  station.join();
}

}  // namespace

Rows card_08() {
  return {
      {.name = "zoo/card-08",
       .summary = "a report, of a station that may be killed, whose timeout covers its beginning",
       .body = &body<FrameMistake::timeout_covers_the_poll_alone>,
       .expected = {{.rule = "pipe-end-left-open"}},
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
      {.name = "zoo/card-08-fixed",
       .summary = "a report, of a station that may be killed, whose timeout covers all of it",
       .body = &body<FrameMistake::none>,
       .granularity = Granularity::os,
       .faults = {ChoiceKind::kill}},
  };
}

}  // namespace heddle::zoo
