// Rows that are used anew in every execution. Clearing keeps each row's own storage (strings, vectors),
// so that a warm execution allocates nothing. Rows are addressed by index; an index stays valid, a
// reference only until the next add().
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace heddle {

template <class Row>  // Row has reset(): back to its initial value, keeping capacity
class Table {
 public:
  /// A fresh row at the end; gives its index.
  std::uint32_t add() {
    if (used_ == rows_.size()) rows_.emplace_back();
    rows_[used_].reset();
    return static_cast<std::uint32_t>(used_++);
  }
  void clear() { used_ = 0; }

  std::size_t size() const { return used_; }
  bool empty() const { return used_ == 0; }
  Row& operator[](std::size_t index) { return rows_[index]; }
  const Row& operator[](std::size_t index) const { return rows_[index]; }
  auto begin() { return rows_.begin(); }
  auto end() { return rows_.begin() + static_cast<std::ptrdiff_t>(used_); }
  auto begin() const { return rows_.begin(); }
  auto end() const { return rows_.begin() + static_cast<std::ptrdiff_t>(used_); }

 private:
  std::vector<Row> rows_;
  std::size_t used_ = 0;
};

}  // namespace heddle
