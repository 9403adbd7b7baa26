// Pipes, queues and listeners under faults.
#include <chrono>
#include <string>
#include <vector>

#include <heddle/trial/fault_programs.hpp>
#include <mp/multiprocessing.hpp>

namespace heddle::trial {
namespace {

using namespace std::chrono_literals;

constexpr std::size_t large = 100'000;  // more than a pipe holds

template <auto target, class... A>
mp::Process start_catching(A&... arguments) {
  return start_daemon<&catching<target, A...>>("child", arguments...);
}

mp::Bytes patterned(std::size_t size) {
  mp::Bytes bytes(size);
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<std::byte>(i * 7 + i / 251);
  return bytes;
}

void echo_two(mp::Connection& end) {
  for (int i = 0; i < 2; ++i) end.send_bytes(end.recv_bytes());
}

void through_a_duplex_pipe() {
  auto [ours, theirs] = mp::Pipe();
  const mp::Process child = start_catching<&echo_two>(theirs);
  theirs.close();
  for (const std::size_t size : {std::size_t{3}, large}) {
    ours.send_bytes(patterned(size));
    check(ours.recv_bytes() == patterned(size), "another message comes back");
  }
  child.join();
}

void send_some(mp::Connection& end) {
  end.send_bytes(patterned(large));
  end.send(std::string("last"));
}

void through_a_simplex_pipe() {
  auto [reader, writer] = mp::Pipe(mp::Duplex::no);
  const mp::Process child = start_catching<&send_some>(writer);
  writer.close();
  check(reader.poll(std::nullopt), "a poll without end came back with nothing");
  check(reader.recv_bytes() == patterned(large), "another message arrives");
  check(reader.recv<std::string>() == "last", "another last message arrives");
  bool is_over = false;
  try {
    reader.recv_bytes();
  } catch (const mp::EOFError&) {
    is_over = true;
  }
  check(is_over, "no end of file");
  child.join();
}

void send_on(mp::Connection& carrier, mp::Connection& passed) {
  carrier.send(passed);
  passed.close();
  carrier.send(1);
}

void through_a_passed_end() {
  auto [ours, theirs] = mp::Pipe();
  auto [reader, writer] = mp::Pipe(mp::Duplex::no);
  const mp::Process child = start_catching<&send_on>(theirs, writer);
  theirs.close();
  writer.close();
  bool is_refused = false;
  try {
    mp::Connection end = ours.recv<mp::Connection>();
    end.send(5);
  } catch (const mp::EOFError&) {
    throw;
  } catch (const mp::OSError&) {
    is_refused = true;
  }
  check(ours.recv<int>() == 1, "the message behind one that was refused is another");
  if (!is_refused) check(reader.recv<int>() == 5, "another message arrives");
  child.join();
  if (is_refused) throw mp::OSError("refused");
}

void wait_on_both() {
  auto [first_in, first_out] = mp::Pipe(mp::Duplex::no);
  auto [second_in, second_out] = mp::Pipe(mp::Duplex::no);
  const mp::Process child = start_catching<&send_some>(second_out);
  second_out.close();
  const std::vector<mp::Waitable> ready = mp::wait({first_in, second_in, child.sentinel()});
  check(!ready.empty(), "a wait without end came back with nothing");
  check(mp::wait({first_in}, 0.5s).empty(), "an empty pipe is ready");
  check(second_in.recv_bytes() == patterned(large), "another message arrives");
  check(second_in.recv<std::string>() == "last", "another last message arrives");
  child.join();
}

template <class Q>
void put_three(Q& queue) {
  queue.put(patterned(10));
  queue.put(patterned(large));
  queue.put(patterned(4'000));
}

/// Empty only if the child was refused something, and then not for ever.
template <class Q>
void get_three(Q& queue, const mp::Process& child) {
  for (const std::size_t size : {std::size_t{10}, large, std::size_t{4'000}}) {
    try {
      check(queue.get(true, 100s) == patterned(size), "another item arrives");
    } catch (const mp::Empty&) {
      child.join();
      check(child.exitcode() == 3, "an item is lost");
      throw;
    }
  }
}

void through_a_queue() {
  mp::Queue<mp::Bytes> queue;
  const mp::Process child = start_catching<&put_three<mp::Queue<mp::Bytes>>>(queue);
  get_three(queue, child);
  child.join();
}

void through_a_bounded_queue() {
  mp::Queue<mp::Bytes> queue(1);
  const mp::Process child = start_catching<&put_three<mp::Queue<mp::Bytes>>>(queue);
  get_three(queue, child);
  child.join();
  check(queue.empty() && !queue.full(), "a queue is not empty after all was got");
}

/// A queue's ends are its feeder's until that has ended.
template <class Q>
class Closing {
 public:
  explicit Closing(Q& queue) : queue_(queue) {}
  ~Closing() {
    queue_.close();
    queue_.join_thread();
  }
  Closing(const Closing&) = delete;
  Closing& operator=(const Closing&) = delete;

 private:
  Q& queue_;
};

void put_from_here() {
  mp::Queue<int> queue;
  const Closing closing(queue);
  queue.put(1);
  queue.put(2);
  check(queue.get() == 1 && queue.get() == 2, "another item arrives");
}

void do_tasks(mp::JoinableQueue<int>& tasks, mp::RawValue<int>& sum) {
  for (int i = 0; i < 2; ++i) {
    sum.value() = sum.value() + tasks.get();
    tasks.task_done();
  }
}

void through_a_joinable_queue() {
  mp::JoinableQueue<int> tasks;
  const Closing closing(tasks);
  mp::RawValue<int> sum(0);
  const mp::Process child = start_catching<&do_tasks>(tasks, sum);
  tasks.put(3);
  tasks.put(4);
  tasks.join();
  check(sum.value() == 7, "join came back before all was done");
  child.join();
}

void put_simply(mp::SimpleQueue<mp::Bytes>& queue) {
  queue.put(patterned(10));
  queue.put(patterned(large));
}

void through_a_simple_queue() {
  mp::SimpleQueue<mp::Bytes> queue;
  const mp::Process child = start_catching<&put_simply>(queue);
  check(queue.get() == patterned(10) && queue.get() == patterned(large), "another item arrives");
  child.join();
  check(queue.empty(), "a queue is not empty after all was got");
}

mp::AuthenticationKey key() { return mp::AuthenticationKey("secret"); }

/// Listens at a file or at a free port, says where, and answers one caller.
template <bool has_key, bool is_internet>
void answer_one(mp::Connection& told) {
  mp::ListenerOptions options;
  if (has_key) options.authkey = key();
  mp::Listener listener(is_internet ? mp::Address(mp::InternetAddress{}) : mp::Address("./faults"), options);
  told.send(is_internet ? static_cast<int>(std::get<mp::InternetAddress>(listener.address()).port) : 0);
  mp::Connection connection = listener.accept();
  connection.send(connection.recv<int>() + 1);
}

template <bool has_key, bool is_internet>
void through_a_listener() {
  auto [ours, theirs] = mp::Pipe(mp::Duplex::no);
  const mp::Process child = start_catching<&answer_one<has_key, is_internet>>(theirs);
  theirs.close();
  const int port = ours.recv<int>();
  mp::ClientOptions options;
  if (has_key) options.authkey = key();
  mp::Connection connection = mp::Client(
      is_internet
          ? mp::Address(mp::InternetAddress{.host = "127.0.0.1", .port = static_cast<std::uint16_t>(port)})
          : mp::Address("./faults"),
      options);
  connection.send(1);
  check(connection.recv<int>() == 2, "another answer comes back");
  child.join();
}

const FaultProgram programs[] = {
    {"DuplexPipe", &through_a_duplex_pipe},
    {"SimplexPipe", &through_a_simplex_pipe},
    {"PassedEnd", &through_a_passed_end},
    {"Wait", &wait_on_both},
    {"Queue", &through_a_queue},
    {"BoundedQueue", &through_a_bounded_queue},
    {"QueueInOneProcess", &put_from_here},
    {"JoinableQueue", &through_a_joinable_queue},
    {"SimpleQueue", &through_a_simple_queue},
    {"Listener", &through_a_listener<false, false>},
    {"ListenerWithKey", &through_a_listener<true, false>},
    {"InternetListenerWithKey", &through_a_listener<true, true>},
};

HEDDLE_FAULT_PROGRAMS(Channels, programs);

}  // namespace
}  // namespace heddle::trial
