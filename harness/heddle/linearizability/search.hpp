// Looks for an order of a history's calls that the model allows and in which no call comes before one that
// had returned when it began.
//
// The algorithm is that of Wing and Gong ("Testing and verifying concurrent objects", 1993) with the memory
// of Lowe ("Testing for linearizability", 2016): calls are taken one after the other out of a list of all
// beginnings and ends, and never twice in the same set of taken calls and the same state. Departures: a
// call may lead to several states; what was seen is kept as 128 bits of a hash and not whole.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

class Search {
 public:
  /// Calls in order of their beginnings. Both must outlive the search.
  Search(const Model& model, std::span<const Call> calls);

  /// Goes on for so many steps. Absent: not decided yet.
  std::optional<bool> advance(std::uint64_t steps);

  /// Of a search that has found one: the order, as indices of calls. An open call that is not in it has had
  /// no effect.
  std::vector<std::size_t> order() const;
  /// After that order.
  const State& state() const { return state_; }
  /// How many sets and states are remembered, 16 bytes each and what a hash table adds.
  std::size_t remembered() const { return seen_.size(); }

 private:
  using Node =
      std::uint32_t;  // 0: before the first and after the last. Of call c: 2c + 1 its begin, 2c + 2 its end

  struct Taken {
    std::size_t call;
    State before;
    std::vector<State> states;  // that the call may lead to
    std::size_t tried = 0;      // of them
  };
  struct Digest {
    std::uint64_t low;
    std::uint64_t high;
    friend bool operator==(const Digest&, const Digest&) = default;
  };
  struct DigestHash {
    std::size_t operator()(const Digest& digest) const { return digest.low; }
  };

  static bool is_begin(Node node) { return node % 2 == 1; }
  std::size_t call_of(Node node) const { return (node - 1) / 2; }
  void unlink(Node node);
  void relink(Node node);
  void take_out(std::size_t call);
  void put_back(std::size_t call);
  bool take(std::size_t call);
  bool try_next(Taken& taken);
  bool is_new(const State& state);
  bool go_back();

  const Model& model_;
  std::span<const Call> calls_;
  std::vector<Node> next_;
  std::vector<Node> previous_;
  std::vector<std::uint64_t> taken_set_;  // a bit for each call
  std::vector<Taken> taken_;
  State state_;
  Node at_ = 0;
  std::vector<State> states_;  // of the call that is tried
  std::string key_;            // what is hashed
  std::unordered_set<Digest, DigestHash> seen_;
};

}  // namespace heddle::linearizability
