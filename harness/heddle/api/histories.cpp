// See histories.hpp.
#include <stdexcept>
#include <string>

#include <heddle/api/histories.hpp>
#include <heddle/linearizability/models/registry.hpp>

namespace heddle {
namespace {

template <class Error>
bool is_a(const mp::Error& error) {
  return dynamic_cast<const Error*>(&error) != nullptr;
}

/// Of the errors that say: it has not been done.
std::string_view refusal(const mp::Error& error) {
  if (is_a<mp::Empty>(error)) return "Empty";
  if (is_a<mp::Full>(error)) return "Full";
  if (is_a<mp::IndexError>(error)) return "IndexError";
  if (is_a<mp::KeyError>(error)) return "KeyError";
  if (is_a<mp::ValueError>(error)) return "ValueError";
  if (is_a<mp::AssertionError>(error)) return "AssertionError";
  return {};
}

}  // namespace

void linearizable(std::string_view object, std::string_view model, std::optional<std::int64_t> number,
                  mp::Location where) {
  const linearizability::ModelRow* const row = linearizability::find_model(model);
  if (row == nullptr) throw std::invalid_argument("no model is called " + std::string(model));
  Session* const here = session();
  if (here == nullptr) return;
  here->specify(
      {.object = object, .model = row->make, .number = number.value_or(row->value), .where = where});
}

void detail::Recording::raised(const mp::Error& error) const {
  if (const std::string_view name = refusal(error); !name.empty()) returned(name);
}

}  // namespace heddle
