// Looking again for a while before going to sleep: a wake across processors costs more than most answers
// take. A thread looks for as long as a sleep and a wake cost, so that looking in vain at most doubles a
// wait, and the more often it was in vain the more waits go by without (competitive spinning: Karlin, Li,
// Manasse and Owicki 1991). Never with one processor, where nothing can happen meanwhile. For posix_os_*.cpp
// alone.
#pragma once

#include <concepts>
#include <cstdint>

namespace mp {

/// One thread's experience with looking again.
class Spinning {
 public:
  /// Whether is_there() became true within that many looks; false too if it was not worth looking.
  /// `processors` says how many this thread may run on.
  template <std::predicate IsThere, std::invocable Processors>
  bool spin(std::uint32_t looks, Processors&& processors, IsThere&& is_there) {
    if (waits_without_ > 0) {
      --waits_without_;
      return false;
    }
    if (is_there()) {
      if (++at_once_ == few) go_without(many);
      return true;
    }
    at_once_ = 0;
    if (failures_ > 0 || !has_company_) has_company_ = processors() > 1;
    for (std::uint32_t look = 1; has_company_ && look < looks; ++look) {
      pause();
      if (!is_there()) continue;
      failures_ = 0;
      return true;
    }
    if (failures_ < failures_max) ++failures_;
    go_without(std::uint32_t{1} << failures_);
    return false;
  }

 private:
  static constexpr std::uint32_t few = 4;
  static constexpr std::uint32_t many = 64;
  static constexpr std::uint32_t failures_max = 10;

  /// Leaves the processor's other half a moment.
  static void pause() {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    asm volatile("yield");
#endif
  }

  void go_without(std::uint32_t waits) {
    waits_without_ = waits;
    at_once_ = 0;
  }

  std::uint32_t waits_without_ = 0;  // how many more
  std::uint32_t at_once_ = 0;        // in a row: what comes before it is asked for needs no looking
  std::uint32_t failures_ = 0;       // in a row
  bool has_company_ = false;
};

namespace posix_spinning {

/// The calling thread's.
Spinning& of_this_thread();

/// How many processors the calling thread may run on.
unsigned processors();

}  // namespace posix_spinning

}  // namespace mp
