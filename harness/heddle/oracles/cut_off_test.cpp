// Processes that are terminated in the middle of something, and at points where it does no harm.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <optional>
#include <string>
#include <variant>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;
using Numbers = mp::Queue<int>;

constexpr std::size_t more_than_a_pipe_holds = 1'000'000;

void send_much(Connection& end) {
  end.send(std::string(more_than_a_pipe_holds, 'x'));
  mp::sleep(100s);
}

void terminate_a_sender() {
  auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pages"});
  auto worker = start<&send_much>("worker", pipe.second);
  mp::sleep(1s);  // it waits for room by now
  worker.terminate();
  worker.join();
}

TEST(CutOff, InTheMiddleOfAMessageThroughAPipe) {
  expect_finding(&terminate_a_sender, "terminated-mid-operation", "pages.sender", {"main", "worker"});
  const std::string sentence = sentence_of(&terminate_a_sender);
  EXPECT_TRUE(sentence.starts_with("worker was struck by main's worker.terminate(): it had written "))
      << sentence;
  EXPECT_TRUE(sentence.find(" bytes of pages.sender.send(") != std::string::npos) << sentence;
}

TEST(CutOff, IsHarmlessWhenTheMessageHasArrived) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "pages"});
    auto worker = start<&send_much>("worker", pipe.second);
    static_cast<void>(pipe.first.recv<std::string>());
    worker.terminate();
    worker.join();
  });
}

void call_and_send(std::string door, std::size_t bytes) {
  mp::Connection line = mp::Client(door);
  line.send(std::string(bytes, 'x'));
  mp::sleep(100s);
}

// Accepts a call, and terminates the caller when it has written or waits for room.
template <std::size_t bytes, bool reads>
void terminate_a_caller() {
  mp::Listener door({}, {.name = "door"});
  mp::Process caller(mp::fn<&call_and_send>, mp::args(std::get<std::string>(door.address()), bytes),
                     {.name = "caller"});
  caller.start();
  mp::Connection line = door.accept();
  if (reads) static_cast<void>(line.recv<std::string>());
  mp::sleep(1s);
  caller.terminate();
  caller.join();
}

TEST(CutOff, InTheMiddleOfAMessageToWhoHasAccepted) {
  const Result result = explore(&terminate_a_caller<more_than_a_pipe_holds, false>, options_of(300));
  EXPECT_EQ(rules_of(result), Names{"terminated-mid-operation"});
}

TEST(CutOff, IsHarmlessWhenWhoHasAcceptedHasTheMessage) {
  expect_silence(&terminate_a_caller<more_than_a_pipe_holds, true>);
  expect_silence(&terminate_a_caller<10, false>);
}

void call_in_vain(std::string door) {
  mp::Connection line = mp::Client(door);
  try {
    line.send(std::string(more_than_a_pipe_holds, 'x'));
  } catch (const mp::OSError&) {
  }
  mp::sleep(100s);
}

TEST(CutOff, IsHarmlessWhereNobodyIsLeftToReadWhatACallerSends) {
  expect_silence([] {
    mp::Listener door({}, {.name = "door"});
    mp::Process caller(mp::fn<&call_in_vain>, mp::args(std::get<std::string>(door.address())),
                       {.name = "caller"});
    caller.start();
    {
      const mp::Connection line = door.accept();
      mp::sleep(1s);
    }
    caller.terminate();
    caller.join();
  });
}

TEST(CutOff, IsHarmlessWhereAProcessWaits) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    mp::Lock lock({.name = "lock"});
    auto getter = start<[](Numbers& queue) { static_cast<void>(queue.get()); }>("getter", tasks);
    lock.acquire();
    auto taker = start<[](mp::Lock& wanted) { wanted.acquire(); }>("taker", lock);
    mp::sleep(1s);  // both wait by now
    getter.terminate();
    taker.terminate();
    lock.release();
    getter.join();
    taker.join();
  });
}

