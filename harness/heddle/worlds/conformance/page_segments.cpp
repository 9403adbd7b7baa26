// What the page promises of shared segments: their size, their names, how long they are there.
#include <heddle/worlds/conformance/os_page.hpp>
#include <heddle/worlds/conformance/page_steps.hpp>

namespace heddle::conformance {

namespace {

/// A name that no other run on this machine uses at the same time.
std::string fresh_name(mp::Os& os) {
  std::array<std::byte, 8> chance{};
  os.random_bytes(chance);
  std::string name = "heddle-page-";
  for (const std::byte byte : chance) name += static_cast<char>('a' + (std::to_integer<int>(byte) & 15));
  return name;
}

struct Name {
  std::array<char, 40> text{};
  std::string_view view() const { return text.data(); }
};

Name name_for_a_child(const std::string& name) {
  Name copy;
  name.copy(copy.text.data(), copy.text.size() - 1);
  return copy;
}

void segment_has_its_size_and_zeros(mp::Os& os) {
  const mp::Descriptor fd = value_of(os.create_segment({}, 10'000), "create_segment");
  const std::span<std::byte> mapping = value_of(os.map_segment(fd), "map_segment");
  demand_equal(static_cast<std::int64_t>(mapping.size()), 10'000, "bytes mapped");
  for (const std::byte byte : mapping) demand(byte == std::byte{}, "a fresh segment is not zero");
  value_of(os.unmap_segment(mapping), "unmap_segment");
}

void store_through_the_name(mp::Os& os, const Name& name) {
  const mp::Descriptor fd = value_of(os.open_segment(name.view()), "open_segment");
  const std::span<std::byte> mapping = value_of(os.map_segment(fd), "map_segment");
  os.store(*reinterpret_cast<mp::Word*>(mapping.data()), 7);
}

void segment_is_found_by_its_name(mp::Os& os) {
  const std::string name = fresh_name(os);
  const mp::Descriptor fd = value_of(os.create_segment(name, sizeof(mp::Word)), "create_segment");
  const std::span<std::byte> mapping = value_of(os.map_segment(fd), "map_segment");
  const mp::Result<mp::Descriptor> again = os.create_segment(name, 8);
  const mp::ProcessId child = start_child<&store_through_the_name>(os, name_for_a_child(name));
  const mp::ProcessEnd end = wait_for(os, child);
  value_of(os.unlink_segment(name),
           "unlink_segment");  // before anything is demanded: the name is the machine's
  demand_failure(again, EEXIST, "create_segment of a name in use");
  demand_equal(end.status, 0, "exit status of the child");
  demand_equal(os.load(*reinterpret_cast<mp::Word*>(mapping.data())), 7, "what the child stored");
}

void unlinked_segment_stays_for_those_who_have_it(mp::Os& os) {
  const std::string name = fresh_name(os);
  const mp::Descriptor fd = value_of(os.create_segment(name, sizeof(mp::Word)), "create_segment");
  value_of(os.unlink_segment(name), "unlink_segment");
  demand_failure(os.open_segment(name), ENOENT, "open_segment of an unlinked name");
  demand_failure(os.unlink_segment(name), ENOENT, "unlink_segment a second time");
  const std::span<std::byte> mapping = value_of(os.map_segment(fd), "map_segment");
  os.store(*reinterpret_cast<mp::Word*>(mapping.data()), 3);
  demand_equal(os.load(*reinterpret_cast<mp::Word*>(mapping.data())), 3, "what was stored");
}

void segments_refuse_what_they_cannot(mp::Os& os) {
  demand_failure(os.create_segment({}, 0), EINVAL, "create_segment of no bytes");
  demand_failure(os.create_segment("a/b", 8), EINVAL, "create_segment with a slash");
  demand_failure(os.open_segment(std::string(201, 'x')), EINVAL, "open_segment of a long name");
  demand_failure(os.open_segment(fresh_name(os)), ENOENT, "open_segment of nothing");
  const auto [reader, writer] = value_of(os.pipe(), "pipe");
  demand(!os.map_segment(reader).has_value(), "a pipe was mapped");
}

constexpr PageCheck checks[] = {
    {"A segment has its size and holds zeros", &segment_has_its_size_and_zeros},
    {"A segment is found by its name", &segment_is_found_by_its_name},
    {"An unlinked segment stays for those who have it", &unlinked_segment_stays_for_those_who_have_it},
    {"Segments refuse what they cannot do", &segments_refuse_what_they_cannot},
};

}  // namespace

std::span<const PageCheck> segment_checks() { return checks; }

}  // namespace heddle::conformance
