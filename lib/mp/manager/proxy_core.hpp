// A proxy without its types: which object of which manager, and the reference that keeps it there (MGR-15).
//
// How a proxy crosses, and what keeps its object meanwhile (the cure of MGR-16):
//   - to a child at its birth: a reference taken for the child when the Process is built, which the parent
//   gives
//     back once the child's end is known, also if it was killed;
//   - in a message to anybody: a ticket, taken when the message is encoded, which whoever decodes it claims.
//   A
//     message that nobody ever decodes keeps the object until the manager is shut down;
//   - to its own manager, as an argument: the value that the server stores holds the object itself; and from
//     there, in a result: with a reference for the receiver, counted in the step that made the result.
// A proxy that another manager stores is a ticket there: whoever fetches it first has its reference.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/manager/client.hpp>
#include <mp/manager/protocol.hpp>
#include <mp/os/operation.hpp>

namespace mp::manager {

/// A manager as its proxies know it.
struct Home {
  ServerAddress server;
  ObjectId manager = ObjectId::none;
};

/// What a class of proxies is.
struct ProxyType {
  std::string_view name;     // "ListProxy"
  std::string_view type_id;  // "list"
  ObjectKind kind{};
  bool has_lock = false;  // a Condition, whose lock is an object of its own for those who watch
};

/// One counted reference, given back by the process that has it.
class Reference {
 public:
  Reference() = default;
  /// Takes over one that is counted already.
  Reference(std::shared_ptr<const Home> home, std::uint64_t number);
  Reference(Reference&& other) noexcept;
  Reference& operator=(Reference&& other) noexcept;
  ~Reference();

 private:
  std::shared_ptr<const Home> home_;  // null: there is none
  std::uint64_t number_ = 0;
  ProcessId owner_ = ProcessId::none;
};

/// What to call a new object, for reports.
struct Naming {
  std::string_view name = {};
  Location where = {};
  std::int64_t number = 0;  // as announce() has it
};

class ProxyCore {
 public:
  /// Makes an object in the server. What ask() throws.
  static ProxyCore create(std::shared_ptr<const Home> home, const ProxyType& type, std::string_view type_id,
                          std::vector<Value> arguments, const Naming& naming);

  /// An object that the server has made on a call of this one, by the value that the reply has of it.
  ProxyCore made(const ProxyType& type, const Value& value, ObjectId object) const;

  /// One request on behalf of `operation`. What manager::ask() throws; a server that is gone is told as
  /// misuse.
  Reply ask(const Operation& operation, std::string_view method, std::vector<Value> arguments,
            Location where) const;

  /// A value for the server.
  template <class T>
  Value argument(const T& value) const {
    return encoded(*home_, value);
  }
  /// The same, for a value that the server stores: with its words, if somebody wants them.
  template <class T>
  Value argument(const T& value, const Operation& operation) const {
    Value argument = encoded(*home_, value);
    if (operation.wants_text()) argument.words = describe(value);
    return argument;
  }
  /// A value from the server. DecodeError: it is no T.
  template <class T>
  T result(const Value& value) const {
    References granted{.keeper = home_->server.address, .numbers = value.references};
    const Leftovers leftovers{home_, granted};
    Decoder decoder(value.bytes, granted);
    T decoded = codec<T>::decode(decoder);
    decoder.finish();
    return decoded;
  }

  template <class T>
  static Value encoded(const Home& home, const T& value) {
    References written{.keeper = home.server.address, .numbers = {}};
    Encoder encoder(written);
    codec<T>::encode(encoder, value);
    return {.bytes = encoder.take(), .references = std::move(written.numbers)};
  }

  const ProxyType& type() const { return *type_; }
  ObjectId object() const { return object_; }
  ObjectId lock() const { return lock_; }

  void encode(Encoder& encoder) const;
  /// DecodeError: no proxy of that type. RemoteError: its object is gone. What manager::ask() throws.
  static ProxyCore decode(Decoder& decoder, const ProxyType& type);

 private:
  /// Gives back what a result granted and nobody took over.
  struct Leftovers {
    const std::shared_ptr<const Home>& home;
    References& granted;
    ~Leftovers();
  };
  enum class Form : std::uint8_t { granted, ticket, birth };

  ProxyCore(std::shared_ptr<const Home> home, const ProxyType& type, std::uint64_t number, ObjectId object,
            ObjectId lock);
  Reference reference_of(Decoder& decoder, Form form, std::uint64_t ticket) const;

  std::shared_ptr<const Home> home_;
  const ProxyType* type_;
  std::uint64_t number_ = 0;
  Reference reference_;  // none in a child that was born with the proxy
  ObjectId object_;
  ObjectId lock_;
  Claim claim_;
  Claim lock_claim_;
  Claim manager_claim_;
};

}  // namespace mp::manager
