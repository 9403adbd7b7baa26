// The cases of corpus/cases and the rows of the contract, as every program carries them.
#pragma once

#include <span>
#include <string_view>

namespace heddle::conform {

struct CaseText {
  std::string_view file;  // without its folder and ending
  std::string_view text;
};

extern const std::span<const CaseText> case_texts;
extern const std::string_view contract_rows;  // corpus/contract/rows.txt

}  // namespace heddle::conform
