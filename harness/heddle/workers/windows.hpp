// How searches in several processes end together without depending on who is faster. Each divides its
// executions into the same windows. At the end of a window it waits for the others to get there, and hears
// whether anybody has found enough in a window so far; so all stop at the end of the same window, however the
// machine shares out its time. Windows grow by an eighth of what was done, so that at most so much is done in
// vain, and waiting costs little.
#pragma once

#include <cstdint>

namespace heddle::workers {

enum class Heard : std::uint8_t { nothing, enough, interruption };

/// What the workers share. Made before they are forked.
class Windows {
 public:
  /// Throws std::system_error if the machine refuses memory.
  explicit Windows(std::uint32_t workers);
  ~Windows();
  Windows(const Windows&) = delete;
  Windows& operator=(const Windows&) = delete;

  /// A worker had enough when it had made so many, in this run or an earlier one. To be told before it makes
  /// itself a Member, or before it leaves.
  void found_enough(std::uint32_t worker, std::uint64_t made);
  /// Nobody waits for this worker again.
  void leave(std::uint32_t worker);

  /// Whoever waits ends its wait, and whoever asks hears of it.
  void interrupt();
  bool is_interrupted() const;

  struct Sums {
    std::uint64_t made = 0;
    std::uint32_t with_enough = 0;  // workers
  };
  /// About what all have made so far, for people to look at.
  Sums sums() const;

 private:
  friend class Member;
  struct Shared;
  Shared* shared_;
};

/// One worker's place in the windows.
class Member {
 public:
  /// `made`: executions that it has made already, if it goes on with an earlier search.
  Member(Windows& windows, std::uint32_t worker, std::uint64_t made);

  /// To be called after each execution, and before the first of a search that goes on. The answer depends on
  /// the numbers that all give alone, unless there is an interruption.
  Heard listen(std::uint64_t made, bool has_enough);

 private:
  void tell_of_enough();
  Heard wait_for_others();

  Windows& windows_;
  const std::uint32_t worker_;
  std::uint64_t window_ = 0;  // the present one
  std::uint64_t end_;         // so many executions are made when it ends
  bool has_told_ = false;
};

}  // namespace heddle::workers
