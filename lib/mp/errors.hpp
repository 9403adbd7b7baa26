// The exceptions a caller may expect, by the names Python gives them (contract: exception taxonomy).
// One base, so that a program can catch all of ours; each what() is in the primitive's own words.
#pragma once

#include <stdexcept>
#include <string>

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

/// A key that a container does not have.
class KeyError : public Error {
 public:
  using Error::Error;
};

class RuntimeError : public Error {
 public:
  using Error::Error;
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
