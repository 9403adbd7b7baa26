// The images of the process tell.
#include <mp/codec/function_place.hpp>

#include <optional>

#include <mp/errors.hpp>
#include <mp/os/posix_os_images.hpp>

namespace mp {

void FunctionPlace::encode(Encoder& encoder) const {
  encoder.bytes(build_id);
  encoder.natural(offset);
}

FunctionPlace FunctionPlace::decode(Decoder& decoder) {
  FunctionPlace place{.build_id = decoder.bytes()};
  place.offset = decoder.natural();
  return place;
}

FunctionPlace place_of_function(std::uintptr_t address) {
  if (address == 0) return {};
  auto place = posix_images::place_of(reinterpret_cast<const void*>(address));
  if (!place || place->build_id.empty())
    throw RuntimeError("a function of a program without a build id cannot be named in another process");
  return {.build_id = std::move(place->build_id), .offset = place->offset};
}

std::uintptr_t function_at_place(const FunctionPlace& place) {
  if (place.build_id.empty()) return 0;
  return reinterpret_cast<std::uintptr_t>(
      posix_images::address_of({.image = {}, .build_id = place.build_id, .offset = place.offset}));
}

}  // namespace mp
