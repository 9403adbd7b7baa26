// A process class that joins itself, for which only its parent may wait: as a pause, by a method that is
// meant for its owner, in a thread that waits for the end of the work. Mended by waiting for an event, by
// leaving the join to the owner, by joining the thread that works.
#include <chrono>
#include <heddle/api/heddle.hpp>
#include <mp/multiprocessing.hpp>
#include <scenarios/misuse/misuse_processes.hpp>
#include <tuple>

namespace heddle::misuse {
namespace {

using namespace std::chrono_literals;

// Looks every now and then whether main has seen enough.
template <bool waits_for_the_event>
class Sampler : public mp::ProcessClass<Sampler<waits_for_the_event>> {
 public:
  explicit Sampler(mp::Event& enough) : mp::ProcessClass<Sampler>({.name = "sampler"}), enough_(enough) {}
  auto members() { return std::tie(enough_); }

  void run() {
    while (!enough_.is_set()) pause();
  }

 private:
  void pause() {
    if constexpr (waits_for_the_event)
      enough_.wait(100ms);
    else
      this->join(100ms);
  }

  mp::Event& enough_;
};

template <bool waits_for_the_event>
void sampling() {
  mp::Event enough({.name = "enough"});
  Sampler<waits_for_the_event> sampler(enough);
  sampler.start();
  mp::sleep(1s);
  enough.set();
  sampler.join();
}

// Handles orders until there is one that it cannot handle, or main stops it.
template <bool stops_itself>
class Kitchen : public mp::ProcessClass<Kitchen<stops_itself>> {
 public:
  Kitchen(mp::Queue<int>& orders, mp::Event& closed)
      : mp::ProcessClass<Kitchen>({.name = "kitchen"}), orders_(orders), closed_(closed) {}
  auto members() { return std::tie(orders_, closed_); }

  void run() {
    while (!closed_.is_set()) {
      if (orders_.get() >= 0) continue;
      if constexpr (stops_itself)
        stop();
      else
        closed_.set();
    }
  }

  void stop() {
    closed_.set();
    this->join();
  }

 private:
  mp::Queue<int>& orders_;
  mp::Event& closed_;
};

template <bool stops_itself>
void closing_time() {
  mp::Queue<int> orders(0, {.name = "orders"});
  mp::Event closed({.name = "closed"});
  Kitchen<stops_itself> kitchen(orders, closed);
  kitchen.start();
  for (const int order : {2, -1}) orders.put(order);
  closed.wait();
  kitchen.stop();
}

// Does its work beside a thread that tells main how it is, and when the work is done, that too.
template <bool joins_a_thread>
class Courier : public mp::ProcessClass<Courier<joins_a_thread>> {
 public:
  explicit Courier(mp::SimpleQueue<int>& news)
      : mp::ProcessClass<Courier>({.name = "courier"}), news_(news) {}
  auto members() { return std::tie(news_); }

  void run() {
    mp::Thread work([] { mp::sleep(1s); }, {.name = "work"});
    work.start();
    mp::Thread teller([&] { tell(work); }, {.name = "teller"});
    teller.start();
    teller.join();
  }

 private:
  void tell(mp::Thread& work) {
    news_.put(1);
    if constexpr (joins_a_thread)
      work.join();
    else
      this->join();
    news_.put(2);
  }

  mp::SimpleQueue<int>& news_;
};

template <bool joins_a_thread>
void delivery() {
  mp::SimpleQueue<int> news({.name = "news"});
  Courier<joins_a_thread> courier(news);
  courier.start();
  for (int message = 1; message <= 2; ++message) check(news.get() == message, "news come in order");
  courier.join();
}

}  // namespace

std::vector<Scenario> join_foreign_process() {
  const std::vector<ExpectedFinding> rejected = {{.rule = "join-foreign-process"}};
  return {
      {.name = "misuse/join-foreign-process-1",
       .summary = "the run() of a process class pauses by a join(100ms) of itself",
       .body = &sampling<false>,
       .expected = rejected},
      {.name = "misuse/join-foreign-process-1-fixed",
       .summary = "the run() of a process class pauses by a wait(100ms) for an Event",
       .body = &sampling<true>},
      {.name = "misuse/join-foreign-process-2",
       .summary = "a process class has a stop() that joins, for its owner, and its run() calls it",
       .body = &closing_time<true>,
       .expected = rejected},
      {.name = "misuse/join-foreign-process-2-fixed",
       .summary = "a process class has a stop() that joins, and its run() sets the Event alone",
       .body = &closing_time<false>},
      {.name = "misuse/join-foreign-process-3",
       .summary = "a thread of a process class joins the process to tell that its work is done",
       .body = &delivery<false>,
       .expected = rejected},
      {.name = "misuse/join-foreign-process-3-fixed",
       .summary = "a thread of a process class joins another thread to tell that its work is done",
       .body = &delivery<true>},
  };
}

}  // namespace heddle::misuse
