// The words for kinds of objects and for operations: Python's own names where it has one.
#include <array>
#include <string_view>
#include <utility>

#include <heddle/core/situation.hpp>

namespace heddle {
namespace {

using mp::ObjectKind;
using mp::Verb;

constexpr std::array kinds{
    std::pair{ObjectKind::process, "process"},
    std::pair{ObjectKind::thread, "thread"},
    std::pair{ObjectKind::lock, "lock"},
    std::pair{ObjectKind::semaphore, "semaphore"},
    std::pair{ObjectKind::condition, "condition"},
    std::pair{ObjectKind::connection, "connection"},
    std::pair{ObjectKind::listener, "listener"},
    std::pair{ObjectKind::queue, "queue"},
    std::pair{ObjectKind::joinable_queue, "joinable-queue"},
    std::pair{ObjectKind::value, "value"},
    std::pair{ObjectKind::manager, "manager"},
    std::pair{ObjectKind::dict, "dict"},
    std::pair{ObjectKind::list, "list"},
    std::pair{ObjectKind::name_space, "namespace"},
    std::pair{ObjectKind::managed_value, "managed-value"},
    std::pair{ObjectKind::managed_array, "managed-array"},
    std::pair{ObjectKind::managed_object, "object"},
    std::pair{ObjectKind::feeder, "feeder"},
    std::pair{ObjectKind::event, "event"},
    std::pair{ObjectKind::barrier, "barrier"},
    std::pair{ObjectKind::simple_queue, "simple-queue"},
    std::pair{ObjectKind::array, "array"},
    std::pair{ObjectKind::shared_memory, "shared-memory"},
    std::pair{ObjectKind::pool, "pool"},
    std::pair{ObjectKind::async_result, "async-result"},
};

constexpr std::array verbs{
    std::pair{Verb::start, "start"},
    std::pair{Verb::join, "join"},
    std::pair{Verb::terminate, "terminate"},
    std::pair{Verb::kill, "kill"},
    std::pair{Verb::exitcode, "exitcode"},
    std::pair{Verb::is_alive, "is_alive"},
    std::pair{Verb::finish, "exit"},
    std::pair{Verb::acquire, "acquire"},
    std::pair{Verb::release, "release"},
    std::pair{Verb::wait, "wait"},
    std::pair{Verb::notify, "notify"},
    std::pair{Verb::notify_all, "notify_all"},
    std::pair{Verb::send, "send"},
    std::pair{Verb::recv, "recv"},
    std::pair{Verb::poll, "poll"},
    std::pair{Verb::close, "close"},
    std::pair{Verb::accept, "accept"},
    std::pair{Verb::connect, "connect"},
    std::pair{Verb::put, "put"},
    std::pair{Verb::get, "get"},
    std::pair{Verb::task_done, "task_done"},
    std::pair{Verb::qsize, "qsize"},
    std::pair{Verb::empty, "empty"},
    std::pair{Verb::full, "full"},
    std::pair{Verb::join_thread, "join_thread"},
    std::pair{Verb::load, "load"},
    std::pair{Verb::store, "store"},
    std::pair{Verb::update, "update"},
    std::pair{Verb::call, "call"},
    std::pair{Verb::sleep, "sleep"},
    std::pair{Verb::feed, "feed"},
    std::pair{Verb::serve, "serve"},
    std::pair{Verb::set, "set"},
    std::pair{Verb::clear, "clear"},
    std::pair{Verb::is_set, "is_set"},
    std::pair{Verb::abort, "abort"},
    std::pair{Verb::reset, "reset"},
    std::pair{Verb::get_value, "get_value"},
    std::pair{Verb::stop, "stop"},
    std::pair{Verb::resume, "resume"},
    std::pair{Verb::unlink, "unlink"},
    std::pair{Verb::set_daemon, "set_daemon"},
    std::pair{Verb::broken, "broken"},
    std::pair{Verb::n_waiting, "n_waiting"},
    std::pair{Verb::apply, "apply"},
    std::pair{Verb::apply_async, "apply_async"},
    std::pair{Verb::map, "map"},
    std::pair{Verb::map_async, "map_async"},
    std::pair{Verb::starmap, "starmap"},
    std::pair{Verb::starmap_async, "starmap_async"},
    std::pair{Verb::imap, "imap"},
    std::pair{Verb::imap_unordered, "imap_unordered"},
    std::pair{Verb::next, "next"},
    std::pair{Verb::ready, "ready"},
    std::pair{Verb::successful, "successful"},
    std::pair{Verb::take, "take"},
    std::pair{Verb::hand_in, "hand_in"},
};

template <class Table, class Key>
constexpr std::string_view look_up(const Table& table, Key key) {
  for (const auto& [each, name] : table)
    if (each == key) return name;
  return "";
}

}  // namespace

std::string_view name_of(mp::ObjectKind kind) { return look_up(kinds, kind); }
std::string_view name_of(mp::Verb verb) { return look_up(verbs, verb); }

}  // namespace heddle
