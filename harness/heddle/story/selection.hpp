// Which operations and lanes a story is of.
#pragma once

#include <map>
#include <vector>

#include <heddle/core/finding.hpp>
#include <heddle/core/situation.hpp>
#include <heddle/story/story.hpp>

namespace heddle::story {

struct Selection {
  std::vector<OperationIndex> operations;         // in the order of their beginnings
  std::map<TaskIndex, std::size_t> lanes;         // of the tasks of these
  std::map<OperationIndex, std::size_t> indexes;  // where in `operations`
  std::size_t left_out = 0;
};

Selection selection_of(const Situation& situation, const Finding& finding, std::size_t operations_max);

/// Of a task of the program's own, and begun before the finding.
bool is_of_user(const Situation& situation, const OperationRow& operation);

/// Which of the finding's parties it is, from 1; 0: none.
std::size_t party_in(const Situation& situation, const OperationRow& operation, const Finding& finding);

}  // namespace heddle::story
