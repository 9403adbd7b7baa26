// See the header.
#include <algorithm>
#include <array>
#include <utility>

#include <heddle/engine/choice_edits.hpp>

namespace heddle {
namespace {

constexpr std::size_t beyond_max = 16;  // an input may grow by so much at once
constexpr std::size_t stretch_max = 64;
constexpr std::uint32_t edits_max = 4;
constexpr std::uint32_t values = 256;

class Edit {
 public:
  Edit(std::span<std::uint8_t> bytes, std::size_t size, Random& random)
      : bytes_(bytes), size_(std::min(size, bytes.size())), random_(random) {}

  std::size_t size() const { return size_; }

  void put_switch() { at(below(std::min(size_ + beyond_max, bytes_.size()))) = answer(); }

  // As a random walk would have it: an input that begins with nothing has to come to many switches at once.
  void draw_stretch() {
    const std::size_t first = below(std::min(size_ + 1, bytes_.size()));
    const std::size_t end = std::min(first + 1 + below(stretch_max), bytes_.size());
    for (std::size_t place = first; place < end; ++place)
      at(place) = static_cast<std::uint8_t>(random_.below(values));
  }

  void take_switch() {
    if (std::uint8_t* const found = find_switch()) *found = 0;
  }

  void change_switch() {
    if (std::uint8_t* const found = find_switch()) *found = answer();
  }

  void move_switch() {
    std::uint8_t* const found = find_switch();
    if (found == nullptr) return put_switch();
    const std::uint8_t moved = std::exchange(*found, std::uint8_t{0});
    const auto from = static_cast<std::size_t>(found - bytes_.data());
    const std::size_t distance = 1 + below(random_.below(2) == 0 ? 2 : beyond_max);
    const bool is_back = random_.below(2) == 0 && distance <= from;
    at(is_back ? from - distance : std::min(from + distance, bytes_.size() - 1)) = moved;
  }

  void swap_switches() {
    std::uint8_t* const one = find_switch();
    std::uint8_t* const other = find_switch();
    if (one != nullptr) std::swap(*one, *other);
  }

  void insert_choice() {
    if (size_ == bytes_.size()) return;
    const std::size_t place = below(size_ + 1);
    std::copy_backward(bytes_.begin() + to_signed(place), bytes_.begin() + to_signed(size_),
                       bytes_.begin() + to_signed(size_ + 1));
    ++size_;
    bytes_[place] = random_.below(2) == 0 ? 0 : answer();
  }

  void delete_choice() {
    if (size_ < 2) return;
    const std::size_t place = below(size_);
    std::copy(bytes_.begin() + to_signed(place + 1), bytes_.begin() + to_signed(size_),
              bytes_.begin() + to_signed(place));
    --size_;
  }

 private:
  static std::ptrdiff_t to_signed(std::size_t place) { return static_cast<std::ptrdiff_t>(place); }
  std::size_t below(std::size_t count) { return random_.below(static_cast<std::uint32_t>(count)); }
  /// Small ones name the first tasks plainly; large ones are what makes a fault strike.
  std::uint8_t answer() {
    return static_cast<std::uint8_t>(1 + random_.below(random_.below(4) != 0 ? 4 : 255));
  }

  std::uint8_t& at(std::size_t place) {
    while (size_ <= place) bytes_[size_++] = 0;
    return bytes_[place];
  }

  /// The first switch from some place on, round the end; nullptr: there is none.
  std::uint8_t* find_switch() {
    if (size_ == 0) return nullptr;
    const auto is_switch = [](std::uint8_t byte) { return byte != 0; };
    const auto from = bytes_.begin() + to_signed(below(size_));
    const auto end = bytes_.begin() + to_signed(size_);
    auto found = std::find_if(from, end, is_switch);
    if (found == end) found = std::find_if(bytes_.begin(), from, is_switch);
    return found == end || *found == 0 ? nullptr : &*found;
  }

  const std::span<std::uint8_t> bytes_;
  std::size_t size_;
  Random& random_;
};

// As often as they stand here. What shifts everything behind it is worth less.
using Step = void (Edit::*)();
constexpr std::array<Step, 16> steps{
    &Edit::draw_stretch,  &Edit::draw_stretch,  &Edit::draw_stretch,  &Edit::draw_stretch,
    &Edit::put_switch,    &Edit::put_switch,    &Edit::put_switch,    &Edit::move_switch,
    &Edit::move_switch,   &Edit::move_switch,   &Edit::take_switch,   &Edit::take_switch,
    &Edit::change_switch, &Edit::swap_switches, &Edit::insert_choice, &Edit::delete_choice};

}  // namespace

std::size_t edit_choices(std::span<std::uint8_t> bytes, std::size_t size, Random& random) {
  if (bytes.empty()) return 0;
  Edit edit(bytes, size, random);
  for (std::uint32_t left = 1 + random.below(edits_max); left > 0; --left)
    (edit.*steps[random.below(steps.size())])();
  if (edit.size() == 0) edit.put_switch();
  return edit.size();
}

std::size_t splice_choices(std::span<const std::uint8_t> one, std::span<const std::uint8_t> other,
                           std::span<std::uint8_t> into, Random& random) {
  constexpr std::uint32_t shifted_odds = 4;
  const auto below = [&](std::size_t count) { return random.below(static_cast<std::uint32_t>(count)); };
  const std::size_t first = below(std::min(one.size(), into.size()) + 1);
  const std::size_t from = random.below(shifted_odds) == 0 ? below(other.size() + 1) : first;
  const auto rest = other.subspan(std::min(from, other.size()));
  const std::size_t taken = std::min(rest.size(), into.size() - first);
  std::ranges::copy(one.first(first), into.begin());
  std::ranges::copy(rest.first(taken), into.begin() + static_cast<std::ptrdiff_t>(first));
  return first + taken;
}

}  // namespace heddle
