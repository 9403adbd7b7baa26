// Listeners under many callers, and under callers and servers who are killed: everybody comes to an end, and
// nothing is left behind.
#include <mp/stress/storm.hpp>

namespace mp::stress {
namespace {

using namespace std::chrono_literals;

const AuthenticationKey key("of the stress tests");

std::string path_of(const Listener& listener) { return std::get<std::string>(listener.address()); }

/// One call and its answer. What a server's death refuses is an end like any other.
void ask(const Address& address) {
  Connection connection = Client(address, {.authkey = key, .handshake_timeout = hang_deadline});
  connection.send(1);
  if (connection.recv<int>() != 2) exit("the answer is to something else");
}

void answer_one(Listener& listener) {
  Connection connection = listener.accept();
  connection.send(connection.recv<int>() + 1);
}

/// Threads that keep doing something until they are told to stop; then `wake` gets them out of a wait.
template <class Body, class Wake>
class Crew {
 public:
  Crew(int size, Body body, Wake wake) : wake_(wake) {
    for (int i = 0; i < size; ++i) {
      threads_.emplace_back([this, body] {
        while (os().load(stop_) == 0) {
          try {
            body();
          } catch (const Error&) {
          }
        }
        os().fetch_add(stop_, 1);
      });
    }
    for (Thread& thread : threads_) thread.start();
  }
  ~Crew() {
    os().store(stop_, 1);
    while (os().load(stop_) <= threads_.size()) wake_();
    for (Thread& thread : threads_) thread.join();
  }
  Crew(const Crew&) = delete;
  Crew& operator=(const Crew&) = delete;

 private:
  Wake wake_;
  Word stop_;  // then one more for each that has ended
  std::vector<Thread> threads_;
};

void call_often_by_path(std::string& path) {
  for (int i = 0; i < operations() / 5; ++i) ask(path);
}
void call_often_by_port(int& port) {
  for (int i = 0; i < operations() / 5; ++i)
    ask(InternetAddress{.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)});
}

// By another key, of which accept() tells its caller; one who only went away it would leave out. Nobody may
// be left to answer, so it does not wait for long.
void wake_up(const Address& address) {
  try {
    Client(address, {.authkey = AuthenticationKey("another"), .handshake_timeout = 0.1s});
  } catch (const Error&) {
  }
}

TEST_F(Stress, AListenerServesAllWhoCallByPath) {
  Listener listener(Address{}, {.backlog = crowd_size, .authkey = key});
  std::string path = path_of(listener);
  const Crew servers(
      2, [&] { answer_one(listener); }, [&] { wake_up(path); });
  run_crowd<&call_often_by_path>(crowd_size, path);
}

TEST_F(Stress, AListenerServesAllWhoCallByPort) {
  Listener listener(InternetAddress{}, {.backlog = 128, .authkey = key});
  int port = std::get<InternetAddress>(listener.address()).port;
  const Crew servers(
      2, [&] { answer_one(listener); }, [&] { wake_up(listener.address()); });
  run_crowd<&call_often_by_port>(crowd_size, port);
}

void call_once(std::string& path) { ask(path); }

TEST_F(Stress, AListenerOutlivesItsCallers) {
  Listener listener(Address{}, {.backlog = crowd_size, .authkey = key});
  std::string path = path_of(listener);
  const Crew servers(
      2, [&] { answer_one(listener); }, [&] { wake_up(path); });
  Storm<&call_once, std::string> storm(path);
  storm.rage(kills());
}

TEST_F(Stress, CallersOutliveTheirServers) {
  Listener listener(Address{}, {.backlog = crowd_size, .authkey = key});
  const Address address = listener.address();
  const Crew callers(
      3, [&] { ask(address); }, [] { os().sleep_until(os().now() + 1ms); });
  {
    Storm<&answer_one, Listener> storm(listener);
    storm.rage(kills());
  }
  listener.close();  // or whoever has called would wait for an answer
}

}  // namespace
}  // namespace mp::stress
