// The exceptions a caller may expect, by the names Python gives them (contract: exception taxonomy).
// One base, so that a program can catch all of ours; each what() is in the primitive's own words.
#pragma once

#include <cstddef>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

namespace mp {

class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

/// A queue had nothing in time (QUEUE-04).
class Empty : public Error {
 public:
  Empty() : Error("Empty") {}
};

/// A queue had no free slot in time (QUEUE-02).
class Full : public Error {
 public:
  Full() : Error("Full") {}
};

/// A value is out of range, or an object is in a state that forbids the call (LOCK-03, QUEUE-18).
class ValueError : public Error {
 public:
  using Error::Error;
};

/// Programming misuse that no correct program commits (PROC-01, COND-02).
class AssertionError : public Error {
 public:
  using Error::Error;
};

/// Every copy of the other end is closed and nothing is left to read (PIPE-06).
class EOFError : public Error {
 public:
  using Error::Error;
};

/// The operating system refused; number() is the errno, 0 where the primitive itself refuses.
class OSError : public Error {
 public:
  explicit OSError(const std::string& words, int number = 0) : Error(words), number_(number) {}
  int number() const { return number_; }

 private:
  int number_;
};

/// Sending where nobody can ever receive (PIPE-08).
class BrokenPipeError : public OSError {
 public:
  explicit BrokenPipeError(const std::string& words);
};

/// The other end was closed with data unread (PIPE-09).
class ConnectionResetError : public OSError {
 public:
  explicit ConnectionResetError(const std::string& words);
};

/// Nobody listens there (LIS-04).
class ConnectionRefusedError : public OSError {
 public:
  explicit ConnectionRefusedError(const std::string& words);
};

/// A name that is not there (SHM-01, LIS-04).
class FileNotFoundError : public OSError {
 public:
  explicit FileNotFoundError(const std::string& words);
};

/// A name that is there already (SHM-01).
class FileExistsError : public OSError {
 public:
  explicit FileExistsError(const std::string& words);
};

/// What multiprocessing itself raises besides the language's own errors.
class ProcessError : public Error {
 public:
  using Error::Error;
};

/// A buffer is smaller than the message, which is consumed and kept here (PIPE-12).
class BufferTooShort : public ProcessError {
 public:
  explicit BufferTooShort(std::vector<std::byte> message);
  const std::vector<std::byte>& message() const { return *message_; }

 private:
  std::shared_ptr<const std::vector<std::byte>> message_;  // shared, because copying must not throw
};

/// A result did not come in time (ASYNC-01). Not what a queue or a lock says.
class TimeoutError : public ProcessError {
 public:
  using ProcessError::ProcessError;
};

/// Two sides of a connection do not have the same key (AUTH-02).
class AuthenticationError : public ProcessError {
 public:
  using ProcessError::ProcessError;
};

/// A key that a container does not have.
class KeyError : public Error {
 public:
  using Error::Error;
};

/// A position that a sequence does not have (ARR-02).
class IndexError : public Error {
 public:
  using Error::Error;
};

/// A value of a type that the operation does not take and that only running it shows.
class TypeError : public Error {
 public:
  using Error::Error;
};

/// A view into memory is still there (SHM-02).
class BufferError : public Error {
 public:
  using Error::Error;
};

class RuntimeError : public Error {
 public:
  using Error::Error;
};

/// A barrier is broken, or was while the caller waited at it (BAR-03..05).
class BrokenBarrierError : public RuntimeError {
 public:
  using RuntimeError::RuntimeError;
};

/// A process died while it held what the caller wants: a robust lock, which the caller now holds, or a queue
/// in the middle of a message, which is lost (LOCK-06, QUEUE-28, QUEUE-30).
class OwnerDied : public RuntimeError {
 public:
  using RuntimeError::RuntimeError;
};

/// Bytes that do not decode as the type asked for.
class DecodeError : public Error {
 public:
  using Error::Error;
};

/// Ends the calling process with a status; not an Error (sys.exit).
struct SystemExit {
  int status = 0;
};

}  // namespace mp
