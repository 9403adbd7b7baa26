// heddle's adapter for Boost.Interprocess: how a library of C++ that has less than everything is put to the
// test. What it has not is not among its capabilities, and the cases that need it are skipped.
//
// A port is a class for each kind, with one function `call` that is told an operation's name and arguments,
// and a function that makes them; all else, also its processes, is the kit's (adapters/kit/). The kinds live
// in memory that forked children share. Each has an untimed, a timed and a trying form of what waits.
#include <unistd.h>

#include <adapters/kit/script.hpp>
#include <boost/date_time/posix_time/posix_time_types.hpp>
#include <boost/interprocess/anonymous_shared_memory.hpp>
#include <boost/interprocess/ipc/message_queue.hpp>
#include <boost/interprocess/sync/interprocess_condition.hpp>
#include <boost/interprocess/sync/interprocess_mutex.hpp>
#include <boost/interprocess/sync/interprocess_semaphore.hpp>
#include <boost/interprocess/sync/scoped_lock.hpp>
#include <boost/version.hpp>
#include <new>

namespace {

namespace ipc = boost::interprocess;
using adapter_kit::Arguments;
using adapter_kit::Error;
using adapter_kit::Json;
using Time = boost::posix_time::ptime;

constexpr std::size_t message_bytes = 256;  // what a message may have: numbers and short texts
constexpr std::size_t messages_max = 1024;  // of a Queue without a maxsize: there is none without a bound

/// Waits as `block` and `timeout`, at these positions, say: without end, until a time, or not at all.
template <class Wait, class WaitUntil, class Try>
bool wait_by(const Arguments& arguments, std::size_t position, Wait wait, WaitUntil wait_until,
             Try try_once) {
  const Json timeout = arguments.at(position + 1, "timeout");
  if (!arguments.at(position, "block", true).get<bool>()) return try_once();
  if (timeout.is_null()) return wait(), true;
  if (!timeout.is_number()) throw Error{"TypeError", "a timeout is a number"};
  if (timeout.get<double>() <= 0) return try_once();
  return wait_until(boost::posix_time::microsec_clock::universal_time() +
                    boost::posix_time::microseconds(static_cast<std::int64_t>(timeout.get<double>() * 1e6)));
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

class Queue final : public adapter_kit::Object {
 public:
  // It must have a name, but only for as long as it takes to make: children inherit the memory.
  explicit Queue(std::size_t maxsize, const std::string& name = "heddle-adapter-" + std::to_string(getpid()))
      : queue_(ipc::create_only, name.c_str(), maxsize, message_bytes) {
    ipc::message_queue::remove(name.c_str());
  }

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "put") return put(arguments);
    if (operation == "put_nowait") return put(arguments.not_waiting());
    if (operation == "get") return get(arguments);
    if (operation == "get_nowait") return get(arguments.not_waiting());
    if (operation == "qsize") return queue_.get_num_msg();
    if (operation == "empty") return queue_.get_num_msg() == 0;
    if (operation == "full") return queue_.get_num_msg() == queue_.get_max_msg();
    refuse(operation);
  }

 private:
  Json put(const Arguments& arguments) {
    const std::string text = arguments.at(0, "obj").dump();
    if (text.size() > message_bytes) throw Error{"ValueError", "the message is too long"};
    const auto wait = [&] { queue_.send(text.data(), text.size(), 0); };
    const auto wait_until = [&](const Time& end) {
      return queue_.timed_send(text.data(), text.size(), 0, end);
    };
    const auto try_once = [&] { return queue_.try_send(text.data(), text.size(), 0); };
    if (!wait_by(arguments, 1, wait, wait_until, try_once)) throw Error{"Full", ""};
    return {};
  }
  Json get(const Arguments& arguments) {
    std::string text(message_bytes, '\0');
    ipc::message_queue::size_type size = 0;
    unsigned priority = 0;
    const auto wait = [&] { queue_.receive(text.data(), text.size(), size, priority); };
    const auto wait_until = [&](const Time& end) {
      return queue_.timed_receive(text.data(), text.size(), size, priority, end);
    };
    const auto try_once = [&] { return queue_.try_receive(text.data(), text.size(), size, priority); };
    if (!wait_by(arguments, 0, wait, wait_until, try_once)) throw Error{"Empty", ""};
    return Json::parse(text.substr(0, size));
  }

  ipc::message_queue queue_;
};

/// What is acquired and released, by the library's own calls.
template <class T, auto acquire, auto acquire_until, auto try_to_acquire, auto release>
struct Lockable final : adapter_kit::Object {
  template <class... Initial>
  explicit Lockable(Initial... initial) : object(initial...) {}

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "acquire")
      return wait_by(
          arguments, 0, [&] { acquire(*object); },
          [&](const Time& end) { return acquire_until(*object, end); },
          [&] { return try_to_acquire(*object); });
    if (operation != "release") refuse(operation);
    release(*object);
    return {};
  }

  Shared<T> object;
};
using Lock = Lockable<ipc::interprocess_mutex, [](auto& it) { it.lock(); },
                      [](auto& it, const Time& end) { return it.timed_lock(end); },
                      [](auto& it) { return it.try_lock(); }, [](auto& it) { it.unlock(); }>;
using Semaphore = Lockable<ipc::interprocess_semaphore, [](auto& it) { it.wait(); },
                           [](auto& it, const Time& end) { return it.timed_wait(end); },
                           [](auto& it) { return it.try_wait(); }, [](auto& it) { it.post(); }>;

class Condition final : public adapter_kit::Object {
 public:
  explicit Condition(std::shared_ptr<Lock> lock) : lock_(std::move(lock)) {}

  Json call(const std::string& operation, const Arguments& arguments) override {
    if (operation == "acquire" || operation == "release") return lock_->call(operation, arguments);
    if (operation == "wait") return wait(arguments);
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
  Json wait(const Arguments& arguments) {
    ipc::scoped_lock<ipc::interprocess_mutex> lock(*lock_->object, ipc::accept_ownership);
    const auto until = [&](const Time& end) { return condition_->timed_wait(lock, end); };
    const bool is_woken = wait_by(
        arguments.waiting(), 0, [&] { condition_->wait(lock); }, until,
        [&] { return until(boost::posix_time::microsec_clock::universal_time()); });
    lock.release();
    return is_woken;
  }

  std::shared_ptr<Lock> lock_;
  Shared<ipc::interprocess_condition> condition_;
};

std::shared_ptr<adapter_kit::Object> make(const std::string& maker, const Arguments& arguments,
                                          const adapter_kit::Objects& objects) {
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

Json hello() {
  Json capabilities = adapter_kit::capabilities_of_processes();
  for (const char* each : {"Queue.put", "Queue.put_nowait", "Queue.get", "Queue.get_nowait", "Queue.qsize",
                           "Queue.empty", "Queue.full", "Lock.acquire", "Lock.release", "Semaphore.acquire",
                           "Semaphore.release", "Condition.acquire", "Condition.release", "Condition.wait",
                           "Condition.notify", "Condition.notify_all"})
    capabilities.push_back(each);
  return {{"implementation", "Boost.Interprocess"},
          {"version", BOOST_LIB_VERSION},
          {"language", "C++"},
          {"issues_url", "https://github.com/boostorg/interprocess/issues"},
          {"capabilities", capabilities}};
}

}  // namespace

int main() { return adapter_kit::serve({.hello = hello(), .play_main = adapter_kit::scripts(&make)}); }
