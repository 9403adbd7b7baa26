// Functions by image and offset: an address means nothing in another process, which may have the same image
// elsewhere. For posix_os_*.cpp, and for codec/function_place.cpp.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace mp::posix_images {

/// A place in the code of an image.
struct CodePlace {
  std::string image;                // the path of a shared library; empty for the program itself
  std::vector<std::byte> build_id;  // as the linker wrote it; empty if it was told not to
  std::uint64_t offset = 0;         // from where the image is mapped
};

/// Absent: no image of this process has code there.
std::optional<CodePlace> place_of(const void* address);

/// Null: this process has no such image, or no code there. Images are compared by build id, and by name if
/// they have none.
const void* address_of(const CodePlace& place);

}  // namespace mp::posix_images
