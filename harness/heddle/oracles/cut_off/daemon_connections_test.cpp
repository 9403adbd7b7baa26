// Daemons whose work comes through connections.
#include <gtest/gtest.h>

#include <chrono>
#include <heddle/trial/trial.hpp>
#include <optional>

namespace heddle {
namespace {

using namespace std::chrono_literals;
using namespace trial;
using mp::Connection;

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
