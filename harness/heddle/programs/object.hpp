// A live object of a running program, whatever it is: a handle of a primitive, or a process or thread that
// was made. Only the file of its kind in objects/ knows its type.
#pragma once

#include <functional>
#include <utility>

#include <mp/codec/coder.hpp>
#include <mp/errors.hpp>

namespace heddle::programs {

class Object {
 public:
  virtual ~Object() = default;
  /// For a child being born. RuntimeError: it cannot be handed over.
  virtual void encode(mp::Encoder& encoder) const = 0;
  /// What this object calls, in this process; empty: nothing. The interpreter's to set: code does not cross.
  std::function<void()> callback = {};
};

template <class T>
struct Held final : Object {
  explicit Held(T taken) : handle(std::move(taken)) {}
  void encode(mp::Encoder& encoder) const override {
    if constexpr (mp::Handle<T>)
      handle.encode(encoder);
    else
      throw mp::RuntimeError("this object stays in the process that made it");
  }
  T handle;
};

}  // namespace heddle::programs
