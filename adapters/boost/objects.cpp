// The four kinds. An untimed, a timed and a trying form each, as `block` and `timeout` say.
#include <unistd.h>

#include <adapters/boost/objects.hpp>
#include <boost/date_time/posix_time/posix_time_types.hpp>
#include <boost/interprocess/anonymous_shared_memory.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <new>

namespace boost_adapter {
namespace {

namespace ipc = boost::interprocess;
using Time = boost::posix_time::ptime;

constexpr std::size_t message_bytes = 256;  // what a message may have: numbers and short texts
constexpr std::size_t messages_max = 1024;  // of a Queue without a maxsize: there is none without a bound

/// Waits as `block` and `timeout` say: without end, until a time, or not at all.
template <class Wait, class WaitUntil, class Try>
bool wait_by(const Json& block, const Json& timeout, Wait wait, WaitUntil wait_until, Try try_once) {
  if (!block.get<bool>() || (timeout.is_number() && timeout.get<double>() <= 0)) return try_once();
  if (timeout.is_null()) {
    wait();
    return true;
  }
  if (!timeout.is_number()) throw Error{"TypeError", "a timeout is a number"};
  const auto microseconds = static_cast<std::int64_t>(timeout.get<double>() * 1e6);
  return wait_until(boost::posix_time::microsec_clock::universal_time() +
                    boost::posix_time::microseconds(microseconds));
}

[[noreturn]] void refuse(const std::string& name) { throw Error{"AttributeError", "no operation " + name}; }

/// One T in memory of its own that children inherit.
template <class T>
class Shared {
 public:
  template <class... Arguments>
  explicit Shared(Arguments... arguments)
      : region_(ipc::anonymous_shared_memory(sizeof(T))),
        object_(new (region_.get_address()) T(arguments...)) {}
  T* operator->() const { return object_; }
  T& operator*() const { return *object_; }

 private:
  ipc::mapped_region region_;
  T* object_;
};

class Queue final : public Object {
 public:
  // It must have a name, but only for as long as it takes to make: children inherit the memory.
  explicit Queue(std::size_t maxsize) : queue_(ipc::create_only, name(), maxsize, message_bytes) {
    ipc::message_queue::remove(name());
  }

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "put")
      return put(arguments.at(0, "obj"), arguments.at(1, "block", true), arguments.at(2, "timeout"));
    if (operation == "put_nowait") return put(arguments.at(0, "obj"), false, {});
    if (operation == "get") return get(arguments.at(0, "block", true), arguments.at(1, "timeout"));
    if (operation == "get_nowait") return get(false, {});
    if (operation == "qsize") return queue_.get_num_msg();
    if (operation == "empty") return queue_.get_num_msg() == 0;
    if (operation == "full") return queue_.get_num_msg() == queue_.get_max_msg();
    refuse(operation);
  }

 private:
  Json put(const Json& item, const Json& block, const Json& timeout) {
    const std::string text = item.dump();
    if (text.size() > message_bytes) throw Error{"ValueError", "the message is too long"};
    const auto wait = [&] { queue_.send(text.data(), text.size(), 0); };
    const auto wait_until = [&](const Time& end) {
      return queue_.timed_send(text.data(), text.size(), 0, end);
    };
    const auto try_once = [&] { return queue_.try_send(text.data(), text.size(), 0); };
    if (!wait_by(block, timeout, wait, wait_until, try_once)) throw Error{"Full", ""};
    return {};
  }
  Json get(const Json& block, const Json& timeout) {
    std::string text(message_bytes, '\0');
    ipc::message_queue::size_type size = 0;
    unsigned priority = 0;
    const auto wait = [&] { queue_.receive(text.data(), text.size(), size, priority); };
    const auto wait_until = [&](const Time& end) {
      return queue_.timed_receive(text.data(), text.size(), size, priority, end);
    };
    const auto try_once = [&] { return queue_.try_receive(text.data(), text.size(), size, priority); };
    if (!wait_by(block, timeout, wait, wait_until, try_once)) throw Error{"Empty", ""};
    return Json::parse(text.substr(0, size));
  }

