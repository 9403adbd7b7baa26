// Joining a process whose feeder holds more than the pipe takes, while nobody gets.
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_communication.hpp>
#include <string>

namespace heddle::misuse {
namespace {

using Pages = mp::Queue<std::string>;

constexpr std::size_t page_bytes = 40'000;  // two of them are more than a pipe takes

void put_pages(Pages& pages, int count) {
  for (int i = 0; i < count; ++i) pages.put(std::string(page_bytes, 'x'));
}

void get_pages(Pages& pages, int count) {
  for (int i = 0; i < count; ++i) pages.get();
}

// Several workers put one page each, which is not much; together it is.
namespace all_joined_first {

template <bool is_fixed>
void body() {
  Pages pages(0, {.name = "pages"});
  mp::Process worker_1(mp::fn<&put_pages>, mp::args(pages, 1), {.name = "worker-1"});
  mp::Process worker_2(mp::fn<&put_pages>, mp::args(pages, 1), {.name = "worker-2"});
  worker_1.start();
  worker_2.start();
  if (is_fixed) get_pages(pages, 2);
  worker_1.join();
  worker_2.join();
  if (!is_fixed) get_pages(pages, 2);
}

}  // namespace all_joined_first

// main wants the first page only and ends; nobody has written a join.
namespace joined_by_the_exit {

template <bool is_fixed>
void body() {
  Pages pages(0, {.name = "pages"});
  mp::Process searcher(mp::fn<&put_pages>, mp::args(pages, 3), {.name = "searcher"});
  searcher.start();
  const std::string first = pages.get();
  if (is_fixed) get_pages(pages, 2);
}

}  // namespace joined_by_the_exit

// First everything is produced, then everything is consumed.
namespace one_after_the_other {

template <bool is_fixed>
void body() {
  Pages pages(0, {.name = "pages"});
  mp::Process producer(mp::fn<&put_pages>, mp::args(pages, 2), {.name = "producer"});
  mp::Process consumer(mp::fn<&get_pages>, mp::args(pages, 2), {.name = "consumer"});
  producer.start();
  if (is_fixed) consumer.start();
  producer.join();
  if (!is_fixed) consumer.start();
  consumer.join();
}

}  // namespace one_after_the_other

}  // namespace

std::vector<Scenario> join_before_drain() {
  const std::vector<ExpectedFinding> caught{{.rule = "join-before-drain"}};
  return {
      {.name = "misuse/join-before-drain-1",
       .summary = "main joins two workers, each of which has put a page, and gets the pages then",
       .body = &all_joined_first::body<false>,
       .expected = caught},
      {.name = "misuse/join-before-drain-1-fixed",
       .summary = "main gets a page of each of two workers and joins them then",
       .body = &all_joined_first::body<true>},
      {.name = "misuse/join-before-drain-2",
       .summary = "main gets the first of three pages and ends, which joins the process that put them",
       .body = &joined_by_the_exit::body<false>,
       .expected = caught},
      {.name = "misuse/join-before-drain-2-fixed",
       .summary = "main gets the first of three pages, takes the others as well and ends",
       .body = &joined_by_the_exit::body<true>},
      {.name = "misuse/join-before-drain-3",
       .summary = "a consumer is started once the producer has been joined",
       .body = &one_after_the_other::body<false>,
       .expected = caught},
      {.name = "misuse/join-before-drain-3-fixed",
       .summary = "a consumer is started before the producer is joined",
       .body = &one_after_the_other::body<true>},
  };
}

}  // namespace heddle::misuse
