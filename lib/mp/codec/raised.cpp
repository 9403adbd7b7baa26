// The table of types that cross by themselves.
#include <mp/codec/raised.hpp>

#include <algorithm>
#include <array>
#include <new>
#include <stdexcept>
#include <string_view>

#include <mp/errors.hpp>
#include <mp/process/uncaught.hpp>

namespace mp {

namespace {

struct Row {
  std::string_view name;  // as C++ writes the type
  const std::type_info* type;
  void (*note)(const std::exception& exception, Raised& into);  // what words do not hold
  void (*raise)(const Raised& raised);
};

template <class E>
constexpr Row by_words(std::string_view name) {
  return {name, &typeid(E), [](const std::exception&, Raised&) {},
          [](const Raised& raised) { throw E(raised.words); }};
}

template <class E>
constexpr Row alone(std::string_view name) {
  return {name, &typeid(E), [](const std::exception&, Raised&) {}, [](const Raised&) { throw E(); }};
}

void note_number(const std::exception& exception, Raised& into) {
  into.number = static_cast<const OSError&>(exception).number();
}
void note_exitcode(const std::exception& exception, Raised& into) {
  into.number = static_cast<const WorkerLost&>(exception).exitcode();
}
void note_message(const std::exception& exception, Raised& into) {
  into.value = static_cast<const BufferTooShort&>(exception).message();
}
// One that has crossed before goes on as what it was.
void note_origin(const std::exception& exception, Raised& into) {
  const auto& remote = static_cast<const RemoteError&>(exception);
  if (remote.type().empty()) return;
  into.type = remote.type();
  into.words = remote.words();
}

void raise_os_error(const Raised& raised) { throw OSError(raised.words, static_cast<int>(raised.number)); }
void raise_worker_lost(const Raised& raised) {
  throw WorkerLost(raised.words, static_cast<int>(raised.number));
}
void raise_too_short(const Raised& raised) { throw BufferTooShort(raised.value); }
void raise_remote(const Raised& raised) { throw RemoteError(raised.words); }

constexpr std::array table{
    by_words<Error>("mp::Error"),
    alone<Empty>("mp::Empty"),
    alone<Full>("mp::Full"),
    by_words<ValueError>("mp::ValueError"),
    by_words<AssertionError>("mp::AssertionError"),
    by_words<EOFError>("mp::EOFError"),
    Row{"mp::OSError", &typeid(OSError), &note_number, &raise_os_error},
    by_words<BrokenPipeError>("mp::BrokenPipeError"),
    by_words<ConnectionResetError>("mp::ConnectionResetError"),
    by_words<FileNotFoundError>("mp::FileNotFoundError"),
    by_words<FileExistsError>("mp::FileExistsError"),
    by_words<ProcessError>("mp::ProcessError"),
    Row{"mp::BufferTooShort", &typeid(BufferTooShort), &note_message, &raise_too_short},
    by_words<TimeoutError>("mp::TimeoutError"),
    by_words<AuthenticationError>("mp::AuthenticationError"),
    by_words<KeyError>("mp::KeyError"),
    by_words<AttributeError>("mp::AttributeError"),
    by_words<IndexError>("mp::IndexError"),
    by_words<TypeError>("mp::TypeError"),
    by_words<BufferError>("mp::BufferError"),
    by_words<RuntimeError>("mp::RuntimeError"),
    by_words<BrokenBarrierError>("mp::BrokenBarrierError"),
    by_words<OwnerDied>("mp::OwnerDied"),
    by_words<DecodeError>("mp::DecodeError"),
    Row{"mp::RemoteError", &typeid(RemoteError), &note_origin, &raise_remote},
    Row{"mp::WorkerLost", &typeid(WorkerLost), &note_exitcode, &raise_worker_lost},
    by_words<BrokenPool>("mp::BrokenPool"),
    by_words<MaybeEncodingError>("mp::MaybeEncodingError"),
    alone<StopIteration>("mp::StopIteration"),
    by_words<std::runtime_error>("std::runtime_error"),
    by_words<std::range_error>("std::range_error"),
    by_words<std::overflow_error>("std::overflow_error"),
    by_words<std::underflow_error>("std::underflow_error"),
    by_words<std::logic_error>("std::logic_error"),
    by_words<std::domain_error>("std::domain_error"),
    by_words<std::invalid_argument>("std::invalid_argument"),
    by_words<std::length_error>("std::length_error"),
    by_words<std::out_of_range>("std::out_of_range"),
    alone<std::bad_alloc>("std::bad_alloc"),
};

Raised taken_from(const std::exception& exception) {
  Raised raised{.type = detail::type_in_words(typeid(exception)), .words = exception.what()};
  const auto row =
      std::ranges::find_if(table, [&](const Row& each) { return *each.type == typeid(exception); });
  if (row != table.end()) row->note(exception, raised);
  return raised;
}

bool is_taken(bool (*take)(Raised&), Raised& into) {
  if (take == nullptr) return false;
  try {
    return take(into);
  } catch (const std::exception&) {  // its codec throws
    into = {};
    return false;
  }
}

}  // namespace

Raised raised_now(bool (*take)(Raised& into)) {
  Raised raised;
  if (is_taken(take, raised)) return raised;
  try {
    throw;
  } catch (const std::exception& exception) {
    return taken_from(exception);
  } catch (...) {
    return {.type = detail::unknown_exception_in_words()};
  }
}

void raise(const Raised& raised, const Raises& own) {
  if (own.raise != nullptr) own.raise(raised);
  const auto row = std::ranges::find(table, raised.type, &Row::name);
  if (row != table.end()) row->raise(raised);
  throw RemoteError(raised.type, raised.words);
}

std::exception_ptr exception_of(const Raised& raised, const Raises& own) {
  try {
    raise(raised, own);
  } catch (...) {
    return std::current_exception();
  }
}

void codec<Raised>::encode(Encoder& encoder, const Raised& raised) {
  encoder.text(raised.type);
  encoder.text(raised.words);
  encoder.integer(raised.number);
  encoder.bytes(raised.value);
}

Raised codec<Raised>::decode(Decoder& decoder) {
  Raised raised;
  raised.type = decoder.text();
  raised.words = decoder.text();
  raised.number = decoder.integer();
  raised.value = decoder.bytes();
  return raised;
}

std::string codec<Raised>::describe(const Raised& raised) {
  return raised.words.empty() ? raised.type : raised.type + ": " + raised.words;
}

}  // namespace mp