  static const char* name() {
    static const std::string made = "heddle-adapter-" + std::to_string(getpid());
    return made.c_str();
  }

  ipc::message_queue queue_;
};

class Lock final : public Object {
 public:
  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "acquire")
      return wait_by(
          arguments.at(0, "block", true), arguments.at(1, "timeout"), [&] { mutex_->lock(); },
          [&](const Time& end) { return mutex_->timed_lock(end); }, [&] { return mutex_->try_lock(); });
    if (operation != "release") refuse(operation);
    mutex_->unlock();
    return {};
  }

 private:
  friend class Condition;
  Shared<ipc::interprocess_mutex> mutex_;
};

class Semaphore final : public Object {
 public:
  explicit Semaphore(unsigned value) : semaphore_(value) {}

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "acquire")
      return wait_by(
          arguments.at(0, "block", true), arguments.at(1, "timeout"), [&] { semaphore_->wait(); },
          [&](const Time& end) { return semaphore_->timed_wait(end); },
          [&] { return semaphore_->try_wait(); });
    if (operation != "release") refuse(operation);
    semaphore_->post();
    return {};
  }

 private:
  Shared<ipc::interprocess_semaphore> semaphore_;
};

class Condition final : public Object {
 public:
  explicit Condition(std::shared_ptr<Lock> lock) : lock_(std::move(lock)) {}

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "acquire" || operation == "release") return lock_->call(operation, arguments);
    if (operation == "wait") return wait(arguments.at(0, "timeout"));
    if (operation == "notify_all")
      condition_->notify_all();
    else if (operation == "notify")
      for (int i = arguments.at(0, "n", 1).get<int>(); i > 0; --i) condition_->notify_one();
    else
      refuse(operation);
    return {};
  }

 private:
  // Who calls holds the mutex, and does so afterwards: the lock is lent for as long as the wait lasts.
  Json wait(const Json& timeout) {
    ipc::scoped_lock<ipc::interprocess_mutex> lock(*lock_->mutex_, ipc::accept_ownership);
    const auto until = [&](const Time& end) { return condition_->timed_wait(lock, end); };
    const auto at_once = [&] { return until(boost::posix_time::microsec_clock::universal_time()); };
    const bool is_woken = wait_by(
        true, timeout, [&] { condition_->wait(lock); }, until, at_once);
    lock.release();
    return is_woken;
  }

  std::shared_ptr<Lock> lock_;
  Shared<ipc::interprocess_condition> condition_;
};

}  // namespace

Json capabilities() {
  return {"Queue.put",         "Queue.put_nowait",  "Queue.get",         "Queue.get_nowait",
          "Queue.qsize",       "Queue.empty",       "Queue.full",        "Lock.acquire",
          "Lock.release",      "Semaphore.acquire", "Semaphore.release", "Condition.acquire",
          "Condition.release", "Condition.wait",    "Condition.notify",  "Condition.notify_all"};
}

std::shared_ptr<Object> make(const std::string& maker, const Arguments& arguments, const Objects& objects) {
  if (maker == "Lock") return std::make_shared<Lock>();
  if (maker == "Condition") {
    const Json given = arguments.at(0, "lock");
    if (given.is_null()) return std::make_shared<Condition>(std::make_shared<Lock>());
    if (auto lock = std::dynamic_pointer_cast<Lock>(objects.at(given["object"])))
      return std::make_shared<Condition>(std::move(lock));
    throw Error{"TypeError", "a condition's lock is a Lock"};
  }
  if (maker == "Semaphore") return std::make_shared<Semaphore>(arguments.at(0, "value", 1).get<unsigned>());
  if (maker != "Queue") refuse(maker);
  const auto maxsize = arguments.at(0, "maxsize", 0).get<std::int64_t>();
  return std::make_shared<Queue>(maxsize > 0 ? static_cast<std::size_t>(maxsize) : messages_max);
}

}  // namespace boost_adapter
