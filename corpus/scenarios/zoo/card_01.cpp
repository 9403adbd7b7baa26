// Card 1: an item is counted as unfinished only when it is in the queue already. A consumer that is quick
// enough marks it done before it was counted.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/counted_queue.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

constexpr int letters = 2;

void carry(CountedQueue<int>& post, mp::Value<int>& delivered) {
  for (int letter = 0; letter < letters; ++letter) {
    post.get();
    {
      const mp::With held(delivered.get_lock());
      delivered.value() += 1;
    }
    post.task_done();
  }
}

template <CountMistake mistake>
void body() {
  CountedQueue<int> post(mistake);
  mp::Value<int> delivered(0, {.name = "delivered"});
  mp::Process carrier(mp::fn<&carry>, mp::args(post, delivered), {.name = "carrier"});
  carrier.start();
  for (int letter = 0; letter < letters; ++letter) post.put(letter);
  post.join();
  check(delivered.value() == letters, "all letters are delivered once join() returns");
  carrier.join();
}

}  // namespace

Rows card_01() {
  return {
      {.name = "zoo/card-01",
       .summary = "letters in a joinable queue that counts an item after it has put it",
       .body = &body<CountMistake::counts_after_put>,
       .expected = {{.rule = "crash"}, {.rule = "deadlock"}}},
      {.name = "zoo/card-01-fixed",
       .summary = "letters in a joinable queue that counts an item before it puts it",
       .body = &body<CountMistake::none>},
  };
}

}  // namespace heddle::zoo
