// See the header. A process may end between any two reads: then nothing is said of it, and the two looks
// differ.
#include <dirent.h>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include <heddle/conform/quiescence.hpp>

namespace heddle::conform {
namespace {

struct Whole {
  std::array<char, 4096> letters;
  std::size_t size = 0;
  explicit Whole(const std::string& file) {
    const int fd = ::open(file.c_str(), O_RDONLY | O_CLOEXEC);
    const ssize_t got = fd < 0 ? 0 : ::read(fd, letters.data(), letters.size());
    size = got < 0 ? 0 : static_cast<std::size_t>(got);
    if (fd >= 0) ::close(fd);
  }
  std::string_view text() const { return {letters.data(), size}; }
};

std::uint64_t number_in(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  std::uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

struct Stat {
  char state = 0;
  pid_t parent = 0;
};

std::optional<Stat> stat_in(const std::string& file) {
  const Whole whole(file);
  const std::size_t name_end = whole.text().rfind(") ");  // the name may hold anything
  if (name_end == std::string_view::npos || name_end + 4 >= whole.size) return std::nullopt;
  std::string_view rest = whole.text().substr(name_end + 2);
  Stat stat{.state = rest[0]};
  rest.remove_prefix(2);
  stat.parent = static_cast<pid_t>(number_in(rest));
  return stat;
}

std::vector<pid_t> numbers_in(const std::string& folder) {
  std::vector<pid_t> numbers;
  const std::unique_ptr<DIR, int (*)(DIR*)> open(::opendir(folder.c_str()), &::closedir);
  if (open == nullptr) return numbers;
  while (const dirent* const entry = ::readdir(open.get()))
    if (const std::uint64_t number = number_in(entry->d_name); number != 0)
      numbers.push_back(static_cast<pid_t>(number));
  std::ranges::sort(numbers);
  return numbers;
}

/// Sleeps, is stopped, or is gone.
bool is_at_rest(char state) { return std::string_view("STtZXx").find(state) != std::string_view::npos; }

std::optional<ThreadSeen> thread_seen(pid_t process, pid_t thread) {
  const std::string folder = "/proc/" + std::to_string(process) + "/task/" + std::to_string(thread);
  const std::optional<Stat> stat = stat_in(folder + "/stat");
  if (!stat) return std::nullopt;
  ThreadSeen seen{.process = process, .thread = thread, .is_at_rest = is_at_rest(stat->state)};
  const Whole status(folder + "/status");
  constexpr std::string_view field = "voluntary_ctxt_switches:";  // and, of the same ending, the other kind
  std::string_view rest = status.text();
  for (std::size_t at = rest.find(field); at != std::string_view::npos; at = rest.find(field)) {
    rest.remove_prefix(at + field.size());
    seen.switches += number_in(rest);
  }
  return seen;
}

}  // namespace

std::vector<pid_t> processes_below(pid_t root) {
  std::map<pid_t, pid_t> parents;
  for (const pid_t process : numbers_in("/proc"))
    if (const auto stat = stat_in("/proc/" + std::to_string(process) + "/stat"))
      parents.emplace(process, stat->parent);
  const auto descends = [&](pid_t process) {
    // A line of parents ends at one that nobody knows; its length is bounded, should one be reborn meanwhile.
    for (std::size_t steps = 0; steps <= parents.size(); ++steps) {
      const auto found = parents.find(process);
      if (found == parents.end()) return false;
      if (found->second == root) return true;
      process = found->second;
    }
    return false;
  };
  std::vector<pid_t> descendants;
  for (const auto& [process, parent] : parents)
    if (descends(process)) descendants.push_back(process);
  return descendants;
}

std::vector<ThreadSeen> threads_below(pid_t root) {
  std::vector<ThreadSeen> threads;
  for (const pid_t process : processes_below(root))
    for (const pid_t thread : numbers_in("/proc/" + std::to_string(process) + "/task"))
      if (const auto seen = thread_seen(process, thread)) threads.push_back(*seen);
  return threads;
}

std::vector<ThreadSeen> seen_again(const std::vector<ThreadSeen>& threads) {
  std::vector<ThreadSeen> again;
  for (const ThreadSeen& each : threads)
    if (const auto seen = thread_seen(each.process, each.thread)) again.push_back(*seen);
  return again;
}

bool are_at_rest(const std::vector<ThreadSeen>& threads) {
  return !threads.empty() && std::ranges::all_of(threads, &ThreadSeen::is_at_rest);
}

// Somebody who starts a thread or a process runs, so those of the first look are enough for the second.
bool is_quiescent(pid_t root) {
  const std::vector<ThreadSeen> threads = threads_below(root);
  return are_at_rest(threads) && seen_again(threads) == threads;
}

}  // namespace heddle::conform
