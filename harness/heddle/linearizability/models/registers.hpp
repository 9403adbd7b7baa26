// Objects that hold values: one cell, or one for each key.
#pragma once

#include <memory>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

/// read() -> value, write(value), cas(expected, value), which fails if something else is there. Nil at first.
std::unique_ptr<Model> cas_register();
/// get(key) -> text, put(key, text), append(key, text). An absent key holds the empty text.
std::unique_ptr<Model> string_kv();
/// A Value: get() -> value, set(value). 0 at first.
std::unique_ptr<Model> value();
/// A managed dict, as far as keys go: get(key) -> value or KeyError, set(key, value), pop(key) -> value or
/// KeyError, contains(key) -> True or False.
std::unique_ptr<Model> dict();

}  // namespace heddle::linearizability
