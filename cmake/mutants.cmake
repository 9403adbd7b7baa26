# With HEDDLE_MUTANTS the library mp is made of the sources that ci/mutants/plant writes: they hold every
# mutant of lib's synchronisation code, asleep until HEDDLE_MUTANT=N in the environment wakes one. What is built
# so is for ci/mutants/run and for nobody else; docs/reference/mutants.md.
option(HEDDLE_MUTANTS "Plant all mutants of ci/mutants/operators.py into the library mp" OFF)

file(APPEND ${PROJECT_BINARY_DIR}/sources.txt "ci/mutants/active.cpp\n")

# heddle_plant(<variable>): puts the planted sources into a list in place of those that they are made from.
function(heddle_plant variable)
  if(NOT HEDDLE_MUTANTS)
    return()
  endif()
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  set(out ${PROJECT_BINARY_DIR}/planted)
  execute_process(COMMAND ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/ci/mutants/plant --root ${PROJECT_SOURCE_DIR} --out ${out}
    OUTPUT_VARIABLE planted OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  string(REPLACE "\n" ";" planted "${planted}")
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${planted} ci/mutants/operators.py ci/mutants/plant)
  set(sources ${${variable}})
  foreach(path IN LISTS planted)
    list(TRANSFORM sources REPLACE "^${path}$" "${out}/${path}")
  endforeach()
  set(${variable} ${sources} ci/mutants/active.cpp PARENT_SCOPE)
endfunction()

# heddle_planted(<library>): its headers with mutants come before those of the tree. What a mutant does to a
# warning is nobody's concern.
function(heddle_planted library)
  if(NOT HEDDLE_MUTANTS)
    return()
  endif()
  target_include_directories(${library} BEFORE PUBLIC
    $<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/planted/lib> $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/ci>)
  target_compile_options(${library} PRIVATE -w)
endfunction()