void terminate_a_putter() {
  mp::Queue<std::string> pages(0, {.name = "pages"});
  auto worker = start<[](mp::Queue<std::string>& queue) {
    queue.put(std::string(more_than_a_pipe_holds, 'x'));
    mp::sleep(100s);
  }>("worker", pages);
  mp::sleep(1s);  // its feeder waits for room by now
  worker.terminate();
  worker.join();
}

TEST(CutOff, InTheMiddleOfAMessageToAQueue) {
  expect_finding(&terminate_a_putter, "queue-holder-killed", "pages", {"main", "worker"});
  const std::string sentence = sentence_of(&terminate_a_putter);
  EXPECT_TRUE(sentence.starts_with("worker was struck by main's worker.terminate(): it had written "))
      << sentence;
  EXPECT_TRUE(sentence.find(" bytes of pages.put(") != std::string::npos) << sentence;
}

TEST(CutOff, InTheMiddleOfTakingAMessage) {
  expect_finding(
      [] {
        mp::Queue<std::string> pages(0, {.name = "pages"});
        pages.cancel_join_thread();  // where nothing is taken, main does not wait for its feeder
        pages.put(std::string(more_than_a_pipe_holds, 'x'));
        auto worker =
            start<[](mp::Queue<std::string>& queue) { static_cast<void>(queue.get()); }>("worker", pages);
        worker.kill();
        worker.join();
      },
      "queue-holder-killed", "pages", {"main", "worker"});
}

void count_up(mp::DictProxy<std::string, int>& counts) { counts.set("done", 1); }

TEST(CutOff, BetweenARequestToAManagerAndItsAnswer) {
  expect_finding(
      [] {
        mp::Manager manager;
        auto counts = manager.dict<std::string, int>("counts");
        auto worker = start<&count_up>("worker", counts);
        worker.kill();
        worker.join();
      },
      "terminated-mid-operation", "counts", {"main", "worker"});
}

TEST(CutOff, IsNoneOfAProcessThatIsJoined) {
  expect_silence([] {
    mp::Manager manager;
    auto counts = manager.dict<std::string, int>("counts");
    auto worker = start<&count_up>("worker", counts);
    worker.join();
  });
}

void work_slowly(Numbers& tasks, Numbers& results) {
  while (true) {
    const int task = tasks.get();
    mp::sleep(10s);
    results.put(task);
  }
}

void end_early() {
  Numbers tasks(0, {.name = "tasks"});
  Numbers results(0, {.name = "results"});
  auto worker = start_daemon<&work_slowly>("worker", tasks, results);
  tasks.put(7);
  mp::sleep(1s);
}

TEST(DaemonWorkLost, WhenMainEndsWhileItWorks) {
  expect_finding(&end_early, "daemon-work-lost", "tasks", {"main", "worker"});
  EXPECT_EQ(sentence_of(&end_early),
            "worker was stopped when main ended: it had got 7 by tasks.get() and done nothing with it yet");
}

TEST(DaemonWorkLost, IsNoneWhenMainWaitsForTheResults) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    Numbers results(0, {.name = "results"});
    auto first = start_daemon<&work_slowly>("first", tasks, results);
    auto second = start_daemon<&work_slowly>("second", tasks, results);
    for (int i = 0; i < 2; ++i) tasks.put(i);
    for (int i = 0; i < 2; ++i) static_cast<void>(results.get());
  });
}

TEST(DaemonWorkLost, IsNoneWhenMainJoinsTheQueue) {
  expect_silence([] {
    mp::JoinableQueue<int> tasks(0, {.name = "tasks"});
    auto worker = start_daemon<[](mp::JoinableQueue<int>& queue) {
      while (true) {
        static_cast<void>(queue.get());
        mp::sleep(10s);
        queue.task_done();
      }
    }>("worker", tasks);
    for (int i = 0; i < 2; ++i) tasks.put(i);
    tasks.join();
  });
}

