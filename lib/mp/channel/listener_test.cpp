// Listener and Client on the real Os: addresses, what is left behind, and callers who should authenticate and
// do not. What holds in every world is in corpus/contract.
#include <mp/channel/listener.hpp>

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <cerrno>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/channel/client.hpp>
#include <mp/channel/framing.hpp>
#include <mp/channel/handshaking.hpp>
#include <mp/channel/pipe.hpp>
#include <mp/channel/reception.hpp>
#include <mp/os/posix_os.hpp>
#include <mp/process/process.hpp>
#include <mp/process/recording_os.hpp>
#include <mp/process/thread.hpp>

namespace mp {
namespace {

using namespace std::chrono_literals;

const AuthenticationKey key("the key");

std::string path_of(const Listener& listener) { return std::get<std::string>(listener.address()); }
bool exists(const std::string& path) {
  struct stat found {};
  return ::stat(path.c_str(), &found) == 0;
}

/// Raw: a caller that does as a test tells it.
Descriptor call(const Listener& listener) {
  return os().connect(Endpoint(listener.address(), std::nullopt).socket_address()).value();
}
void hang_up(Descriptor fd) { ASSERT_TRUE(os().close(fd)); }

/// A client in a thread of its own, with what came of it.
class Caller {
 public:
  Caller(const Address& address, ClientOptions options)
      : thread_([this, address, options] { run(address, options); }, {.name = "caller"}) {
    thread_.start();
  }
  /// The exception's words; what was received if there was none.
  std::string outcome() {
    thread_.join();
    return outcome_;
  }

