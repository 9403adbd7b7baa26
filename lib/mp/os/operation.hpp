// Tells the Os that a primitive's operation begins and ends. One object on the stack per operation;
// nested ones (a Queue's get taking its reader lock) are told too, and the Os decides what is
// outermost. An operation that leaves by an exception without a word has failed.
#pragma once

#include <concepts>
#include <optional>
#include <string>
#include <string_view>

#include <mp/os/os.hpp>

namespace mp {

class Operation {
 public:
  Operation(Os& os, Verb verb, ObjectKind kind, ObjectId object, Location where,
            ObjectId related = ObjectId::none)
      : os_(os) {
    if (os_.is_listening()) begin(verb, kind, object, where, related);
  }
  ~Operation() {
    if (os_.is_listening()) end();
  }
  Operation(const Operation&) = delete;
  Operation& operator=(const Operation&) = delete;

  /// The operation did what its name says (an acquire got the lock, a get has an item).
  void succeed(std::int64_t number = 0) {
    succeeded_ = true;
    number_ = number;
  }
  /// The operation failed in a way worth a number (a recv at end of file: -1).
  void fail(std::int64_t number) {
    succeeded_ = false;
    number_ = number;
  }
  /// The same as succeed, with the result in words, made only if somebody reads them.
  template <std::invocable Describe>
  void succeed_with(Describe&& describe, std::int64_t number = 0) {
    succeed(number);
    if (wants_text_) text_ = describe();
  }
  /// The arguments in words, made only if somebody reads them.
  template <std::invocable Describe>
  void argument(Describe&& describe) {
    if (!wants_text_) return;
    const std::string text = describe();
    os_.annotate({.kind = Annotation::Kind::argument, .text = text});
  }

  Stamp stamp() const { return stamp_; }
  bool wants_text() const { return wants_text_; }

 private:
  // Both out of the way of an operation that nobody listens to.
  void begin(Verb verb, ObjectKind kind, ObjectId object, Location where, ObjectId related);
  void end();

  Os& os_;
  Stamp stamp_ = Stamp::none;
  bool wants_text_ = false;
  bool succeeded_ = false;
  std::int64_t number_ = 0;
  std::optional<std::string> text_;
};

/// Tells the Os of a new object and gives its id. `number` says what its kind has to say in a number: a lock
/// is recursive (1), a semaphore's value, a queue's bound (0: none), a connection's descriptor.
inline ObjectId announce(Os& os, ObjectKind kind, std::string_view name, Location where,
                         ObjectId related = ObjectId::none, std::int64_t number = 0) {
  if (!os.is_listening()) return ObjectId::none;
  return os
      .annotate({.kind = Annotation::Kind::created,
                 .object_kind = kind,
                 .related = related,
                 .number = number,
                 .text = name,
                 .where = where})
      .object;
}

/// This process's claim on an object: what makes it able to end another's wait. Copying is not
/// possible; a child claims anew when it decodes its handle.
class Claim {
 public:
  Claim() = default;
  Claim(Os& os, ObjectId object) : os_(&os), object_(object) {
    os.annotate({.kind = Annotation::Kind::held, .object = object});
  }
  Claim(Claim&& other) noexcept : os_(std::exchange(other.os_, nullptr)), object_(other.object_) {}
  Claim& operator=(Claim&& other) noexcept {
    std::swap(os_, other.os_);
    std::swap(object_, other.object_);
    return *this;
  }
  ~Claim() { drop(); }

  void drop() {
    if (os_ != nullptr) os_->annotate({.kind = Annotation::Kind::dropped, .object = object_});
    os_ = nullptr;
  }
  ObjectId object() const { return object_; }

 private:
  Os* os_ = nullptr;
  ObjectId object_ = ObjectId::none;
};

}  // namespace mp
