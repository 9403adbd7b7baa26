// What the function of an operation's row is given: the object, the arguments in the order of its parameters,
// and where the operation stands in the program. The checks have run, but what a reference stands for is
// known only now, so every accessor may throw TypeError.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/programs/object.hpp>
#include <heddle/programs/payload.hpp>
#include <mp/errors.hpp>
#include <mp/os/location.hpp>
#include <mp/os/time.hpp>

namespace heddle::programs {

/// An argument of a wrong type.
using mp::TypeError;

/// An object that lacks what is asked of it, or is not there at all.
using mp::AttributeError;

/// One of several that an argument names: an object, or a result.
struct Named {
  std::string_view name;
  Object* object = nullptr;
  std::optional<Payload> payload = {};
};

/// An argument that has been evaluated. Nothing in it: it was left out.
struct Evaluated {
  std::optional<Payload> payload = {};
  std::function<bool()> predicate = {};
  Object* object = nullptr;
  std::function<void()> method = {};
  std::vector<Named> named = {};
};

class Call {
 public:
  Call(Object* target, std::vector<Evaluated> arguments, std::span<const std::string> names,
       mp::Location location)
      : where(location), target_(target), arguments_(std::move(arguments)), names_(names) {}

  /// The target's handle. T is what the kind's maker made.
  template <class T>
  T& handle() const {
    return static_cast<Held<T>*>(target_)->handle;
  }
  /// The target itself, where the kind's maker made a T that is an Object.
  template <class T>
  T& object() const {
    return static_cast<T&>(*target_);
  }
  /// What the target calls: the method that its maker was given. Empty: none.
  const std::function<void()>& callback() const { return target_->callback; }
  /// An argument's, for makers: nullptr if it was left out or is of another type.
  template <class T>
  T* handle_at(std::size_t i) const {
    auto* held = dynamic_cast<Held<T>*>(arguments_.at(i).object);
    return held == nullptr ? nullptr : &held->handle;
  }

  std::size_t size() const { return arguments_.size(); }
  bool has(std::size_t i) const { return arguments_.at(i).payload.has_value(); }
  const Payload& payload(std::size_t i) const { return *arguments_.at(i).payload; }
  bool flag(std::size_t i, bool otherwise) const;
  std::int64_t integer(std::size_t i, std::int64_t otherwise) const;
  std::optional<std::int64_t> integer(std::size_t i) const;
  /// ValueError: more than an int holds.
  int small_integer(std::size_t i, int otherwise) const;
  /// How large something is to be. OSError: beyond what a program may ask for.
  std::int64_t size(std::size_t i, std::int64_t otherwise) const;
  /// Left out and None are both absent.
  mp::Timeout timeout(std::size_t i) const;
  double seconds(std::size_t i) const;
  mp::Bytes bytes(std::size_t i) const;
  const std::string& text(std::size_t i) const;
  std::optional<std::string> optional_text(std::size_t i) const;  // left out and None are both absent
  const std::function<bool()>& predicate(std::size_t i) const { return arguments_.at(i).predicate; }

  const std::vector<Named>& named(std::size_t i) const { return arguments_.at(i).named; }
  bool has_method(std::size_t i) const { return arguments_.at(i).method != nullptr; }
  const std::function<void()>& method(std::size_t i) const { return arguments_.at(i).method; }

  /// What the object that is made will be called.
  std::string_view name(std::size_t i = 0) const { return names_[i]; }

  const mp::Location where;

 private:
  Object* target_;
  std::vector<Evaluated> arguments_;
  std::span<const std::string> names_;
};

}  // namespace heddle::programs
