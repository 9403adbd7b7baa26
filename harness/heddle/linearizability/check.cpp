#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include <heddle/linearizability/check.hpp>
#include <heddle/linearizability/search.hpp>

namespace heddle::linearizability {
namespace {

constexpr std::uint64_t steps_at_a_time = 2'000;

/// One part's calls, and where in the history they are.
struct Part {
  std::string name;
  std::vector<Call> calls = {};
  std::vector<std::size_t> places = {};
  std::unique_ptr<Search> search = {};
  bool has_order = false;
};

std::vector<Part> parts_of(const Model& model, std::span<const Call> history) {
  std::map<std::string, std::size_t> known;
  std::vector<Part> parts;
  for (std::size_t place = 0; place < history.size(); ++place) {
    std::string name = model.part_of(history[place]);
    const auto [at, is_new] = known.try_emplace(name, parts.size());
    if (is_new) parts.push_back({.name = std::move(name)});
    parts[at->second].calls.push_back(history[place]);
    parts[at->second].places.push_back(place);
  }
  for (Part& part : parts) part.search = std::make_unique<Search>(model, part.calls);
  return parts;
}

bool is_over(const Budget& budget, std::uint64_t remembered) {
  return remembered > budget.remembered_max || budget.is_spent();
}

/// To the end, or absent.
std::optional<bool> decide(Search& search, const Budget& budget) {
  for (;;) {
    if (const auto decided = search.advance(steps_at_a_time)) return decided;
    if (is_over(budget, search.remembered())) return std::nullopt;
  }
}

/// What was known at a moment: what had not returned by then is open.
std::vector<Call> known_at(std::uint64_t moment, std::span<const Call> calls) {
  std::vector<Call> known;
  for (const Call& call : calls) {
    if (call.begin > moment) break;
    known.push_back(call);
    if (call.end <= moment) continue;
    known.back().end = never;
    known.back().ending = Ending::open;
  }
  return known;
}

std::vector<std::size_t> places_of(const Part& part, std::span<const std::size_t> calls) {
  std::vector<std::size_t> places;
  for (const std::size_t call : calls) places.push_back(part.places[call]);
  return places;
}

/// The calls in order of their ends, without those that have none.
std::vector<std::size_t> by_end(std::span<const Call> calls) {
  std::vector<std::size_t> ended;
  for (std::size_t call = 0; call < calls.size(); ++call)
    if (calls[call].end != never) ended.push_back(call);
  std::ranges::sort(ended, {}, [&](std::size_t call) { return calls[call].end; });
  return ended;
}

/// Where a beginning of the history has no order, no longer one has. So the shortest is found by halving.
std::optional<IllegalPrefix> shortest_illegal(const Model& model, const Part& part, const Budget& budget) {
  const std::vector<std::size_t> ended = by_end(part.calls);
  std::size_t legal = 0;               // so many ends have an order
  std::size_t illegal = ended.size();  // so many have none
  while (illegal - legal > 1) {
    const std::size_t middle = legal + (illegal - legal) / 2;
    const std::vector<Call> known = known_at(part.calls[ended[middle - 1]].end, part.calls);
    Search search(model, known);
    const std::optional<bool> has_order = decide(search, budget);
    if (!has_order) return std::nullopt;
    (*has_order ? legal : illegal) = middle;
  }
  const std::size_t last = ended[illegal - 1];
  const std::vector<Call> known = known_at(part.calls[last].end - 1, part.calls);
  Search search(model, known);
  if (!decide(search, budget)) return std::nullopt;
  return IllegalPrefix{
      .calls = {part.places.begin(), part.places.begin() + static_cast<std::ptrdiff_t>(known.size())},
      .last = part.places[last],
      .order = places_of(part, search.order()),
      .state = search.state()};
}

/// When a call takes effect.
struct Effect {
  std::uint64_t when;
  std::size_t rank;  // among those of one moment, which are all of one part
  std::size_t place;
};

/// Orders of parts make one of the whole: each call takes effect as early as it can, at its own beginning or
/// that of a call before it in its part. That is before its end, for otherwise it had to be before that call.
std::vector<std::size_t> united(std::span<const Call> history, std::span<const Part> parts) {
  std::vector<Effect> effects;
  for (const Part& part : parts) {
    std::uint64_t when = 0;
    for (const std::size_t place : places_of(part, part.search->order())) {
      when = std::max(when, history[place].begin);
      effects.push_back({.when = when, .rank = effects.size(), .place = place});
    }
  }
  std::ranges::sort(effects, {}, [](const Effect& each) { return std::pair(each.when, each.rank); });
  std::vector<std::size_t> order;
  for (const Effect& each : effects) order.push_back(each.place);
  return order;
}

struct Round {
  const Part* illegal = nullptr;  // a part without an order
  bool is_last = true;            // all parts have one
};

/// Lets each part that is not decided go on a little.
Round next_round(std::vector<Part>& parts) {
  Round round;
  for (Part& part : parts) {
    if (part.has_order) continue;
    const std::optional<bool> decided = part.search->advance(steps_at_a_time);
    if (decided == false) return {.illegal = &part};
    part.has_order = decided.has_value();
    round.is_last = round.is_last && part.has_order;
  }
  return round;
}

std::uint64_t remembered_by(std::span<const Part> parts) {
  std::uint64_t remembered = 0;
  for (const Part& part : parts) remembered += part.search->remembered();
  return remembered;
}

}  // namespace

Judgement check(const Model& model, std::span<const Call> history, const Budget& budget) {
  std::vector<Part> parts = parts_of(model, history);
  do {
    const Round round = next_round(parts);
    if (round.illegal != nullptr)
      return {.answer = Answer::no,
              .part = round.illegal->name,
              .prefix = shortest_illegal(model, *round.illegal, budget)};
    if (round.is_last) return {.answer = Answer::yes, .order = united(history, parts)};
  } while (!is_over(budget, remembered_by(parts)));
  return {.answer = Answer::unknown};
}

}  // namespace heddle::linearizability
