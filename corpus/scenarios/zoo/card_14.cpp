// Card 14: two siblings draw the same random name, and the second opens what the first has made. Both have
// one lock and believe that they have two.
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/zoo/named_lock.hpp>
#include <scenarios/zoo/zoo.hpp>

namespace heddle::zoo {
namespace {

template <NameMistake mistake>
void keep_diary(NameSource& names) {
  NamedLock own(names, mistake);
  check(own.try_acquire(), "a lock of one's own is free when it is new");
  mp::sleep(std::chrono::milliseconds(10));
  own.release();
}

template <NameMistake mistake>
void body() {
  NameSource names(1);
  mp::Process anna(mp::fn<&keep_diary<mistake>>, mp::args(names), {.name = "anna"});
  mp::Process bert(mp::fn<&keep_diary<mistake>>, mp::args(names), {.name = "bert"});
  anna.start();
  bert.start();
  anna.join();
  bert.join();
}

}  // namespace

Rows card_14() {
  return {
      {.name = "zoo/card-14",
       .summary = "two siblings make a lock each, and open what has the name that they draw",
       .body = &body<NameMistake::opens_what_is_there>,
       .expected = {{.rule = "assertion"}}},
      {.name = "zoo/card-14-fixed",
       .summary = "two siblings make a lock each, and draw again where the name is taken",
       .body = &body<NameMistake::none>},
  };
}

}  // namespace heddle::zoo
