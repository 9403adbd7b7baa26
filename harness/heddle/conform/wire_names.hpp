// How the forms of a call are called in messages.
#pragma once

#include <array>
#include <string_view>

#include <heddle/conform/wire.hpp>

namespace heddle::conform {

/// By CallForm.
inline constexpr std::array<std::string_view, 9> form_names{
    "make", "call", "read", "write", "item_read", "item_write", "slice_read", "slice_write", "end"};

std::string_view name_of(CallForm form);

}  // namespace heddle::conform
