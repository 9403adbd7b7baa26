// wait(): which of several connections or descriptors can be read without waiting, and until one can.
//
// Rows met: WAIT-01, WAIT-03, WAIT-04. Ready is what has data, is at the end of file or, for a send-only end,
// has lost its last reader; a process's sentinel is ready once the process has ended. Nothing is taken out,
// so what is not read is ready the next time too. The results are in the order of what was given (WAIT-02).
// Deviation: one thing given twice is a ValueError (WAIT-02 has a KeyError there).
#pragma once

#include <concepts>
#include <initializer_list>
#include <span>
#include <vector>

#include <mp/channel/connection.hpp>
#include <mp/os/operation.hpp>

namespace mp {

/// Something to wait for: a Connection, another object with a descriptor, or a descriptor itself. It refers
/// to the descriptor, which has to stay open while it is used.
class Waitable {
 public:
  /// OSError: closed.
  Waitable(const Connection& connection)  // NOLINT: meant to be implicit
      : fd_(connection.fileno()), object_(connection.object()) {}
  /// ValueError: negative.
  Waitable(Descriptor fd);  // NOLINT: meant to be implicit
  template <class T>
  requires requires(const T& object) {
    { object.fileno() } -> std::same_as<Descriptor>;
  }
  Waitable(const T& object) : Waitable(object.fileno()) {}  // NOLINT: meant to be implicit

  Descriptor fileno() const { return fd_; }
  ObjectId object() const { return object_; }  // none unless it is a Connection
  friend bool operator==(const Waitable& left, const Waitable& right) { return left.fd_ == right.fd_; }

 private:
  Descriptor fd_;
  ObjectId object_ = ObjectId::none;
};

/// Those that are ready, in the given order. Waits until one is for at most `timeout` seconds: absent for
/// ever, zero and below not at all; empty if none is in time. Without objects it waits all the same.
/// ValueError: an object twice. OSError: a descriptor that is not open.
std::vector<Waitable> wait(std::span<const Waitable> objects, Timeout timeout = std::nullopt,
                           Location where = Location::current());
std::vector<Waitable> wait(std::initializer_list<Waitable> objects, Timeout timeout = std::nullopt,
                           Location where = Location::current());

}  // namespace mp
