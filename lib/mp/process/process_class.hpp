// A process as a class of one's own with a run(), which the child calls (Process subclasses in Python):
//
//   class Worker : public mp::ProcessClass<Worker> {
//    public:
//     Worker(mp::Queue<int>& results, int count) : results_(results), count_(count) {}
//     auto members() { return std::tie(results_, count_); }
//     void run() { for (int i = 0; i < count_; ++i) results_.put(i); }
//
//    private:
//     mp::Queue<int>& results_;
//     int count_;
//   };
//
//   Worker worker(results, 10);
//   worker.start();
//
// What crosses to the child is what members() lists, as it is at start(). The child decodes it, constructs a
// Worker with these values in this order, and calls run() on that. So a handle may be kept by reference, as
// above: in the child it refers to the child's own handle, which outlives the Worker. Without members() the
// class is constructed without arguments.
//
// The constructor runs once in the parent and once in the child, where the options passed on to ProcessClass
// count for nothing: name(), daemon(), pid() and authkey() are there those of the process itself. What else
// the constructor does, it does twice. run() must be accessible, return anything and take nothing.
#pragma once

#include <tuple>
#include <type_traits>
#include <utility>

#include <mp/process/process.hpp>

namespace mp {

template <class Derived>
class ProcessClass : public Process {
 public:
  std::tuple<> members() const { return {}; }

 protected:
  explicit ProcessClass(const ProcessOptions& options = {}, Location where = Location::current())
      : Process(&ProcessClass::live, options, where) {}

 private:
  template <class... M>
  static std::tuple<std::decay_t<M>...> values_of(const std::tuple<M...>&);  // only its type is used

  void encode_arguments(Encoder& encoder) override {
    std::apply([&](auto&&... member) { (encode_member(encoder, member), ...); },
               static_cast<Derived*>(this)->members());
  }

  template <class M>
  static void encode_member(Encoder& encoder, const M& member) {
    static_assert(!std::is_pointer_v<M>,
                  "a pointer means nothing in another process: keep a value or a reference to a handle");
    static_assert(detail::Crosses<M>, "a member cannot cross a process boundary: give it a codec<T>");
    codec<M>::encode(encoder, member);
  }

  static int live(std::span<const std::byte> payload) { return run_child(payload, &decode_and_run); }

  static void decode_and_run(Decoder& decoder) {
    using Values = decltype(values_of(std::declval<Derived&>().members()));
    auto values = decode_values<Values>(decoder, std::make_index_sequence<std::tuple_size_v<Values>>());
    decoder.finish();
    std::apply([](auto&... value) { run_new(value...); }, values);
  }

  // Braces, because they alone promise that the members are decoded from left to right.
  template <class Values, std::size_t... I>
  static Values decode_values(Decoder& decoder, std::index_sequence<I...>) {
    return Values{codec<std::tuple_element_t<I, Values>>::decode(decoder)...};
  }

  template <class... V>
  static void run_new(V&... value) {
    constexpr bool from_lvalues = std::is_constructible_v<Derived, V&...>;
    static_assert(from_lvalues || std::is_constructible_v<Derived, V&&...>,
                  "the class has no constructor that takes what members() lists, in its order");
    expect_itself(&ProcessClass::live);
    if constexpr (from_lvalues) {
      Derived self(value...);
      static_cast<void>(self.run());
    } else {
      Derived self(std::move(value)...);
      static_cast<void>(self.run());
    }
  }
};

}  // namespace mp
