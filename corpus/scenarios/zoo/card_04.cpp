// Card 4: an item that cannot be encoded stays counted as unfinished. Nobody can mark it done, so join()
// never returns.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/sample.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

void store(BufferedQueue<Sample>& samples, mp::Value<int>& stored) {
  samples.get();
  stored.value() = 1;
  samples.task_done();
}

template <QueueMistake mistake>
void body() {
  BufferedQueue<Sample> samples(8, mistake);
  mp::Value<int> stored(0, {.name = "stored"});
  mp::Process archive(mp::fn<&store>, mp::args(samples, stored), {.name = "archive"});
  archive.start();
  samples.put({20.5});
  samples.put(no_sample);
  samples.join();
  check(stored.value() == 1, "the sample that is a number is stored once join() returns");
  archive.join();
}

}  // namespace

Rows card_04() {
  return {
      {.name = "zoo/card-04",
       .summary = "a join() on a queue that goes on counting what cannot be encoded",
       .body = &body<QueueMistake::item_stays_counted_on_error>,
       .expected = {{.rule = "deadlock"}}},
      {.name = "zoo/card-04-fixed",
       .summary = "a join() on a queue that counts down what cannot be encoded",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