void get_for_ever(Numbers& tasks) {
  while (true) static_cast<void>(tasks.get());
}

TEST(DaemonWorkLost, IsNoneOfIdleWorkers) {
  expect_silence([] {
    Numbers tasks(0, {.name = "tasks"});
    auto first = start_daemon<&get_for_ever>("first", tasks);
    auto second = start_daemon<&get_for_ever>("second", tasks);
    for (int i = 0; i < 3; ++i) tasks.put(i);
    mp::sleep(1s);
  });
}

void put_much(mp::Queue<std::string>& pages) {
  pages.put(std::string(more_than_a_pipe_holds, 'x'));
  mp::sleep(100s);
}

void read_later(mp::Queue<std::string>& pages) {
  mp::sleep(10s);
  try {
    static_cast<void>(pages.get());
  } catch (const mp::OwnerDied&) {
    outcome("torn");
  }
}

TEST(DaemonWorkLost, WhenItHasWrittenHalfAMessageThatSomebodyWillRead) {
  expect_finding(
      [] {
        mp::Queue<std::string> pages(0, {.name = "pages"});
        auto reader = start<&read_later>("reader", pages);
        auto writer = start_daemon<&put_much>("writer", pages);
        mp::sleep(1s);
      },
      "daemon-work-lost", "pages", {"main", "writer"});
}

TEST(DaemonWorkLost, IsNoneWhenNobodyIsLeftToReadTheMessage) {
  expect_silence([] {
    mp::Queue<std::string> pages(0, {.name = "pages"});
    auto writer = start_daemon<&put_much>("writer", pages);
    mp::sleep(1s);
  });
}

// --- items that come through connections -------------------------------------------------------------------

void do_jobs(Connection& jobs, mp::Value<int>& done) {
  while (true) {
    const int job = jobs.recv<int>();
    mp::sleep(10s);
    done.value() = job;
  }
}

template <mp::Duplex duplex>
void hand_out_and_end() {
  auto pipe = mp::Pipe(duplex, {.name = "jobs"});
  mp::Value<int> done(0, {.name = "done"});
  auto worker = start_daemon<&do_jobs>("worker", pipe.first, done);
  pipe.second.send(7);
  mp::sleep(1s);
}

TEST(DaemonWorkLost, OfAMessageThatItHasReceived) {
  expect_finding(&hand_out_and_end<mp::Duplex::no>, "daemon-work-lost", "jobs.receiver", {"main", "worker"});
  expect_finding(&hand_out_and_end<mp::Duplex::yes>, "daemon-work-lost", "jobs.a", {"main", "worker"});
  EXPECT_EQ(
      sentence_of(&hand_out_and_end<mp::Duplex::no>),
      "worker was stopped when main ended: it had got 7 by jobs.receiver.recv() and done nothing with it "
      "yet");
}

void answer(Connection& client) {
  while (true) {
    const int question = client.recv<int>();
    mp::sleep(1s);
    client.send(question + 1);
  }
}

template <int questions_unheard>
void ask_and_end() {
  auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "talk"});
  auto server = start_daemon<&answer>("server", pipe.first);
  for (int i = 0; i < 2; ++i) {
    pipe.second.send(i);
    static_cast<void>(pipe.second.recv<int>());
  }
  for (int i = 0; i < questions_unheard; ++i) pipe.second.send(i);
  mp::sleep(500ms);
}

TEST(DaemonWorkLost, OfAQuestionThatNobodyWaitsToHaveAnswered) {
  expect_finding(&ask_and_end<1>, "daemon-work-lost", "talk.a", {"main", "server"});
}

TEST(DaemonWorkLost, IsNoneOfAServerThatHasAnswered) { expect_silence(&ask_and_end<0>); }

