// Eight processes around one queue or pipe: every item arrives, once, and in its producer's order.
#include <mp/stress/crowd.hpp>

namespace mp::stress {
namespace {

constexpr int sides = crowd_size / 2;  // so many producers, and as many consumers

void add(Value<std::int64_t>& total, std::int64_t number) {
  const With held(total);
  total.value() = total.value() + number;
}

template <class Q>
void produce(Q& queue, Value<std::int64_t>& producers) {
  std::int64_t me = 0;
  {
    const With held(producers);
    me = producers.value();
    producers.value() = me + 1;
  }
  for (int item = 0; item < operations(); ++item) queue.put(me * 1'000'000 + item);
}

// Of each producer, what one consumer sees rises.
template <class Q>
void consume(Q& queue, Value<std::int64_t>& sum) {
  std::vector<std::int64_t> last(sides, -1);
  std::int64_t mine = 0;
  for (int item = 0; item < operations(); ++item) {
    const std::int64_t got = queue.get();
    auto& before = last.at(static_cast<std::size_t>(got / 1'000'000));
    if (got % 1'000'000 <= before) exit("the items of one producer came out of order");
    before = got % 1'000'000;
    mine += before;
    if constexpr (requires { queue.task_done(); }) queue.task_done();
  }
  add(sum, mine);
}

template <class Q>
void run_through(Q& queue) {
  Value<std::int64_t> producers(0);
  Value<std::int64_t> sum(0);
  std::vector<Process> consumers;
  for (int i = 0; i < sides; ++i) consumers.emplace_back(fn<&consume<Q>>, args(queue, sum));
  for (Process& process : consumers) process.start();
  run_crowd<&produce<Q>>(sides, queue, producers);
  if constexpr (requires { queue.join(); }) queue.join();
  for (Process& process : consumers) process.join();
  for (Process& process : consumers) EXPECT_EQ(process.exitcode(), 0);
  const std::int64_t each = operations();
  EXPECT_EQ(sum.value(), sides * (each * (each - 1) / 2));
  EXPECT_TRUE(queue.empty());
}

TEST_F(Stress, AQueueLosesNothing) {
  Queue<std::int64_t> queue(16);
  run_through(queue);
  EXPECT_EQ(queue.qsize(), 0);
}

TEST_F(Stress, AJoinableQueueLosesNothingAndCountsRight) {
  JoinableQueue<std::int64_t> queue;
  run_through(queue);
}

TEST_F(Stress, ASimpleQueueLosesNothing) {
  SimpleQueue<std::int64_t> queue;
  run_through(queue);
}

void echo(Connection& connection) {
  for (int i = 0; i < operations(); ++i) connection.send(connection.recv<std::int64_t>());
}

TEST_F(Stress, APipeBringsEveryMessageThereAndBack) {
  auto [here, there] = Pipe();
  Process other(fn<&echo>, args(there));
  other.start();
  there.close();
  for (std::int64_t i = 0; i < operations(); ++i) {
    here.send(i);
    ASSERT_EQ(here.recv<std::int64_t>(), i);
  }
  other.join();
  EXPECT_THROW(here.recv<std::int64_t>(), EOFError);
}

void send_under(Connection& connection, Lock& lock) {
  for (std::int64_t i = 0; i < operations(); ++i) {
    const With held(lock);
    connection.send(i);
  }
}
void receive_under(Connection& connection, Lock& lock, Value<std::int64_t>& sum) {
  std::int64_t mine = 0;
  for (int i = 0; i < operations(); ++i) {
    const With held(lock);
    mine += connection.recv<std::int64_t>();
  }
  add(sum, mine);
}

TEST_F(Stress, APipeSharedUnderLocksTearsNoMessage) {
  auto [receiver, sender] = Pipe(Duplex::no);
  Lock sending;
  Lock receiving;
  Value<std::int64_t> sum(0);
  std::vector<Process> receivers;
  for (int i = 0; i < sides; ++i) {
    receivers.emplace_back(fn<&receive_under>, args(receiver, receiving, sum));
  }
  for (Process& process : receivers) process.start();
  run_crowd<&send_under>(sides, sender, sending);
  for (Process& process : receivers) process.join();
  const std::int64_t each = operations();
  EXPECT_EQ(sum.value(), sides * (each * (each - 1) / 2));
}

}  // namespace
}  // namespace mp::stress
