// A call that a message tells, made on objects of this process by the rows by which heddle's own programs are
// run: what told_arguments does, the other way round. For adapters over heddle's primitives.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include <heddle/conform/wire.hpp>
#include <heddle/programs/call.hpp>
#include <heddle/programs/payload.hpp>
#include <mp/codec/codec.hpp>

namespace heddle::conform {

/// What is called so. Throws AttributeError if nothing is. Outlives the call, and what it makes.
using Find = std::function<programs::Carried(const std::string& name)>;

struct Made {
  std::vector<std::shared_ptr<programs::Object>> objects;  // in the order of call.names; null: none was made
  const programs::KindRow* kind = nullptr;
};

/// A call of form make. Throws what the maker throws; AttributeError: there is no such maker.
Made made(const Call& call, const Find& find);

/// Any other; that of wait gives positions. Throws what the operation throws; AttributeError: there is none.
programs::Payload performed(const Call& call, const Find& find);

/// What the two have words for, as capabilities; processes and threads are the adapter's.
std::vector<std::string> capabilities_of_rows();

/// The operation, without arguments, of an object that is looked for now.
std::function<void()> calling(const programs::Method& method, const Find& find);

/// An object, whatever its kind, as a child that is being started is handed it.
struct Handed : programs::Carried {};

}  // namespace heddle::conform

namespace mp {

template <>
struct codec<heddle::conform::Handed> {
  static void encode(Encoder& encoder, const heddle::conform::Handed& handed);
  static heddle::conform::Handed decode(Decoder& decoder);
};

}  // namespace mp
