# Precompiled headers: what most files include and nobody here changes, parsed once per library and once per kind
# of test. They hide a missing include, so lib/ and harness/ do without in the release presets and find it.
option(HEDDLE_PRECOMPILE "Parse the headers of others once per library" ON)

set(HEDDLE_STANDARD_HEADERS
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <tuple> <variant> <vector>
  <tl/expected.hpp>)
set(HEDDLE_LIBRARY_HEADERS <fmt/format.h>)
set(HEDDLE_LIBRARY_HEADERS_heddle <nlohmann/json.hpp>)  # one file in ten, and most of what each of these takes

# Of this tree's own headers only the widest, for tests and scenarios, and only under the sanitizers, where
# everything is compiled after a change and nothing is waited for.
set(HEDDLE_WIDE_HEADERS_lib <mp/multiprocessing.hpp>)
set(HEDDLE_WIDE_HEADERS_harness <heddle/trial/trial.hpp>)
set(HEDDLE_WIDE_HEADERS_corpus <heddle/trial/trial.hpp>)
set(HEDDLE_WIDE_HEADERS_properties <heddle/trial/trial.hpp>)

# heddle_wide_headers(<out> <folder>): those for programs in it, if any.
function(heddle_wide_headers out folder)
  set(${out} "" PARENT_SCOPE)
  if(HEDDLE_SANITIZE)
    set(${out} ${HEDDLE_WIDE_HEADERS_${folder}} PARENT_SCOPE)
  endif()
endfunction()

function(heddle_precompile_headers target)
  target_precompile_headers(${target} PRIVATE ${HEDDLE_STANDARD_HEADERS} ${ARGN})
  # Clang writes the time into it unless told not to, and no compiler cache would know it again.
  target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
endfunction()

# heddle_precompile(<target>): for a library's own sources.
function(heddle_precompile target)
  if(HEDDLE_PRECOMPILE)
    heddle_precompile_headers(${target} ${HEDDLE_LIBRARY_HEADERS} ${HEDDLE_LIBRARY_HEADERS_${target}})
  endif()
endfunction()

# heddle_precompile_programs(<target>): for scenarios, which are many and small, and properties.
function(heddle_precompile_programs target)
  if(HEDDLE_SANITIZE AND NOT HEDDLE_FUZZ)
    target_compile_options(${target} PRIVATE -O0)
  endif()
  heddle_precompile_headers(${target} ${HEDDLE_WIDE_HEADERS_lib})  # which all but a few of them include
endfunction()

# heddle_precompile_tests(<out> UNDER <folder> OPTIONS <option>... LINKS <target>...): <out> becomes a target whose
# precompiled header the tests in the folder, with these options and links, can reuse.
function(heddle_precompile_tests out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "UNDER" "OPTIONS;LINKS")
  string(REPLACE / _ target heddle_precompiled_${arg_UNDER})
  string(REGEX MATCH "^[^/]+" top ${arg_UNDER})
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/${target}.cpp CONTENT "")
  add_library(${target} OBJECT EXCLUDE_FROM_ALL ${PROJECT_BINARY_DIR}/${target}.cpp)
  target_compile_options(${target} PRIVATE ${arg_OPTIONS})
  target_link_libraries(${target} PRIVATE ${arg_LINKS})
  heddle_wide_headers(wide ${top})
  heddle_precompile_headers(${target} <gmock/gmock.h> <gtest/gtest.h> ${wide})
  set(${out} ${target} PARENT_SCOPE)
endfunction()
