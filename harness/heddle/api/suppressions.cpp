// Suppressions as files, and the one place that asks the calendar: what reads the text is told the day.
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <fstream>
#include <string>

#include <heddle/api/heddle.hpp>
#include <heddle/core/suppressions_text.hpp>

namespace heddle {

Date today() { return std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now()); }

Expected<Suppressions> load_suppressions(const std::string& file, const Date& now) {
  std::ifstream in(file, std::ios::binary);
  std::string text;
  std::array<char, 4'096> chunk{};
  while (in.read(chunk.data(), chunk.size()), in.gcount() > 0)
    text.append(chunk.data(), static_cast<std::size_t>(in.gcount()));
  if (!in.is_open() || in.bad())
    return tl::unexpected(Error{.code = "suppressions-unreadable",
                                .what = fmt::format("the suppressions of {} cannot be read", file),
                                .hint = "name a file of lines like deadlock:name until=2027-01-31 reason"});
  return read_suppressions(text, file, now);
}

}  // namespace heddle
