// The suite: the portable cases, what each pins and how much it binds.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <heddle/conform/case.hpp>

namespace heddle::conform {

/// The cases that the binary carries, or with a folder all files below it that end in .program; in order of
/// their ids. Errors suite-unreadable, program-malformed.
Expected<std::vector<Case>> load_suite(const std::string& folder = {});

/// Of one text. `file`: for messages.
Expected<Case> case_of(const std::string& text, std::string_view file);

/// Those whose id, or one of whose rows, a pattern with `*` and `?` fits; empty: all.
std::vector<Case> chosen(std::vector<Case> cases, const std::string& pattern);

/// C, Q or H; a blank for what is no row.
char kind_of_row(std::string_view row);

/// The few that show whether an adapter works at all.
std::vector<Case> for_smoke(const std::vector<Case>& cases);

}  // namespace heddle::conform
