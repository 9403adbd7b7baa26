#include <algorithm>
#include <array>

#include <heddle/linearizability/models/locks.hpp>
#include <heddle/linearizability/models/queues.hpp>
#include <heddle/linearizability/models/registers.hpp>
#include <heddle/linearizability/models/registry.hpp>

namespace heddle::linearizability {
namespace {

constexpr ModelRow rows[] = {
    {"cas-register", "read, write, cas; nil at first", 0, [](std::int64_t) { return cas_register(); }},
    {"string-kv", "get, put, append by key; an absent key holds \"\"", 0,
     [](std::int64_t) { return string_kv(); }},
    {"mutex", "acquire, release, by anyone", 0, [](std::int64_t) { return lock(); }},
    {"value", "get, set; --value at first", 0, &value},
    {"dict", "get, set, pop, contains by key; KeyError", 0, [](std::int64_t) { return dict(); }},
    {"list", "append, pop, get, set, len; IndexError", 0, [](std::int64_t) { return list(); }},
    {"lock", "acquire, release, by anyone; ValueError", 0, [](std::int64_t) { return lock(); }},
    {"rlock", "acquire, release, by the owner; AssertionError", 0, [](std::int64_t) { return rlock(); }},
    {"semaphore", "acquire, release; --value permits", 1, &semaphore},
    {"bounded-semaphore", "acquire, release; --value permits; ValueError", 1, &bounded_semaphore},
    {"event", "set, clear, is_set, wait", 0, [](std::int64_t) { return event(); }},
    {"simple-queue", "put, get, empty: first in, first out", 0, [](std::int64_t) { return simple_queue(); }},
    {"queue", "put, get, empty: in each producer's order; --value maxsize; Empty, Full", 0, &queue},
    {"joinable-queue", "the same, task_done, join; ValueError", 0, &joinable_queue},
};

}  // namespace

std::span<const ModelRow> models() { return rows; }

const ModelRow* find_model(std::string_view name) {
  const auto* const row = std::ranges::find(rows, name, &ModelRow::name);
  return row == std::end(rows) ? nullptr : row;
}

}  // namespace heddle::linearizability
