// Histories of an object of the program's own, held against what the object should be like:
//
//   heddle::linearizable("best", "value");                                // once, before the first call
//   heddle::record("best", "set", [&] { store_both_halves(7); }, 7);      // wherever it is used
//   int best = heddle::record("best", "get", [&] { return load_both_halves(); });
//
// When an execution is over, the calls that it made must have an order that the model allows, in which no
// call comes before one that had returned when it began; otherwise the finding is not-linearizable, about the
// object. See docs/reference/rules/not-linearizable.md. In world sim; elsewhere the calls are just made.
#pragma once

#include <array>
#include <concepts>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>

#include <heddle/core/session.hpp>
#include <heddle/linearizability/sequential.hpp>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>

namespace heddle {

/// The object of this name should be like a model of docs/reference/linearizability.md, to all tasks of the
/// program. `number`: permits, a maxsize or a first value, as the page says. Throws std::invalid_argument for
/// a model that there is not. A name stands for one object: a second history of it is a finding, and so is a
/// call on an object of which this was never said.
void linearizable(std::string_view object, std::string_view model, std::optional<std::int64_t> number = {},
                  mp::Location where = mp::Location::current());

using linearizability::Call;        // what a model is asked about
using linearizability::Model;       // may be free to choose, and judges keys apart
using linearizability::Sequential;  // one result for each call in each state
using linearizability::State;

/// The same, with a model of the program's own.
template <std::derived_from<Model> Own>
requires std::default_initializable<Own>
void linearizable(std::string_view object, mp::Location where = mp::Location::current()) {
  const MakeModel make = [](std::int64_t) -> std::unique_ptr<Model> { return std::make_unique<Own>(); };
  if (Session* here = session()) here->specify({.object = object, .model = make, .where = where});
}

/// The name of an object, and the line where it is used.
struct Called {
  template <std::convertible_to<std::string_view> Name>
  Called(const Name& name, mp::Location line = mp::Location::current()) : object(name), where(line) {}

  std::string_view object;
  mp::Location where;
};

namespace detail {

/// Text as it is, everything else as Python would show it.
template <class T>
std::string words_of(const T& value) {
  if constexpr (std::convertible_to<const T&, std::string_view>)
    return std::string(std::string_view(value));
  else
    return mp::describe(value);
}

class Recording {
 public:
  Recording(const Called& on, std::string_view operation, std::span<const std::string> arguments)
      : session_(session()) {
    if (session_ == nullptr) return;
    call_ = session_->call_begun(
        {.object = on.object, .operation = operation, .arguments = arguments, .where = on.where});
  }
  void returned(std::string_view result) const {
    if (session_ != nullptr) session_->call_returned(call_, result);
  }
  void raised(const mp::Error& error) const;

 private:
  Session* session_;
  CallId call_ = 0;
};

}  // namespace detail

/// Makes a call on the object: `body` does it, and gives its result. A body that gives nothing returns None.
/// What it raises goes on to the caller; Empty, Full, IndexError, KeyError, ValueError and AssertionError are
/// results by their names, and of any other exception nobody knows what has been done. So it is of a task
/// that is killed in between.
template <std::invocable Body, class... Arguments>
std::invoke_result_t<Body&> record(const Called& on, std::string_view operation, Body&& body,
                                   const Arguments&... arguments) {
  const std::array<std::string, sizeof...(arguments)> words{detail::words_of(arguments)...};
  const detail::Recording call(on, operation, words);
  try {
    if constexpr (std::is_void_v<std::invoke_result_t<Body&>>) {
      body();
      call.returned("None");
    } else {
      std::invoke_result_t<Body&> result = body();
      call.returned(detail::words_of(result));
      return result;
    }
  } catch (const mp::Error& error) {
    call.raised(error);
    throw;
  }
}

}  // namespace heddle