 private:
  void run(const Address& address, const ClientOptions& options) {
    try {
      Connection connection = Client(address, options);
      outcome_ = connection.recv<std::string>();
    } catch (const Error& error) {
      outcome_ = error.what();
    }
  }
  std::string outcome_;
  Thread thread_;
};

// --- addresses --------------------------------------------------------------------------------------------

TEST(Listener, MakesAFileInAPrivateDirectoryAndTakesBothAway) {
  Listener listener;
  const std::string path = path_of(listener);
  const std::string directory = path.substr(0, path.rfind('/'));
  struct stat found {};
  ASSERT_EQ(::stat(directory.c_str(), &found), 0);
  EXPECT_EQ(found.st_mode & 0777U, 0700U);
  EXPECT_TRUE(exists(path));
  listener.close();
  EXPECT_FALSE(exists(path) || exists(directory));
}

TEST(Listener, TakesItsFileAwayWhenItIsDestroyed) {
  std::string path;
  {
    const Listener listener;
    path = path_of(listener);
  }
  EXPECT_FALSE(exists(path));
}

void listen_and_leave(Connection& tell) {
  auto* const listener = new Listener;  // never destroyed: the exit sequence is what is left
  tell.send(path_of(*listener));
}

TEST(Listener, TakesItsFileAwayWhenItsProcessEnds) {
  auto [here, there] = Pipe();
  Process process(fn<&listen_and_leave>, args(there));
  process.start();
  const std::string path = here.recv<std::string>();
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
  EXPECT_FALSE(exists(path));
}

void accept_one(Listener& listener) {
  listener.accept().send(std::string("from a child"));
  listener.close();
}

TEST(Listener, OfAChildAcceptsAndLeavesTheFileToItsMaker) {
  Listener listener(Address{}, {.authkey = key});
  Process process(fn<&accept_one>, args(listener));
  process.start();
  Connection connection = Client(listener.address(), {.authkey = key});
  EXPECT_EQ(connection.recv<std::string>(), "from a child");
  process.join();
  EXPECT_EQ(process.exitcode(), 0);
  EXPECT_TRUE(exists(path_of(listener)));
}

TEST(Listener, RefusesAddressesThatItCannotHave) {
  EXPECT_THROW(Listener("\\\\.\\pipe\\name"), ValueError);
  EXPECT_THROW(Listener(Address{}, {.family = Family::pipe}), ValueError);
  EXPECT_THROW(Listener("/path", {.family = Family::internet}), ValueError);
  EXPECT_THROW(Listener(InternetAddress{.host = "192.0.2.1"}), OSError);
  EXPECT_THROW(Listener("/nowhere/at/all"), FileNotFoundError);
  EXPECT_THROW(Client(Address{}), ValueError);
}

TEST(Listener, LeavesNothingBehindWhenItCannotListen) {
  const Descriptor before = os().duplicate(0).value();
  hang_up(before);
  EXPECT_THROW(Listener("/nowhere/at/all"), FileNotFoundError);
  const Descriptor after = os().duplicate(0).value();
  hang_up(after);
  EXPECT_EQ(after, before);
}

TEST(Address, CrossesAsItIs) {
  for (const Address& address :
       {Address(), Address("/a/path"), Address(InternetAddress{.host = "127.0.0.1", .port = 65'535})}) {
    Encoder encoder(Crossing::message);
    encode_address(encoder, address);
    const Bytes bytes = encoder.take();
    Decoder decoder(bytes);
    EXPECT_EQ(decode_address(decoder), address);
    decoder.finish();
  }
}

TEST(Address, OfNoKindIsADecodeError) {
  Encoder encoder(Crossing::message);
  encoder.natural(7);
  const Bytes bytes = encoder.take();
  Decoder decoder(bytes);
  EXPECT_THROW(decode_address(decoder), DecodeError);
}

// LIS-05: whatever is no key does not compile.
static_assert(std::is_constructible_v<AuthenticationKey, std::string_view>);
static_assert(!std::is_convertible_v<std::string, std::optional<AuthenticationKey>>);

// --- callers who do not authenticate -----------------------------------------------------------------------

TEST(Listener, ServesOthersWhileACallerIsSilentAndDropsThatOneInTime) {
  Listener listener(Address{}, {.backlog = 5, .authkey = key, .handshake_timeout = 0.1s});
  const Descriptor silent = call(listener);
  Caller caller(listener.address(), {.authkey = key});
  listener.accept().send(std::string("served"));
  EXPECT_EQ(caller.outcome(), "served");
  Thread waiting([&] { EXPECT_THROW(listener.accept(), AuthenticationError); });
  waiting.start();
  const tl::expected<Bytes, MessageFailure> challenge = read_message(os(), silent);
  ASSERT_TRUE(challenge);
  const tl::expected<Bytes, MessageFailure> more = read_message(os(), silent);
  ASSERT_FALSE(more);
  EXPECT_EQ(more.error().kind, MessageFailure::Kind::end_of_file);
  Caller wrong(listener.address(), {.authkey = AuthenticationKey("wrong")});
  EXPECT_EQ(wrong.outcome(), "digest sent was rejected");
  waiting.join();
  hang_up(silent);
}

TEST(Listener, IsNotDisturbedByCallersWhoVanishAtAnyPoint) {
  Listener listener(Address{}, {.backlog = 20, .authkey = key});
  const std::string answer = std::string("\0\0\0\x10", 4) + std::string(16, 'x');
  for (std::size_t length = 0; length < answer.size(); ++length) {
    const Descriptor fd = call(listener);
    ASSERT_TRUE(write_all(os(), fd, std::as_bytes(std::span(answer)).first(length)));
    hang_up(fd);
  }
  Caller caller(listener.address(), {.authkey = key});
  listener.accept().send(std::string("served"));
  EXPECT_EQ(caller.outcome(), "served");
}

TEST(Listener, TellsTheProgramOfACallerWhoSpeaksSomethingElse) {
  Listener listener(InternetAddress{}, {.authkey = key});
  const Descriptor fd = call(listener);
  const std::string_view words = "GET / HTTP/1.1\r\n\r\n";
  ASSERT_TRUE(write_all(os(), fd, std::as_bytes(std::span(words))));
  EXPECT_THROW(listener.accept(), AuthenticationError);
  hang_up(fd);
}

TEST(Listener, LetsTheOldestGoWhenTooManySayNothing) {
  Listener listener(Address{}, {.backlog = 200, .authkey = key});
  std::vector<Descriptor> silent;
  for (std::size_t i = 0; i <= Reception::handshakes_max; ++i) silent.push_back(call(listener));
  Caller caller(listener.address(), {.authkey = key});
  listener.accept().send(std::string("served"));
  EXPECT_EQ(caller.outcome(), "served");
  ASSERT_TRUE(read_message(os(), silent.front()));
  EXPECT_FALSE(read_message(os(), silent.front()));
  for (const Descriptor fd : silent) hang_up(fd);
}

TEST(Listener, OfOneProcessMayAcceptInSeveralThreads) {
  Listener listener(Address{}, {.backlog = 20, .authkey = key});
  std::vector<std::unique_ptr<Thread>> servers;
  for (int i = 0; i < 4; ++i) {
    servers.push_back(std::make_unique<Thread>([&] { listener.accept().send(std::string("served")); }));
    servers.back()->start();
  }
  std::vector<std::unique_ptr<Caller>> callers;
  for (int i = 0; i < 4; ++i)
    callers.push_back(std::make_unique<Caller>(listener.address(), ClientOptions{.authkey = key}));
  for (const auto& caller : callers) EXPECT_EQ(caller->outcome(), "served");
  for (const auto& server : servers) server->join();
}

TEST(Client, GivesUpWhenNobodyChallengesIt) {
  Listener listener;
  EXPECT_THROW(Client(listener.address(), {.authkey = key, .handshake_timeout = 0.05s}), TimeoutError);
}

TEST(Handshaking, IsOneCallForAServerThatGivesEachCallerAThread) {
  const auto [ours, theirs] = os().socketpair().value();
  Thread server([fd = ours] {
    authenticate(os(), fd, {.side = HandshakeSide::server, .key = key.bytes(), .deadline = os().now() + 10s});
  });
  server.start();
  authenticate(os(), theirs,
               {.side = HandshakeSide::client, .key = key.bytes(), .deadline = os().now() + 10s});
  server.join();
  hang_up(ours);
  hang_up(theirs);
}

TEST(Handshaking, EndsAtItsDeadline) {
  const auto [ours, theirs] = os().socketpair().value();
  const auto outcome = shake_hands(
      os(), ours, {.side = HandshakeSide::server, .key = key.bytes(), .deadline = os().now() + 20ms});
  ASSERT_FALSE(outcome);
  EXPECT_EQ(outcome.error().kind, HandshakeFailure::Kind::late);
  hang_up(ours);
  hang_up(theirs);
}

TEST(Listener, NamesItsConnectionsByTheirNumbersAndTellsThatItIsClosed) {
  RecordingOs recorder;
  const OsScope scope(&recorder);
  Listener listener(Address{}, {.name = "door"});
  for (const std::string name : {"created door.1", "created door.2"}) {
    const Descriptor caller = call(listener);
    recorder.clear();
    const Connection accepted = listener.accept();
    EXPECT_EQ(recorder.lines(), (std::vector<std::string>{"begin accept", name, "end 0"}));
    hang_up(caller);
  }
  recorder.clear();
  listener.close();
  EXPECT_EQ(recorder.lines(), (std::vector<std::string>{"begin close", "dropped", "end 0"}));
}

/// Cannot accept anybody, once, or has each first read interrupted by a signal.
class FailingOs : public PosixOs {
 public:
  Result<Descriptor> accept(Descriptor listener, Instant deadline) override {
    if (std::exchange(is_full, false)) return failure(EMFILE);
    return PosixOs::accept(listener, deadline);
  }
  Result<std::size_t> read(Descriptor fd, std::span<std::byte> into) override {
    if (std::exchange(is_interrupted, false)) return failure(EINTR);
    return PosixOs::read(fd, into);
  }
  bool is_full = false;
  bool is_interrupted = false;
};

TEST(Listener, TellsThatItHasNoRoomForACallerWhoIsServedLater) {
  FailingOs failing;
  Listener listener(Address{}, {.authkey = key});
  Caller caller(listener.address(), ClientOptions{.authkey = key});
  {
    const OsScope scope(&failing);
    failing.is_full = true;
    EXPECT_THROW(listener.accept(), OSError);
    listener.accept().send(std::string("hello"));
  }
  EXPECT_EQ(caller.outcome(), "hello");
}

TEST(Handshaking, GoesOnAfterAnInterruption) {
  FailingOs failing;
  Listener listener(Address{}, {.authkey = key});
  Caller caller(listener.address(), ClientOptions{.authkey = key});
  {
    const OsScope scope(&failing);
    failing.is_interrupted = true;
    listener.accept().send(std::string("hello"));
  }
  EXPECT_EQ(caller.outcome(), "hello");
}

TEST(Listener, TellsAnyThreadWhomItAcceptedLast) {
  Listener listener;
  Thread watcher([&] {
    while (!listener.last_accepted()) continue;
  });
  watcher.start();
  const Descriptor caller = call(listener);
  static_cast<void>(listener.accept());
  watcher.join();
  hang_up(caller);
}

}  // namespace
}  // namespace mp
