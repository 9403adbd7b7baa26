// An operation's line of a program's text: what is done, and to what.
#pragma once

#include <heddle/programs/program.hpp>
#include <heddle/programs/term_parser.hpp>

namespace heddle::programs {

/// Is it repeat, for, while or with?
bool begins_block(const TermParser& words);

/// The line of such a block, to its end.
void read_head(TermParser& words, Operation& operation);

/// What stands in front of an expectation: a call, an access to a member or an item, a value.
void read_what(TermParser& words, Operation& operation);

}  // namespace heddle::programs
