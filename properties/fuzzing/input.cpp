// See the header.
#include <algorithm>

#include <properties/fuzzing/input.hpp>

namespace heddle::properties {
namespace {

constexpr std::size_t edit_bytes = 4;

class Reader {
 public:
  explicit Reader(std::span<const std::uint8_t> bytes) : bytes_(bytes) {}

  std::uint8_t byte() {
    if (bytes_.empty()) return 0;
    const std::uint8_t first = bytes_.front();
    bytes_ = bytes_.subspan(1);
    return first;
  }
  std::span<const std::uint8_t> rest() const { return bytes_; }

 private:
  std::span<const std::uint8_t> bytes_;
};

Edit read_edit(Reader& reader) {
  Edit edit;
  edit.kind = reader.byte();
  edit.place = reader.byte();
  edit.other = reader.byte();
  edit.amount = reader.byte();
  return edit;
}

}  // namespace

Input read_input(std::span<const std::uint8_t> bytes) {
  constexpr int low_bits = 8;
  Reader reader(bytes);
  Input input;
  input.property = reader.byte();
  const std::uint8_t low = reader.byte();
  input.seed = static_cast<std::uint16_t>(low | reader.byte() << low_bits);
  input.size = reader.byte() % sizes;
  input.way = reader.byte();
  input.faults = reader.byte();
  const std::size_t count = reader.byte() % (edits_max + 1);
  for (std::size_t i = 0; i < count && reader.rest().size() >= edit_bytes; ++i)
    input.edits.push_back(read_edit(reader));
  input.choices.assign(reader.rest().begin(), reader.rest().end());
  return input;
}

std::size_t write_input(const Input& input, std::span<std::uint8_t> into) {
  constexpr int low_bits = 8;
  const std::size_t edits = std::min(input.edits.size(), edits_max);
  std::vector<std::uint8_t> bytes{input.property,
                                  static_cast<std::uint8_t>(input.seed),
                                  static_cast<std::uint8_t>(input.seed >> low_bits),
                                  input.size,
                                  input.way,
                                  input.faults,
                                  static_cast<std::uint8_t>(edits)};
  for (const Edit& edit : std::span(input.edits).first(edits))
    bytes.insert(bytes.end(), {edit.kind, edit.place, edit.other, edit.amount});
  bytes.insert(bytes.end(), input.choices.begin(), input.choices.end());
  const std::size_t size = std::min(bytes.size(), into.size());
  std::copy_n(bytes.begin(), size, into.begin());
  return size;
}

}  // namespace heddle::properties
