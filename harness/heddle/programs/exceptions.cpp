// The table. To add an exception, add a row before that of its base.
#include <algorithm>
#include <array>

#include <heddle/programs/call.hpp>
#include <heddle/programs/exceptions.hpp>
#include <mp/errors.hpp>

namespace heddle::programs {
namespace {

template <class T>
bool is(const std::exception& exception) {
  return dynamic_cast<const T*>(&exception) != nullptr;
}
template <class T>
[[noreturn]] void raise(const char* words) {
  if constexpr (std::is_constructible_v<T, const char*>)
    throw T(words);
  else
    throw T();
}
template <class T>
constexpr ExceptionRow row(std::string_view name) {
  return {name, &is<T>, &raise<T>};
}

[[noreturn]] void raise_short_buffer(const char* words) {
  const std::string_view text(words);
  const auto* const first = reinterpret_cast<const std::byte*>(text.data());
  throw mp::BufferTooShort({first, first + text.size()});
}
Payload message_of(const std::exception& exception) {
  return payload_of(dynamic_cast<const mp::BufferTooShort&>(exception).message());
}

constexpr std::array rows{
    row<mp::Empty>("Empty"),
    row<mp::Full>("Full"),
    row<mp::ValueError>("ValueError"),
    row<mp::AssertionError>("AssertionError"),
    row<mp::EOFError>("EOFError"),
    row<mp::BrokenPipeError>("BrokenPipeError"),
    row<mp::ConnectionResetError>("ConnectionResetError"),
    row<mp::ConnectionRefusedError>("ConnectionRefusedError"),
    row<mp::FileNotFoundError>("FileNotFoundError"),
    row<mp::FileExistsError>("FileExistsError"),
    row<mp::OSError>("OSError"),
    row<mp::KeyError>("KeyError"),
    row<mp::IndexError>("IndexError"),
    row<mp::AttributeError>("AttributeError"),
    row<mp::BufferError>("BufferError"),
    ExceptionRow{"BufferTooShort", &is<mp::BufferTooShort>, &raise_short_buffer, &message_of},
    row<mp::BrokenBarrierError>("BrokenBarrierError"),
    row<mp::WorkerLost>("WorkerLost"),
    row<mp::BrokenPool>("BrokenPool"),
    row<mp::RuntimeError>("RuntimeError"),
    row<mp::TimeoutError>("TimeoutError"),
    row<mp::MaybeEncodingError>("MaybeEncodingError"),
    row<mp::RemoteError>("RemoteError"),
    row<mp::StopIteration>("StopIteration"),
    row<mp::AuthenticationError>("AuthenticationError"),
    row<mp::ProcessError>("ProcessError"),
    row<mp::DecodeError>("DecodeError"),
    row<mp::TypeError>("TypeError"),
    row<mp::Error>("Exception"),
};

}  // namespace

std::span<const ExceptionRow> exceptions() { return rows; }

const ExceptionRow* find_exception(std::string_view name) {
  const auto* const found = std::ranges::find(rows, name, &ExceptionRow::name);
  return found == rows.end() ? nullptr : found;
}

std::string name_of(const std::exception& exception) {
  const auto* const found =
      std::ranges::find_if(rows, [&](const ExceptionRow& each) { return each.matches(exception); });
  return found == rows.end() ? std::string(exception.what()) : std::string(found->name);
}

}  // namespace heddle::programs
