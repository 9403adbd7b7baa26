#include <mp/process/arguments.hpp>

#include <gtest/gtest.h>

#include <memory>

namespace mp {
namespace {

template <auto Target, class... A>
void call(const Arguments<A...>& arguments) {
  Encoder encoder(Crossing::birth);
  detail::encode_arguments<Target>(encoder, arguments);
  const Bytes bytes = encoder.take();
  Decoder decoder(bytes);
  detail::call_with_arguments<Target>(decoder);
}

std::string received;

/// A handle: not copyable, known by a number.
class Handed {
 public:
  explicit Handed(int number) : number_(std::make_unique<int>(number)) {}
  void encode(Encoder& encoder) const { encoder.descriptor(*number_, "Handed"); }
  static Handed decode(Decoder& decoder) { return Handed(decoder.descriptor()); }
  int number() const { return *number_; }

 private:
  std::unique_ptr<int> number_;
};

void take_values(int number, const std::string& text, std::optional<double> real) {
  received = std::to_string(number) + text + (real ? "some" : "none");
}

void take_handles(Handed& one, Handed two, const Handed& three, Handed&& four) {
  const std::vector<int> numbers{one.number(), two.number(), three.number(), four.number()};
  received = describe(numbers);
}

void change(std::vector<int>& values) { values.push_back(3); }

TEST(Arguments, ArriveInOrderAndConverted) {
  call<&take_values>(args(7, "seven", std::nullopt));
  EXPECT_EQ(received, "7sevennone");
}

TEST(Arguments, LetHandlesBeTakenInEveryWay) {
  Handed one(1);
  const Handed three(3);
  call<&take_handles>(args(one, Handed(2), three, Handed(4)));
  EXPECT_EQ(received, "[1, 2, 3, 4]");
}

TEST(Arguments, AreCopiesInTheChild) {
  std::vector<int> values{1};
  call<&change>(args(values));
  EXPECT_EQ(values.size(), 1U);
}

TEST(Arguments, GoToALambdaToo) {
  call<[](unsigned char small, long large) noexcept { received = std::to_string(small + large); }>(
      args(200, 5U));
  EXPECT_EQ(received, "205");
}

TEST(Arguments, RefuseAnIntegerThatDoesNotFit) {
  EXPECT_THROW((call<[](unsigned char) {}>(args(256))), ValueError);
  EXPECT_THROW((call<[](unsigned) {}>(args(-1))), ValueError);
  EXPECT_THROW((call<[](int) {}>(args(3'000'000'000U))), ValueError);
}

static_assert(detail::Crosses<std::vector<int>> && detail::Crosses<Handed>);
static_assert(!detail::Crosses<std::unique_ptr<int>> && !detail::Crosses<int*>);

}  // namespace
}  // namespace mp
