// Every kind of object, everything that makes one, and the operations that need no object. Plain tables.
#pragma once

#include <span>
#include <string_view>

#include <heddle/programs/objects/table.hpp>

namespace heddle::programs {

std::span<const MakerRow* const> makers();
/// `made_by`: the kind of the object that the maker is a method of; empty: none. nullptr: there is none.
const MakerRow* find_maker(std::string_view name, std::string_view made_by);

/// sleep, exit, raise, record, choose, active_children.
const KindRow& functions();
const KindRow& process_kind();
const KindRow& thread_kind();
/// What a result is that operations can be done to: only this kind travels in messages.
const KindRow& result_kind();

}  // namespace heddle::programs
