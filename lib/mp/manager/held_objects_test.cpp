// What a call holds while it takes its time: objects whose last proxy goes meanwhile go with it, and what
// they hold. On the real Os.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include <mp/manager/managed_class.hpp>
#include <mp/manager/raw_client.hpp>
#include <mp/sync/semaphore.hpp>

namespace mp {
namespace {

/// Of this process and of the server, which is a fork of it.
Semaphore& inside() {
  static Semaphore semaphore(0);
  return semaphore;
}
Semaphore& may_go_on() {
  static Semaphore semaphore(0);
  return semaphore;
}
void take_time() {
  inside().release();
  may_go_on().acquire();
}

struct Slow {
  int wait(int number) {
    take_time();
    return number;
  }
};
struct SlowlyRefused {
  explicit SlowlyRefused(int) {
    take_time();
    throw ValueError("refused");
  }
};

}  // namespace

template <>
struct managed_class<Slow> {
  using constructor = Constructor<>;
  static constexpr auto methods = mp::methods(method<&Slow::wait>("wait"));
};
template <>
struct managed_class<SlowlyRefused> {
  using constructor = Constructor<int>;
  static constexpr auto methods = mp::methods();
};

namespace manager {
namespace {

class HeldObjects : public testing::Test {
 protected:
  HeldObjects() {
    inside();
    may_go_on();
    manager_.register_class<Slow>("Slow");
    manager_.register_class<SlowlyRefused>("SlowlyRefused");
    manager_.start();
    client_.emplace(manager_);
    other_.emplace(manager_);
  }
  std::uint64_t make_list_with_a_list() {
    const std::uint64_t outer = client_->create("list");
    const std::uint64_t inner = client_->create("list");
    client_->ask(with_reference(call_of(outer, "extend"), inner));
    client_->tell(own_request(own_method::drop, inner));
    return outer;
  }
  /// The other client's call is under way; meanwhile nobody else keeps what it holds.
  void let_go_meanwhile(std::uint64_t number) {
    inside().acquire();
    client_->tell(own_request(own_method::drop, number));
    EXPECT_EQ(client_->ask(call_of(number, "nothing")).status, Status::failed);
    may_go_on().release();
  }

  Manager manager_{{.start = ManagerOptions::Start::later}};
  std::optional<RawClient> client_;
  std::optional<RawClient> other_;
};

TEST_F(HeldObjects, GoWithACallOfAClassOfTheProgramsOwn) {
  const std::uint64_t slow = client_->create("Slow");
  const std::uint64_t list = make_list_with_a_list();
  other_->tell(with_reference(call_of(slow, "wait"), list));
  let_go_meanwhile(list);
  EXPECT_EQ(other_->reply().status, Status::done);
  EXPECT_EQ(client_->number_of_objects(), 1U);
}

TEST_F(HeldObjects, GoWithAConstructorThatRefusesThem) {
  const std::uint64_t list = make_list_with_a_list();
  Request request = with_reference(own_request(own_method::create), list);
  request.arguments.insert(request.arguments.begin(),
                           {.bytes = encode_message(std::string("SlowlyRefused"))});
  other_->tell(request);
  let_go_meanwhile(list);
  EXPECT_EQ(other_->reply().status, Status::failed);
  EXPECT_EQ(client_->number_of_objects(), 0U);
}

// It waits to put something into a queue that is full, and that nobody else can name any more.
TEST_F(HeldObjects, GoWithACallThatWaits) {
  const std::uint64_t queue = client_->create("Queue", 1);
  const std::uint64_t list = make_list_with_a_list();
  constexpr std::optional<double> seconds = 0.5;
  constexpr std::optional<double> fewer = 0.1;
  client_->ask(with_reference(call_of(queue, "put", true, seconds), list));
  client_->tell(own_request(own_method::drop, list));
  other_->tell(call_of(queue, "put", 1, true, seconds));
  EXPECT_NE(client_->ask(call_of(queue, "put", 1, true, fewer)).status, Status::done);
  client_->tell(own_request(own_method::drop, queue));
  EXPECT_NE(other_->reply().status, Status::done);
  EXPECT_EQ(client_->number_of_objects(), 0U);
}

}  // namespace
}  // namespace manager
}  // namespace mp
