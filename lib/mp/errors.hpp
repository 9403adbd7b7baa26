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

/// A name that an object does not have (MGR-13).
class AttributeError : public Error {
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

/// An exception of a type that does not cross, thrown in another process (POOL-16, MGR-07), or the words of a
/// server that could not do what it was asked. what() has both, "type: words".
class RemoteError : public Error {
 public:
  explicit RemoteError(const std::string& words);
  RemoteError(const std::string& type, const std::string& words);
  /// As C++ names it; empty: it was no exception of the program's.
  const std::string& type() const { return *type_; }
  const std::string& words() const { return *words_; }

 private:
  std::shared_ptr<const std::string> type_;  // shared, because copying must not throw
  std::shared_ptr<const std::string> words_;
};

/// A worker of a pool ended while it had the job; exitcode() is as a process has it (POOL-21).
class WorkerLost : public RuntimeError {
 public:
  explicit WorkerLost(const std::string& words, int exitcode = 0)
      : RuntimeError(words), exitcode_(exitcode) {}
  int exitcode() const { return exitcode_; }

 private:
  int exitcode_;
};

/// A pool has no workers and gets none: what it was to run first in each of them raises (POOL-23), or the
/// machine starts no more processes.
class BrokenPool : public RuntimeError {
 public:
  using RuntimeError::RuntimeError;
};

/// The result of a job cannot be encoded, and so stays where it is (POOL-17).
class MaybeEncodingError : public Error {
 public:
  using Error::Error;
};

/// An iterator has nothing more to give (POOL-12).
class StopIteration : public Error {
 public:
  StopIteration() : Error("StopIteration") {}
};

/// Ends the calling process with a status; not an Error (sys.exit).
struct SystemExit {
  int status = 0;
};

}  // namespace mp
