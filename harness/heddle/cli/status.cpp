// See the header. Nothing is shown before the first interval has passed: what is quick needs no status.
#include <string>

#include <heddle/cli/status.hpp>
#include <heddle/reports/text/letters.hpp>

namespace heddle::cli {
namespace {

constexpr double interval_live = 0.1;  // seconds
constexpr double interval_plain = 5;
constexpr std::string_view erase_line = "\r\033[K";

}  // namespace

Status::Status(const Terminal& terminal, std::function<double()> seconds,
               std::function<void(std::string_view)> write)
    : terminal_(terminal), seconds_(std::move(seconds)), write_(std::move(write)), shown_at_(seconds_()) {}

void Status::show(std::string_view line) {
  const double now = seconds_();
  if (now - shown_at_ < (terminal_.is_live ? interval_live : interval_plain)) return;
  shown_at_ = now;
  if (!terminal_.is_live) return write_(std::string(line) + "\n");
  // One column less than there are: writing into the last one makes some terminals wrap.
  write_(std::string(erase_line) + text::cut(line, terminal_.width - 1));
  is_on_screen_ = true;
}

void Status::clear() {
  if (is_on_screen_) write_(erase_line);
  is_on_screen_ = false;
}

}  // namespace heddle::cli
