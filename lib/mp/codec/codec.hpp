// What may cross a process boundary. codec<T> turns a value into bytes and back (msgpack underneath,
// with limits on what hostile bytes may claim); a handle (Queue, Lock, Connection, ...) crosses too, but
// only at the birth of a process, by its own encode() and decode(). Users give their types a codec by
// specialising codec<T>. msgpack itself is seen by codec.cpp alone.
#pragma once

#include <optional>

#include <mp/codec/codec_values.hpp>
#include <mp/codec/coder.hpp>

namespace mp {

/// Is this value the sentinel None? Counted, so that a shortage of sentinels can be told.
template <class T>
bool is_none(const T&) {
  return false;
}
template <class T>
bool is_none(const std::optional<T>& value) {
  return !value.has_value();
}

}  // namespace mp
