// Card 5: a process that made the queue itself does not wait for its feeder when it ends. A feeder that is in
// the middle of a long message, because the reader is slow, is cut off there.
//
// A process waits for its children, so the reader here is the creator's parent: the creator sends it the
// reading end of its queue.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/buffered_queue.hpp>
#include <scenarios/zoo/zoo.hpp>
#include <string>

namespace heddle::zoo {
namespace {

constexpr std::size_t picture_bytes = 200'000;  // three times what a pipe takes

template <QueueMistake mistake>
void paint(mp::Connection& home) {
  BufferedQueue<std::string> pictures(8, mistake);
  pictures.send_reader(home);
  pictures.put(std::string(picture_bytes, 'x'));
}

template <QueueMistake mistake>
void body() {
  auto [home, away] = mp::Pipe(mp::Duplex::yes, {"home", "away"});
  mp::Process painter(mp::fn<&paint<mistake>>, mp::args(away), {.name = "painter"});
  painter.start();
  auto pictures = home.recv<mp::Connection>();
  const mp::Bytes message = pictures.recv_bytes();
  check(mp::decode_message<std::string>(message).size() == picture_bytes, "the picture arrives whole");
  painter.join();
}

}  // namespace

Rows card_05() {
  return {
      {.name = "zoo/card-05",
       .summary = "a long picture in a queue whose creator ends without waiting for its feeder",
       .body = &body<QueueMistake::creator_does_not_flush>,
       .expected = {{.rule = "crash"}}},
      {.name = "zoo/card-05-fixed",
       .summary = "a long picture in a queue whose creator waits for its feeder before it ends",
       .body = &body<QueueMistake::none>},
  };
}

}  // namespace heddle::zoo
