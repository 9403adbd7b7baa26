// What calls tell, and parts by name.
#include <mp/manager/object.hpp>

namespace mp::manager {

void demand_arguments(std::span<const Stored> arguments, std::size_t count) {
  if (arguments.size() != count) throw DecodeError("a request has another number of arguments");
}

void Call::demand_arguments(std::size_t count) const { manager::demand_arguments(arguments, count); }

void Call::tell(ObjectKind kind, Access access, std::uint64_t part, std::string_view words) const {
  if (!os.is_listening()) return;
  os.annotate({.kind = Annotation::Kind::accessed,
               .object_kind = kind,
               .access = access,
               .object = request.object,
               .stamp = request.stamp,
               .part = part,
               .text = words});
}

// FNV-1a, 64 bits: http://www.isthe.com/chongo/tech/comp/fnv/
std::uint64_t part_of(std::span<const std::byte> key) {
  std::uint64_t hash = 0xcbf29ce484222325;
  for (const std::byte byte : key) hash = (hash ^ static_cast<std::uint64_t>(byte)) * 0x100000001b3;
  return hash == 0 ? 1 : hash;
}

}  // namespace mp::manager
