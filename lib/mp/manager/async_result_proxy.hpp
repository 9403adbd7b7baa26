// What the jobs of a Pool in a manager's server give: an AsyncResult, or the iterator of an imap. Any process
// may have one and ask; a result is kept in the server, as bytes, until the last proxy goes. A client that is
// killed while it waits for the next result of an iterator takes none.
//
// Exceptions of the program's own (Raises) are known where the job was submitted; a proxy that has crossed
// throws a RemoteError with their names.
#pragma once

#include <iterator>
#include <type_traits>
#include <utility>
#include <vector>

#include <mp/codec/raised.hpp>
#include <mp/errors.hpp>
#include <mp/manager/proxy.hpp>
#include <mp/pool/results.hpp>

namespace mp {

namespace manager {

inline constexpr ProxyType async_result_proxy{"AsyncResult", "AsyncResult", ObjectKind::async_result};
inline constexpr ProxyType iterator_proxy{"IteratorProxy", "Iterator", ObjectKind::async_result};

/// The results in a reply about a job. Throws what the job raised, which `operation` then has failed with.
template <class R>
std::vector<mp::Stored<R>> results_in(const Reply& reply, Operation& operation, const Raises& raises) {
  if (reply.values.empty()) throw DecodeError("a manager's reply is incomplete");
  if (const auto failure = decode_message<std::optional<Raised>>(reply.values[0].bytes)) {
    operation.fail(1);
    raise(*failure, raises);
  }
  std::vector<mp::Stored<R>> results;
  for (std::size_t i = 1; i < reply.values.size(); ++i) {
    Decoder decoder(reply.values[i].bytes);
    results.push_back(mp::detail::decode_result<R>(decoder));
    decoder.finish();
  }
  return results;
}

/// The same, of a job that gives one.
template <class R>
mp::Stored<R> result_in(const Reply& reply, Operation& operation, const Raises& raises) {
  std::vector<mp::Stored<R>> results = results_in<R>(reply, operation, raises);
  if (results.size() != 1) throw DecodeError("a manager's reply has another number of results");
  return std::move(results.front());
}

/// Whether a job gives one result or a list of them.
enum class Results : std::uint8_t { one, many };

}  // namespace manager

/// R: what the function gives.
template <class R, manager::Results how_many>
class BasicAsyncResultProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::async_result_proxy;
  using T = std::conditional_t<how_many == manager::Results::many, std::vector<mp::Stored<R>>, mp::Stored<R>>;
  explicit BasicAsyncResultProxy(manager::ProxyCore core, Raises raises = {})
      : Proxy(std::move(core)), raises_(raises) {}

  /// A copy of the value, or the job's exception. TimeoutError: not done in time. WorkerLost, BrokenPool as
  /// of a Pool.
  T get(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Operation operation = begin(Verb::get, where);
    T value = value_in(call(operation, "get", where, in_seconds(timeout)), operation);
    operation.succeed_with([&] { return detail::describe_result(value); });
    return value;
  }
  /// Waits until the job is done, for at most `timeout`; says nothing about whether it is.
  void wait(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Operation operation = begin(Verb::wait, where);
    if (Proxy::get<bool>(operation, "wait", where, in_seconds(timeout))) operation.succeed();
  }
  bool ready(Location where = Location::current()) const {
    Operation operation = begin(Verb::ready, where);
    const bool is_done = Proxy::get<bool>(operation, "ready", where);
    operation.succeed(is_done ? 1 : 0);
    return is_done;
  }
  /// Did the job end without an exception? ValueError: it is not done.
  bool successful(Location where = Location::current()) const {
    Operation operation = begin(Verb::successful, where);
    const bool is_good = Proxy::get<bool>(operation, "successful", where);
    operation.succeed(is_good ? 0 : 1);
    return is_good;
  }

  static BasicAsyncResultProxy decode(Decoder& decoder) {
    return BasicAsyncResultProxy(manager::ProxyCore::decode(decoder, type));
  }

 private:
  T value_in(const manager::Reply& reply, Operation& operation) const {
    if constexpr (how_many == manager::Results::many) {
      return manager::results_in<R>(reply, operation, raises_);
    } else {
      return manager::result_in<R>(reply, operation, raises_);
    }
  }

  Raises raises_;
};

template <class R>
using AsyncResultProxy = BasicAsyncResultProxy<R, manager::Results::one>;
template <class R>
using MapResultProxy = BasicAsyncResultProxy<R, manager::Results::many>;

/// Also a range: for (const int each : results), one request each. Those who share an iterator share its
/// results: each goes to one of them.
template <class R>
class ImapProxy : public Proxy {
 public:
  static constexpr const manager::ProxyType& type = manager::iterator_proxy;
  explicit ImapProxy(manager::ProxyCore core, Raises raises = {}) : Proxy(std::move(core)), raises_(raises) {}

  /// The next result, or the exception that comes in its place. TimeoutError: not in time, and nothing is
  /// lost. StopIteration: there are no more; as often as it is asked.
  mp::Stored<R> next(Timeout timeout = std::nullopt, Location where = Location::current()) const {
    Operation operation = Proxy::begin(Verb::next, where);
    const manager::Reply reply = call(operation, "next", where, in_seconds(timeout));
    mp::Stored<R> value = manager::result_in<R>(reply, operation, raises_);
    operation.succeed_with([&] { return detail::describe_result(value); });
    return value;
  }

  class Iterator {
   public:
    using value_type = mp::Stored<R>;
    using difference_type = std::ptrdiff_t;
    explicit Iterator(const ImapProxy& results) : results_(&results) { ++*this; }
    const mp::Stored<R>& operator*() const { return *value_; }
    Iterator& operator++() {
      try {
        value_ = results_->next();
      } catch (const StopIteration&) {
        value_.reset();
      }
      return *this;
    }
    void operator++(int) { ++*this; }
    bool operator==(std::default_sentinel_t) const { return !value_.has_value(); }

   private:
    const ImapProxy* results_;
    std::optional<mp::Stored<R>> value_;
  };
  Iterator begin() const { return Iterator(*this); }
  std::default_sentinel_t end() const { return {}; }

  static ImapProxy decode(Decoder& decoder) { return ImapProxy(manager::ProxyCore::decode(decoder, type)); }

 private:
  Raises raises_;
};

}  // namespace mp
