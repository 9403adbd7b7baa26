// How a BoundedSemaphore crosses: its bound travels with the handle.
#include <mp/sync/bounded_semaphore.hpp>

namespace mp {

void BoundedSemaphore::encode(Encoder& encoder) const {
  semaphore_.encode_as(encoder, "BoundedSemaphore");
  encoder.integer(bound_);
}

BoundedSemaphore BoundedSemaphore::decode(Decoder& decoder) {
  Semaphore semaphore = Semaphore::decode(decoder);
  return BoundedSemaphore(std::move(semaphore), codec<int>::decode(decoder));
}

}  // namespace mp
