// Messages held against the published schema, docs/reference/port-protocol-schema.json, which the binary
// carries: what -V does, in both directions.
#pragma once

#include <heddle/conform/conversation.hpp>

namespace heddle::conform {

Check check_by_schema();

}  // namespace heddle::conform
