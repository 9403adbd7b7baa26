// The images of the calling process, as the dynamic linker lists them (dl_iterate_phdr(3)), and their build
// ids, which the linker leaves in a note (elf(5), NT_GNU_BUILD_ID).
#include <mp/os/posix_os_images.hpp>

#include <elf.h>
#include <link.h>

#include <cstring>
#include <functional>
#include <span>

namespace mp::posix_images {

namespace {

using Visit = std::function<bool(const dl_phdr_info& image)>;  // true: found, go no further

void visit_images(Visit visit) {
  const auto call = [](dl_phdr_info* image, std::size_t, void* context) {
    return (*static_cast<Visit*>(context))(*image) ? 1 : 0;
  };
  ::dl_iterate_phdr(call, &visit);
}

std::span<const ElfW(Phdr)> segments_of(const dl_phdr_info& image) {
  return {image.dlpi_phdr, image.dlpi_phnum};
}

bool has_code_at(const dl_phdr_info& image, std::uint64_t offset) {
  for (const ElfW(Phdr) & segment : segments_of(image)) {
    const bool is_code = segment.p_type == PT_LOAD && (segment.p_flags & PF_X) != 0;
    if (is_code && offset >= segment.p_vaddr && offset - segment.p_vaddr < segment.p_memsz) return true;
  }
  return false;
}

constexpr std::size_t padded(std::size_t bytes) { return (bytes + 3) / 4 * 4; }

/// The build id in a segment of notes; empty if there is none.
std::vector<std::byte> build_id_in(std::span<const std::byte> notes) {
  constexpr char owner[] = "GNU";
  while (notes.size() >= sizeof(ElfW(Nhdr))) {
    ElfW(Nhdr) header;
    std::memcpy(&header, notes.data(), sizeof header);
    const std::size_t name = sizeof header;
    const std::size_t body = name + padded(header.n_namesz);
    const std::size_t end = body + padded(header.n_descsz);
    if (end > notes.size()) break;
    if (header.n_type == NT_GNU_BUILD_ID && header.n_namesz == sizeof owner &&
        std::memcmp(notes.data() + name, owner, sizeof owner) == 0) {
      const auto id = notes.subspan(body, header.n_descsz);
      return {id.begin(), id.end()};
    }
    notes = notes.subspan(end);
  }
  return {};
}

std::vector<std::byte> build_id_of(const dl_phdr_info& image) {
  for (const ElfW(Phdr) & segment : segments_of(image)) {
    if (segment.p_type != PT_NOTE) continue;
    const auto* const first = reinterpret_cast<const std::byte*>(image.dlpi_addr + segment.p_vaddr);
    std::vector<std::byte> id = build_id_in(std::span(first, segment.p_memsz));
    if (!id.empty()) return id;
  }
  return {};
}

bool is_image(const dl_phdr_info& image, const CodePlace& place) {
  const std::vector<std::byte> id = build_id_of(image);
  if (!id.empty() || !place.build_id.empty()) return id == place.build_id;
  return place.image == image.dlpi_name;
}

}  // namespace

std::optional<CodePlace> place_of(const void* address) {
  std::optional<CodePlace> found;
  visit_images([&](const dl_phdr_info& image) {
    const std::uint64_t offset = reinterpret_cast<std::uintptr_t>(address) - image.dlpi_addr;
    if (!has_code_at(image, offset)) return false;
    found = CodePlace{.image = image.dlpi_name, .build_id = build_id_of(image), .offset = offset};
    return true;
  });
  return found;
}

const void* address_of(const CodePlace& place) {
  const void* found = nullptr;
  visit_images([&](const dl_phdr_info& image) {
    if (!is_image(image, place)) return false;
    if (has_code_at(image, place.offset)) {
      found = reinterpret_cast<const void*>(image.dlpi_addr + place.offset);
    }
    return true;
  });
  return found;
}

}  // namespace mp::posix_images
