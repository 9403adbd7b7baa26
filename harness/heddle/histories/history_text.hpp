// Histories as text, one event a line, in two forms:
//
//   edn      {:process 0, :type :invoke, :f :cas, :value [1 2]}
//   jepsen   INFO  jepsen.util - 0	:invoke	:cas	[1 2]
//
// A type is invoke, ok (it returned), fail (it says that it has not been done) or info (nobody knows; so is a
// call without a second event). The value of an invocation gives the arguments, one or a vector of them, nil
// for none, and :key, if there is one, comes before them; the value of ok is the result. Values are compared
// as they are written, text without its quotes. Events of a process that is no number (a nemesis) are left
// out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <heddle/core/error.hpp>
#include <heddle/linearizability/model.hpp>

namespace heddle::histories {

enum class Format : std::uint8_t { edn, jepsen };

std::optional<Format> format_of(std::string_view name);

/// Calls in order of their beginnings; moments are line numbers, from 1. Error history-malformed with file,
/// line, column and what was expected: also for a call that the model does not admit, and for text with no
/// event in it at all.
Expected<std::vector<linearizability::Call>> read_history(std::string_view text, Format format,
                                                          const linearizability::Model& model,
                                                          const std::string& file);
/// The same of a file. Error history-unreadable.
Expected<std::vector<linearizability::Call>> read_history_file(const std::string& file, Format format,
                                                               const linearizability::Model& model);

}  // namespace heddle::histories
