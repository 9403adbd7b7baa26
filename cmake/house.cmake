# The house checks as tests: ci/layers and every script of ci/checks, each with its canary, which feeds
# the check a tree with a known defect and fails if the check lets it pass.
if(NOT HEDDLE_HOUSE)
  return()
endif()

find_package(Python3 REQUIRED COMPONENTS Interpreter)
set(checks layers parts idle sizes format words contract record mutants shell tidy commands)
foreach(check IN LISTS checks)
  set(script ${PROJECT_SOURCE_DIR}/ci/checks/${check})
  if(check STREQUAL layers)
    set(script ${PROJECT_SOURCE_DIR}/ci/layers)
  endif()
  set(arguments --root ${PROJECT_SOURCE_DIR})
  if(check STREQUAL idle)
    list(APPEND arguments --sources ${PROJECT_BINARY_DIR}/sources.txt)
  elseif(check STREQUAL commands)
    list(APPEND arguments --build ${PROJECT_BINARY_DIR})
  elseif(check STREQUAL tidy)  # what the last commit has changed, and what is not committed yet
    list(APPEND arguments --build ${PROJECT_BINARY_DIR} --since HEAD~1 --most 20)
  endif()
  add_test(NAME house/${check} COMMAND Python3::Interpreter -B ${script} ${arguments})
  add_test(NAME house/${check}_canary COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/ci/checks/canary ${check})
  set_tests_properties(house/${check} house/${check}_canary PROPERTIES TIMEOUT 300 LABELS house)
endforeach()

add_test(NAME docs/api COMMAND ${PROJECT_SOURCE_DIR}/ci/docs ${PROJECT_BINARY_DIR})
set_tests_properties(docs/api PROPERTIES TIMEOUT 300 LABELS house)
