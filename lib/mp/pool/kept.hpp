// What a pool's initializer leaves for the tasks of its worker, one value of each type: where Python's sets a
// global. Locks, queues and the like come to workers by no other way than the arguments of an initializer.
//
//   void prepare(mp::Lock& lock) { mp::keep(std::move(lock)); }
//   int work(int number) { const mp::With held(mp::kept<mp::Lock>()); ... }
//   mp::Pool pool(4, {.initializer = mp::initializer(mp::fn<&prepare>, mp::args(lock))});
//
// A value belongs to the calling process and lasts as long as that. Each keep() and kept() may be called by
// any thread; what is kept is not protected.
#pragma once

#include <memory>
#include <typeinfo>
#include <utility>

namespace mp {

namespace detail {

void keep(const std::type_info& type, std::shared_ptr<void> value);
/// RuntimeError: nothing of this type is kept.
void* kept(const std::type_info& type);

}  // namespace detail

/// Keeps the value until the process ends, in place of an earlier one of the type, which is destroyed.
template <class T>
T& keep(T value) {
  auto owned = std::make_shared<T>(std::move(value));
  T& place = *owned;
  detail::keep(typeid(T), std::move(owned));
  return place;
}

/// What was kept last. RuntimeError: nothing of this type was.
template <class T>
T& kept() {
  return *static_cast<T*>(detail::kept(typeid(T)));
}

}  // namespace mp
