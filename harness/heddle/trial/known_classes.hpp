// The customary small programs of the field, with the number of classes of their interleavings that differ in
// the order of dependent steps: closed forms, or what other explorers agree on, where a fetch_add or an
// exchange is taken for a write. Those over words run at granularity os. A critical section in which nothing
// else is taken is one step of a word there.
//
// Those over locks and conditions run at op. Of these the literature counts the orders in which the locks are
// taken: that is `orders`, the number of different outcomes. To us it makes a difference too whether a task
// came while a lock was held, for then it announced itself, and maybe slept: `classes` is what brute force
// counts where it comes to an end (the sizes of two), and what dpor has counted elsewhere.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include <heddle/core/options.hpp>

namespace heddle::trial {

struct KnownClasses {
  std::string_view name;
  void (*program)() = nullptr;
  std::uint64_t classes = 0;
  std::uint64_t orders = 0;  // of locks; 0: there are none
  Granularity granularity() const { return orders == 0 ? Granularity::os : Granularity::op; }
};

std::span<const KnownClasses> known_classes();

}  // namespace heddle::trial
