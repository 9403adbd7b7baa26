# The language, the warnings and the sanitizers of every target in the tree. They are set for the
# directory and not on the libraries, so that none of them reaches a project that links heddle. Within another
# project its linker and its view of warnings hold.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
if(PROJECT_IS_TOP_LEVEL)
  set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
endif()

# Looked up by hand because a machine without ccache must build too, only slower.
find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  # Without this it leaves whatever uses a precompiled header alone.
  set(CMAKE_CXX_COMPILER_LAUNCHER env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE_PROGRAM})
endif()

# Three times as fast as the system's linker on programs of this size, of which there are as many as tests.
# Not for what g++ has optimised: where the cold part of a function is empty, lld (14 and 19) lists its empty
# unwind entry in place of its neighbour's, and an exception that passes there ends the program.
find_program(LLD_PROGRAM ld.lld)
if(LLD_PROGRAM AND PROJECT_IS_TOP_LEVEL AND (CMAKE_CXX_COMPILER_ID STREQUAL "Clang" OR CMAKE_BUILD_TYPE STREQUAL "Debug"))
  add_link_options(-fuse-ld=lld)
  set(HEDDLE_LINKED_BY_LLD ON)
endif()

# Split debug information stays beside the objects, but for an index that would be most of every program.
if(CMAKE_CXX_FLAGS_DEBUG MATCHES "-gsplit-dwarf")
  add_link_options($<$<CONFIG:Debug>:LINKER:-T,${PROJECT_SOURCE_DIR}/cmake/no_name_index.ld>)
endif()

if(PROJECT_IS_TOP_LEVEL)
  add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wshadow -Werror)
endif()

if(HEDDLE_SANITIZE)
  add_compile_definitions(HEDDLE_SANITIZED=1)
  add_compile_options(-fsanitize=${HEDDLE_SANITIZE} -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${HEDDLE_SANITIZE})
  # Every test holds the libraries, instrumented. Without relocations, and with what debuggers read packed, all of them take
  # two thirds of the room.
  if(HEDDLE_LINKED_BY_LLD)
    add_link_options(LINKER:--compress-debug-sections=zlib -no-pie)
  endif()
  # A file built with -fno-sanitize=thread cannot ask the compiler whether the program around it runs
  # under TSan, and it is the one that has to tell TSan about fibers. So the build says it.
  if(HEDDLE_SANITIZE MATCHES thread)
    add_compile_definitions(HEDDLE_TSAN=1)
    # The C driver, because the C++ driver adds TSan's own operator new and delete, which are strong symbols
    # and clash with the interposer's. TSan sees the malloc and free beneath ours just as well.
    string(REPLACE "clang++" "clang" c_driver ${CMAKE_CXX_COMPILER})
    set(CMAKE_CXX_LINK_EXECUTABLE
      "${c_driver} <FLAGS> <CMAKE_CXX_LINK_FLAGS> <LINK_FLAGS> <OBJECTS> -o <TARGET> <LINK_LIBRARIES> -lstdc++ -lm")
  endif()
endif()

# Files that run in the middle of a switch between fibers, or beneath the allocator: TSan would take
# what they do for races of the program. Globs, against the source's path from the root.
set(HEDDLE_UNINSTRUMENTED
  harness/heddle/worlds/sim/fiber.cpp
  harness/heddle/core/sanitizers.cpp
  harness/heddle/core/arena.cpp
  harness/heddle/interposer/*.cpp)
if(HEDDLE_SANITIZE MATCHES thread)
  file(GLOB uninstrumented CONFIGURE_DEPENDS ${HEDDLE_UNINSTRUMENTED})
  list(FILTER uninstrumented EXCLUDE REGEX "_test\\.cpp$")
  set_source_files_properties(${uninstrumented} PROPERTIES
    COMPILE_OPTIONS -fno-sanitize=thread SKIP_PRECOMPILE_HEADERS ON)
endif()

# What runs once and not at every step is compiled in half the time when nobody optimises it. Under the
# sanitizers only: what is released is optimised throughout. Fuzzers read, plan and run a program at every input.
set(HEDDLE_UNHURRIED harness/heddle/cli/*.cpp harness/heddle/reports/*.cpp)
if(NOT HEDDLE_FUZZ)
  list(APPEND HEDDLE_UNHURRIED harness/heddle/programs/*.cpp)
endif()
if(HEDDLE_SANITIZE)
  file(GLOB_RECURSE unhurried CONFIGURE_DEPENDS ${HEDDLE_UNHURRIED})
  list(FILTER unhurried EXCLUDE REGEX "_test\\.cpp$")
  set_source_files_properties(${unhurried} PROPERTIES COMPILE_OPTIONS -O0 SKIP_PRECOMPILE_HEADERS ON)
endif()
