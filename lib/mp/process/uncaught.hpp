// What happens to an exception that leaves what the user gave us to run: the target of a process or of a
// thread, a finalizer. A SystemExit is a status; anything else is told to the Os, written to descriptor 2,
// and is status 1 (PROC-05). The unwinding of a cancelled thread is no exception and passes through.
#pragma once

#include <cxxabi.h>

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <typeinfo>

#include <mp/errors.hpp>
#include <mp/os/os.hpp>

namespace mp::detail {

/// Whose exception it is.
struct Runner {
  std::string heading;  // first line of what is written: "Process worker-1:"
  ObjectKind kind = ObjectKind::none;
  ObjectId object = ObjectId::none;
};

/// As it is written in C++: "mp::KeyError".
std::string type_in_words(const std::type_info& type);
/// "mp::KeyError: count" for the exception being handled.
std::string exception_in_words(const std::exception& exception);
std::string unknown_exception_in_words();

/// Writes to descriptor 2; does nothing where there is none.
void write_error(Os& os, std::string_view words);

/// Tells the Os and descriptor 2.
void report_uncaught(Os& os, const Runner& runner, std::string_view words);

/// Runs body and gives the exit status that its end means.
template <std::invocable F>
int run_guarded(Os& os, const Runner& runner, F&& body) {
  std::string words;
  try {
    body();
    return 0;
  } catch (const SystemExit& end) {
    return end.status & 0xff;
  } catch (const abi::__forced_unwind&) {
    throw;
  } catch (const std::exception& exception) {
    words = exception_in_words(exception);
  } catch (...) {
    words = unknown_exception_in_words();
  }
  // Out of the handler first: reporting may switch tasks, and an exception in flight belongs to one.
  report_uncaught(os, runner, words);
  return 1;
}

}  // namespace mp::detail
