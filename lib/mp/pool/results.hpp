// The jobs whose results somebody waits for as a whole: one call (apply), or all calls of a map. What a
// function gives is stored by value; of one that gives nothing, a std::monostate (Python's None).
#pragma once

#include <algorithm>
#include <cstddef>
#include <exception>
#include <functional>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <mp/codec/codec.hpp>
#include <mp/pool/job.hpp>

namespace mp {

/// What is kept of a result of type R.
template <class R>
using Stored = std::conditional_t<std::is_void_v<R>, std::monostate, std::decay_t<R>>;

template <>
struct codec<std::monostate> {
  static void encode(Encoder& encoder, std::monostate) { encoder.nil(); }
  static std::monostate decode(Decoder& decoder) {
    decoder.nil();
    return {};
  }
  static std::string describe(std::monostate) { return "None"; }
};

namespace detail {

template <class R>
concept ResultCrosses = std::is_void_v<R> || requires(Decoder& decoder) {
  codec<Stored<R>>::decode(decoder);
};

template <class R>
void encode_result(Encoder& encoder, const Stored<R>& result) {
  if constexpr (!std::is_void_v<R>) codec<Stored<R>>::encode(encoder, result);
}

template <class R>
Stored<R> decode_result(Decoder& decoder) {
  if constexpr (std::is_void_v<R>) {
    return {};
  } else if constexpr (!ResultCrosses<R>) {  // of a function that only threads call
    refuse("a result of this type does not cross");
  } else {
    return codec<Stored<R>>::decode(decoder);
  }
}

template <class T>
std::string describe_result(const T& result) {
  if constexpr (requires { codec<T>::describe(result); }) {
    return codec<T>::describe(result);
  } else {
    return "<result>";
  }
}

/// A job with one value of type T for its result, or an exception: the first that was told (POOL-10).
template <class T>
class ResultJob : public Job {
 public:
  using Job::Job;

  void fail(std::size_t, std::exception_ptr failure) override {
    if (failure_ == nullptr) failure_ = std::move(failure);
  }
  bool has_failed() const override { return failure_ != nullptr; }
  bool wants_callbacks() const override { return callback != nullptr || error_callback != nullptr; }
  bool wants_callback() const override {
    return has_failed() ? error_callback != nullptr : callback != nullptr;
  }
  void call_back() override { has_failed() ? error_callback(failure_) : callback(*value_); }

  // Once it is done.
  const T& value() const {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
    return *value_;
  }
  T take_value() {
    if (failure_ != nullptr) std::rethrow_exception(failure_);
    return *std::move(value_);
  }

  // Set before it is submitted.
  std::function<void(const T&)> callback;
  std::function<void(std::exception_ptr)> error_callback;

 protected:
  std::optional<T> value_;
  std::exception_ptr failure_;
};

template <class R>
class ApplyJob final : public ResultJob<Stored<R>> {
 public:
  using ResultJob<Stored<R>>::ResultJob;
  void accept(std::size_t, Decoder& results) override {
    this->value_.emplace(decode_result<R>(results));
    results.finish();
  }
  void put(Stored<R> value) { this->value_.emplace(std::move(value)); }
};

/// Results in the order of the input (POOL-07).
template <class R>
class MapJob final : public ResultJob<std::vector<Stored<R>>> {
 public:
  using ResultJob<std::vector<Stored<R>>>::ResultJob;

  /// Before it is submitted: `size` calls in chunks of `chunk` each, the last one perhaps of fewer.
  void prepare(std::size_t size, std::size_t chunk) {
    slots_.resize(size);
    chunk_ = chunk;
    this->parts_left_ = (size + chunk - 1) / chunk;
  }
  void accept(std::size_t part, Decoder& results) override {
    const std::size_t end = std::min(slots_.size(), (part + 1) * chunk_);
    for (std::size_t i = part * chunk_; i < end; ++i) slots_[i].emplace(decode_result<R>(results));
    results.finish();
  }
  void put(std::size_t index, Stored<R> value) { slots_[index].emplace(std::move(value)); }
  void conclude() override {
    if (this->has_failed()) return;
    std::vector<Stored<R>>& values = this->value_.emplace();
    values.reserve(slots_.size());
    for (std::optional<Stored<R>>& slot : slots_) values.push_back(*std::move(slot));
    slots_ = {};
  }

 private:
  std::vector<std::optional<Stored<R>>> slots_;
  std::size_t chunk_ = 1;
};

}  // namespace detail
}  // namespace mp
