// Card 2: an item that cannot be encoded throws the feeder out of its loop. What is put after it stays in the
// buffer for ever.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/sample.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void measure(BufferedQueue<Sample>& samples) {
  for (const Sample sample : {Sample{19.5}, no_sample, Sample{20.5}}) samples.put(sample);
}

template <QueueMistake mistake>
void body() {
  BufferedQueue<Sample> samples(8, mistake);
  mp::Process sensor(mp::fn<&measure>, mp::args(samples), {.name = "sensor"});
  sensor.start();
  const double sum = samples.get().degrees + samples.get().degrees;
  check(sum == 40, "both samples arrive");
  sensor.join();
}

}  // namespace

Rows card_02() {
  return {
      {.name = "zoo/card-02",
       .summary = "samples, one of them no number, in a queue whose feeder ends when one cannot be encoded",
       .body = &body<QueueMistake::feeder_ends_on_error>,
       .expected = {{.rule = "pipe-end-left-open"}}},
      {.name = "zoo/card-02-fixed",
       .summary = "samples, one of them no number, in a queue whose feeder drops what cannot be encoded",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
