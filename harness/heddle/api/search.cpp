// See the header.
#include <heddle/api/composition.hpp>
#include <heddle/api/search.hpp>
#include <heddle/engine/digest.hpp>

namespace heddle {
namespace {

void add_watch(Host& host, const Watch& watch) {
  if (!watch) return;
  host.progress = [told = std::move(host.progress), watch](const Progress& progress) {
    told(progress);
    watch(progress);
  };
}

}  // namespace

Result explore_watched(std::function<void()> body, const Options& options, const std::string& name,
                       const Watch& watch) {
  const Composition composition = compose(options);
  Parts parts = composition.parts();
  add_watch(parts.host, watch);
  return explore(Program{.name = name, .body = std::move(body)}, exploration_of(options), parts);
}

Partial search(std::function<void()> body, const Options& options, const std::string& name, Partial from,
               AskOthers others, const Watch& watch) {
  const Composition composition = compose(options);
  Parts parts = composition.parts();
  parts.host.others = std::move(others);
  add_watch(parts.host, watch);
  return search(Program{.name = name, .body = std::move(body)}, exploration_of(options), parts,
                std::move(from));
}

Result conclude(std::function<void()> body, const Options& options, const std::string& name, Partial united) {
  const Composition composition = compose(options);
  return conclude(Program{.name = name, .body = std::move(body)}, exploration_of(options),
                  composition.parts(), std::move(united));
}

std::uint64_t default_digest(std::function<void()> body, const RunOptions& run) {
  const Composition composition = compose(Options{});
  return default_digest(Program{.name = "digest", .body = std::move(body)}, run, composition.parts());
}

}  // namespace heddle
