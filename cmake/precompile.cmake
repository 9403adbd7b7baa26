# Precompiled headers: what most files include and nobody here changes, parsed once per library and once per kind
# of test. They hide a missing include, so the release presets do without and find it.
option(HEDDLE_PRECOMPILE "Parse the headers of the standard library and of the test frameworks once" ON)

set(HEDDLE_STANDARD_HEADERS
  <algorithm> <array> <chrono> <functional> <map> <memory> <optional> <set> <span> <string> <tuple> <variant> <vector>
  <tl/expected.hpp>)

# heddle_precompile(<target> [<header>...]): for a target's own sources.
function(heddle_precompile target)
  if(HEDDLE_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE ${HEDDLE_STANDARD_HEADERS} ${ARGN})
    # Clang writes the time into it unless told not to, and no compiler cache would know it again.
    target_compile_options(${target} PRIVATE "$<$<CXX_COMPILER_ID:Clang>:SHELL:-Xclang -fno-pch-timestamp>")
  endif()
endfunction()

# heddle_precompile_tests(<out> NAME <name> OPTIONS <option>... LINKS <target>...): <out> becomes a target whose
# precompiled header tests with these options and links can reuse; empty if there is none.
function(heddle_precompile_tests out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "NAME" "OPTIONS;LINKS")
  set(${out} "" PARENT_SCOPE)
  if(HEDDLE_PRECOMPILE)
    set(target heddle_precompiled_${arg_NAME})
    file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/${target}.cpp CONTENT "")
    add_library(${target} OBJECT ${CMAKE_BINARY_DIR}/${target}.cpp)
    target_compile_options(${target} PRIVATE ${arg_OPTIONS})
    target_link_libraries(${target} PRIVATE ${arg_LINKS})
    heddle_precompile(${target} <gmock/gmock.h> <gtest/gtest.h>)
    set(${out} ${target} PARENT_SCOPE)
  endif()
endfunction()
