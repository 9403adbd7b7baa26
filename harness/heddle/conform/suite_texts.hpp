// The cases of corpus/cases and the hazards of corpus/conform, the rows of the contract and the schema of
// messages, as every program carries them.
#pragma once

#include <span>
#include <string_view>

namespace heddle::conform {

struct CaseText {
  std::string_view file;  // without its folder and ending
  std::string_view text;
};

extern const std::span<const CaseText> case_texts;
extern const std::string_view contract_rows;         // corpus/contract/rows.txt
extern const std::string_view port_protocol_schema;  // docs/reference/port-protocol-schema.json

}  // namespace heddle::conform
