// What a manager's server keeps: objects, each with methods that clients call by name. An object is of a type
// of its own in types/, with a table of its methods.
//
// A method is attempted with the server's lock held, so a single call is atomic (MGR-03), and gives a reply
// or nothing. Nothing means that the call has to wait: it is attempted again, oldest first, whenever another
// call on the object has been granted, until it gives a reply, its deadline passes or its client goes away.
// So no method sleeps, none has to wake anybody, and a call that waits is a value that can be withdrawn.
//
// Methods throw what the client is to be thrown: any Error of errors.hpp.
#pragma once

#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <mp/errors.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/operation.hpp>
#include <mp/sync/futex_lock.hpp>

namespace mp::manager {

class Object;
class Objects;
struct Call;

/// An object in the server's table. It lives as long as anybody holds it: clients by counted references,
/// values inside other objects by a Hold.
struct Entry {
  std::uint64_t number = 0;
  ObjectId object = ObjectId::none;  // what its creator called it
  std::unique_ptr<Object> body;
  std::uint64_t references = 0;  // of proxies, and of messages on their way
  std::list<Call*> waiting;      // oldest first
  FutexLock turn;                // of an object that is not attempted under the server's lock
};

/// What a value keeps of another object whose proxy is in it.
struct Hold {
  std::shared_ptr<Entry> entry;
  Claim claim;
};

/// A value as an object keeps it.
struct Stored {
  Bytes bytes;
  std::string words = {};  // as its writer said; empty: nobody wanted them
  std::vector<Hold> holds = {};
};

/// What an object that has processes and threads of its own may ask of its server.
class Surroundings {
 public:
  /// Runs `what` with the server's lock held, and attempts those calls again that wait for the object whose
  /// number it gives; 0: for none. By any thread that does not hold the lock.
  virtual void change(const std::function<std::uint64_t()>& what) = 0;
  /// What the server has open, and no child of its needs.
  virtual std::vector<Descriptor> descriptors() = 0;

 protected:
  ~Surroundings() = default;
};

/// A client is a connection, which stands for one thread of one process.
enum class ClientId : std::uint64_t { none = 0 };

/// One call of one method, from its first attempt to its end.
struct Call {
  Os& os;
  Objects& objects;
  const Request& request;
  ClientId client = ClientId::none;
  Descriptor wake_up = -1;  // written to when there is a reply to a call that waits
  std::shared_ptr<Entry> entry = nullptr;
  std::vector<Value> values = {};                 // the arguments as they came
  std::vector<Stored> arguments = {};             // the arguments, once the call is admitted
  std::string shared = {};                        // of a creation: the registered name of what is shared
  std::vector<std::shared_ptr<Entry>> held = {};  // of a creation: what its arguments hold
  Instant deadline = never;     // the method's to set at the first attempt; `immediately`: it does not wait
  bool is_waiting = false;      // it was attempted before
  std::uint64_t state = 0;      // the method's own from one attempt to the next; 0 at first
  std::uint64_t number = 0;     // likewise
  Stamp carried = Stamp::none;  // the operation whose value the reply brings
  std::optional<Reply> reply = {};
  std::shared_ptr<void> job = nullptr;  // of a pool, that the call waits for

  /// The argument, of which the server itself wants to know something. DecodeError: it is no T.
  template <class T>
  T argument(std::size_t i) const {
    return decode_message<T>(arguments[i].bytes);
  }
  /// DecodeError unless there are so many.
  void demand_arguments(std::size_t count) const;
  /// That data was touched; `part` 0 is the whole.
  void tell(ObjectKind kind, Access access, std::uint64_t part, std::string_view words = {}) const;
};

class Object {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

  /// Begins a call or goes on with one. Nothing: it has to wait.
  virtual std::optional<Reply> attempt(Call& call) = 0;
  /// The deadline of a call has passed. Nothing: it waits on all the same, from now on without a deadline.
  virtual std::optional<Reply> expire(Call& call) = 0;
  /// The client of a call that waits is gone.
  virtual void withdraw(Call& call) = 0;
  /// The client of a call that was done is gone, and the reply with it.
  virtual void undo(Call& call) = 0;
  /// Is it code of the program's own, which may take its time? Then calls take turns and hold up no other
  /// object.
  virtual bool is_foreign() const { return false; }
  /// Do its calls wait for other clients' calls? Then whoever can name it can end a wait; else the server
  /// can.
  virtual bool waits_for_clients() const { return true; }
  /// Has it child processes, which the server is to end before itself?
  virtual bool has_children() const { return false; }
};

/// The row of a method. What is null does nothing; `expire` is there if the method can wait.
template <class T>
struct Method {
  std::string_view name;
  std::optional<Reply> (T::*run)(Call& call) = nullptr;
  std::optional<Reply> (T::*expire)(Call& call) = nullptr;
  void (T::*withdraw)(Call& call) = nullptr;
  void (T::*undo)(Call& call) = nullptr;
};

/// An Object whose methods are in a table: T has a static function methods(), which gives a span of rows.
template <class T>
class TableObject : public Object {
 public:
  std::optional<Reply> attempt(Call& call) final {
    const Method<T>* const row = find(call.request.method);
    if (row == nullptr) return failed("the object has no method '" + call.request.method + "' for clients");
    return (self().*row->run)(call);
  }
  std::optional<Reply> expire(Call& call) final {
    const Method<T>* const row = find(call.request.method);
    return row->expire == nullptr ? failed("the call took too long") : (self().*row->expire)(call);
  }
  void withdraw(Call& call) final {
    const Method<T>* const row = find(call.request.method);
    if (row->withdraw != nullptr) (self().*row->withdraw)(call);
  }
  void undo(Call& call) final {
    const Method<T>* const row = find(call.request.method);
    if (row != nullptr && row->undo != nullptr) (self().*row->undo)(call);
  }

 private:
  T& self() { return static_cast<T&>(*this); }
  static const Method<T>* find(std::string_view name) {
    for (const Method<T>& row : T::methods())
      if (row.name == name) return &row;
    return nullptr;
  }
};

/// What makes an object of a type. Throws like a method; what is thrown is a RemoteError for the client
/// (MGR-07).
struct TypeRow {
  std::string_view name;  // the typeid
  std::unique_ptr<Object> (*make)(std::vector<Stored> arguments) = nullptr;
  // Of a type that needs to know more; make is null then.
  std::unique_ptr<Object> (*make_in)(Surroundings& surroundings, ObjectId object,
                                     std::vector<Stored> arguments) = nullptr;
};

/// DecodeError unless there are so many.
void demand_arguments(std::span<const Stored> arguments, std::size_t count);

/// The part of a container that these bytes name: a hash, never 0.
std::uint64_t part_of(std::span<const std::byte> key);

}  // namespace mp::manager
