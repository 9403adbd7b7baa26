// Drawing parts and putting them together.
#include <array>
#include <heddle/trial/disciplined_parts.hpp>
#include <heddle/trial/disciplined_program.hpp>
#include <vector>

namespace heddle::trial {
namespace {

DisciplinedPart draw_part(Random& random) {
  const std::array families{parts_of_data(), parts_of_traffic(), parts_of_waiting()};
  const auto family = families[random.below(families.size())];
  return family[random.below(static_cast<std::uint32_t>(family.size()))];
}

std::string main_of(const std::vector<PartWriter>& parts, bool one_after_another) {
  std::string text = "process main:\n  with common:\n    n = count.value\n    count.value = n + 1\n";
  if (one_after_another) {
    for (const PartWriter& part : parts) text += part.starts() + part.body() + part.joins();
    return text;
  }
  for (const PartWriter& part : parts) text += part.starts();
  for (const PartWriter& part : parts) text += part.body();
  for (const PartWriter& part : parts) text += part.joins();
  return text;
}

// Others count too, in front of what they do.
std::string counting(const std::string& scripts) {
  std::string text;
  std::size_t from = 0;
  for (std::size_t end = scripts.find(":\n"); end != std::string::npos; end = scripts.find(":\n", end + 1)) {
    const std::size_t line = scripts.rfind('\n', end) + 1;
    if (scripts[line] == ' ') continue;  // of a block
    text += scripts.substr(from, end + 2 - from) +
            "  with common:\n    n = count.value\n    count.value = n + 1\n";
    from = end + 2;
  }
  return text + scripts.substr(from);
}

}  // namespace

std::string PartWriter::named(std::string_view text) const {
  std::string made;
  for (const char each : text) each == '$' ? (made += letter_) += '_' : made += each;
  return made;
}

std::string draw_disciplined_program(std::uint64_t number) {
  Random random(1, number);
  const std::uint32_t count = 1 + random.below(3);
  std::vector<PartWriter> parts;
  for (std::uint32_t part = 0; part < count; ++part) {
    PartWriter& writer = parts.emplace_back(static_cast<char>('a' + part), part + 1 == count, random);
    draw_part(random)(writer);
  }
  std::string text = fmt::format("program disciplined/{}\nobject common = Lock()\n", number);
  text += "object count = Value('i', 0)\n";
  std::string scripts;
  for (const PartWriter& part : parts) {
    text += part.objects();
    scripts += part.scripts();
  }
  const bool do_all_count = random.below(3) == 0;
  text += main_of(parts, random.below(2) == 0);
  return text + (do_all_count ? counting(scripts) : scripts);
}

}  // namespace heddle::trial
