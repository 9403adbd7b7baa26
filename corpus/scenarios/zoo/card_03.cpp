// Card 3: the slot of an item that cannot be encoded is not given back. A queue with room for one is full for
// ever after.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/sample.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void measure(BufferedQueue<Sample>& samples) {
  samples.put(no_sample);
  samples.put({20.5});
}

template <QueueMistake mistake>
void body() {
  BufferedQueue<Sample> samples(1, mistake);
  mp::Process sensor(mp::fn<&measure>, mp::args(samples), {.name = "sensor"});
  sensor.start();
  check(samples.get().degrees == 20.5, "the sample that is a number arrives");
  sensor.join();
}

}  // namespace

Rows card_03() {
  return {
      {.name = "zoo/card-03",
       .summary = "samples in a queue for one that keeps the slot of what cannot be encoded",
       .body = &body<QueueMistake::slot_is_kept_on_error>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-03-fixed",
       .summary = "samples in a queue for one that gives back the slot of what cannot be encoded",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
