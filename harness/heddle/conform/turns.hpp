// The order in which the processes of a case issued their calls: as text, to be pasted, and as turns that a
// later run takes. What the port answers, and when, is its own affair, so an order may not be possible again:
// then it is left, and from there on the strategy decides.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/trace.hpp>
#include <heddle/core/error.hpp>

namespace heddle::conform {

/// "main:3,worker,main:2", of whom each call was.
std::string turns_text(const std::vector<Exchange>& trace);

/// The processes, call by call. Empty: no order. Error order-malformed.
Expected<std::vector<std::string>> turns_in(std::string_view text);

class Turns {
 public:
  explicit Turns(std::vector<std::string> order) : order_(std::move(order)) {}

  /// May the process issue the next call?
  bool is_turn_of(std::string_view process) const { return are_over() || order_[at_] == process; }
  bool were_given() const { return !order_.empty(); }
  bool are_over() const { return at_ >= order_.size(); }
  /// The call was issued.
  void pass() { at_ += are_over() ? 0 : 1; }
  /// Whoever's turn it is cannot take it.
  void leave();
  bool were_left() const { return kept_ < order_.size(); }
  std::size_t kept() const { return kept_; }

 private:
  std::vector<std::string> order_;
  std::size_t at_ = 0;
  std::size_t kept_ = order_.size();  // so many calls were issued in their order
};

}  // namespace heddle::conform
