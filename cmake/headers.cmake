# Compiles each header alone: one generated source per header, which includes nothing else. Only where
# the house checks run, for it is the compiler that says it and one compiler is enough.
if(NOT HEDDLE_HOUSE)
  return()
endif()

set(header_sources "")
foreach(root IN ITEMS lib harness corpus .)
  set(patterns ${root}/*.hpp)
  if(root STREQUAL .)
    set(patterns properties/*.hpp bench/*.hpp fuzz/*.hpp)
  endif()
  file(GLOB_RECURSE headers RELATIVE ${PROJECT_SOURCE_DIR}/${root} CONFIGURE_DEPENDS ${patterns})
  foreach(header IN LISTS headers)
    set(source ${PROJECT_BINARY_DIR}/headers/${header}.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT "#include <${header}>\n")
    list(APPEND header_sources ${source})
  endforeach()
endforeach()

if(header_sources)
  add_library(heddle_headers OBJECT ${header_sources})
  target_compile_options(heddle_headers PRIVATE -g0)
  target_include_directories(heddle_headers PRIVATE ${PROJECT_SOURCE_DIR})
  target_link_libraries(heddle_headers PRIVATE
    heddle_scenarios heddle_gtest heddle mp GTest::gmock rapidcheck rapidcheck_gtest benchmark::benchmark)
endif()
