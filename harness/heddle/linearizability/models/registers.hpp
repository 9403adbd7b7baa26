// Objects that hold values: one cell, or one for each key.
#pragma once

#include <cstdint>
#include <memory>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

/// read() -> value, write(value), cas(expected, value), which fails, or
/// is False, if something else is there. Nil at first.
std::unique_ptr<Model> cas_register();
/// get(key) -> text, put(key, text), append(key, text). An absent key holds the empty text.
std::unique_ptr<Model> string_kv();
/// A Value: get() -> value, set(value).
std::unique_ptr<Model> value(std::int64_t first);
/// A managed dict, as far as keys go: get(key) -> value or KeyError, set(key, value), pop(key) -> value or
/// KeyError, contains(key) -> True or False.
std::unique_ptr<Model> dict();
/// A managed list, as far as its end goes: append(value), pop() -> value or IndexError, get(position) ->
/// value or IndexError, set(position, value) or IndexError, len() -> how many. Positions from 0.
std::unique_ptr<Model> list();

}  // namespace heddle::linearizability