/// main tells a daemon something and ends while it goes on with what it does all the time.
template <auto life>
void tell_and_end() {
  auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "control"});
  mp::Event stop({.name = "stop"});
  mp::Value<int> state(0, {.name = "state"});
  auto daemon = start_daemon<life>("daemon", pipe.first, stop, state);
  pipe.second.send(1);
  mp::sleep(5s);
}

TEST(DaemonWorkLost, IsNoneOfWhoPollsForTheNextMessage) {
  expect_silence(&tell_and_end<[](Connection& control, mp::Event&, mp::Value<int>&) {
    int pace = 1;
    while (true) {
      if (control.poll(std::chrono::seconds(pace))) pace = control.recv<int>();
    }
  }>);
  expect_silence(&tell_and_end<[](Connection& control, mp::Event&, mp::Value<int>&) {
    while (true) {
      if (control.poll()) static_cast<void>(control.recv<int>());
      while (!control.poll()) mp::sleep(1s);
    }
  }>);
}

TEST(DaemonWorkLost, IsNoneOfWhoIsToldHowToAndWaitsForTheWord) {
  expect_silence(&tell_and_end<[](Connection& control, mp::Event& stop, mp::Value<int>&) {
    static_cast<void>(control.recv<int>());
    stop.wait();
  }>);
  expect_silence(&tell_and_end<[](Connection& control, mp::Event& stop, mp::Value<int>&) {
    static_cast<void>(control.recv<int>());
    while (!stop.is_set()) mp::sleep(2s);
  }>);
  expect_silence(&tell_and_end<[](Connection& control, mp::Event&, mp::Value<int>& state) {
    static_cast<void>(control.recv<int>());
    mp::Listener door({}, {.name = "door"});
    if (state.value() == 0) static_cast<void>(door.accept());
  }>);
}

TEST(DaemonWorkLost, IsNoneOfWhoWatchesAValueAndHasBeenToldHow) {
  expect_silence(&tell_and_end<[](Connection& control, mp::Event&, mp::Value<int>& state) {
    static_cast<void>(control.recv<int>());
    while (state.value() < 9) mp::sleep(400ms);
  }>);
}

TEST(DaemonWorkLost, IsNoneOfWhoWaitsForAPermitAndHasBeenToldHow) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "control"});
    mp::Semaphore rounds(0, {.name = "rounds"});
    auto daemon = start_daemon<[](Connection& control, mp::Semaphore& permits) {
      static_cast<void>(control.recv<int>());
      permits.acquire();
    }>("daemon", pipe.first, rounds);
    pipe.second.send(1);
    mp::sleep(5s);
  });
}

TEST(DaemonWorkLost, IsNoneOfWhoHasReturnedAndWaitsForItsThread) {
  expect_silence(&tell_and_end<[](Connection& control, mp::Event&, mp::Value<int>&) {
    mp::Thread ticker([] { mp::sleep(100s); }, {.name = "ticker"});
    ticker.start();
    static_cast<void>(control.recv<int>());
  }>);
}

void watch(Connection& service) {
  while (true) {
    service.send(1);  // how is it?
    static_cast<void>(service.recv<int>());
    mp::sleep(10s);
  }
}

TEST(DaemonWorkLost, IsNoneOfAnAnswerThatItHasAskedFor) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::yes, {.name = "service"});
    auto watcher = start_daemon<&watch>("watcher", pipe.first);
    pipe.second.send(pipe.second.recv<int>() + 1);
    mp::sleep(5s);
  });
}

TEST(DaemonWorkLost, IsNoneOfASentinel) {
  expect_silence([] {
    auto pipe = mp::Pipe(mp::Duplex::no, {.name = "jobs"});
    auto daemon = start_daemon<[](Connection& jobs) {
      while (jobs.recv<std::optional<int>>()) continue;
      mp::sleep(10s);
    }>("daemon", pipe.first);
    pipe.second.send(std::optional<int>());
    mp::sleep(5s);
  });
}

}  // namespace
}  // namespace heddle
