// What a sensor measures. A sample that is not a number cannot cross to another process: encoding it throws.
#pragma once

#include <cmath>
#include <limits>
#include <mp/codec/codec.hpp>
#include <mp/errors.hpp>
#include <string>

namespace heddle::zoo {

struct Sample {
  double degrees = 0;
};

inline constexpr Sample no_sample{.degrees = std::numeric_limits<double>::quiet_NaN()};

}  // namespace heddle::zoo

template <>
struct mp::codec<heddle::zoo::Sample> {
  static void encode(mp::Encoder& encoder, const heddle::zoo::Sample& sample) {
    if (std::isnan(sample.degrees)) throw mp::ValueError("a sample that is not a number");
    encoder.real(sample.degrees);
  }
  static heddle::zoo::Sample decode(mp::Decoder& decoder) { return {.degrees = decoder.real()}; }
  static std::string describe(const heddle::zoo::Sample& sample) { return describe_real(sample.degrees); }
};
