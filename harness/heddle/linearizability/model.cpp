#include <heddle/linearizability/model.hpp>

namespace heddle::linearizability {

std::string Model::part_of(const Call&) const { return {}; }

}  // namespace heddle::linearizability
