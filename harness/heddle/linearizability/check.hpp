// Is a history linearizable: is there one order of its calls that the model allows and that respects which
// call had returned before which began? Yes with that order, no with the shortest beginning that has none, or
// unknown.
//
// Each part of the object is judged alone (model.hpp), all of them side by side, and the first without an
// order ends it: one hard part must not hide that another is plainly wrong.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

enum class Answer : std::uint8_t { yes, no, unknown };

/// What may be spent before the answer is unknown.
struct Budget {
  std::uint64_t remembered_max = 50'000'000;              // sets and states, about 40 bytes each
  std::function<bool()> is_spent = [] { return false; };  // asked every few milliseconds
};

/// A history of one part, up to and with the moment at which a call returned. Calls are indices into the
/// history.
struct IllegalPrefix {
  std::vector<std::size_t> calls;  // begun until then, in order of their beginnings
  std::size_t last = 0;            // the one whose return no order explains
  std::vector<std::size_t> order;  // one that explains everything but that
  State state;                     // after that order
};

struct Judgement {
  Answer answer = Answer::unknown;
  std::vector<std::size_t> order = {};       // yes: of all calls but open ones that had no effect
  std::string part = {};                     // no: the one that has no order
  std::optional<IllegalPrefix> prefix = {};  // no, unless the budget ended first
};

/// The calls in order of their beginnings, all admitted by the model.
Judgement check(const Model& model, std::span<const Call> history, const Budget& budget);

}  // namespace heddle::linearizability
