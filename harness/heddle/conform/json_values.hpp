// Values of programs as JSON, for the files of this folder that write or read it.
#pragma once

#include <heddle/conform/wire.hpp>
#include <nlohmann/json_fwd.hpp>

namespace heddle::conform {

nlohmann::json json_of(const programs::Payload& payload);
nlohmann::json json_of(const Term& term);

/// std::invalid_argument: it is no value of the protocol.
programs::Payload payload_in(const nlohmann::json& json);
Term term_in(const nlohmann::json& json);

}  // namespace heddle::conform
