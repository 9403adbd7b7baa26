# What `cmake --install` puts into a prefix, in components that find_package(heddle COMPONENTS ...) and pkg-config know:
#
#   mp       heddle::mp, the primitives alone                         heddle-mp.pc
#   harness  heddle::harness, to explore programs; bin/heddle         heddle-harness.pc
#   gtest    heddle::gtest, HEDDLE_TEST                               heddle-gtest.pc
#
# Each needs those above it. Nothing installed knows where it is, so the prefix may be moved.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# A sanitizer's objects are of no use without its runtime, and a fuzzer's tree has no library to install.
if(HEDDLE_SANITIZE OR HEDDLE_FUZZ OR HEDDLE_MUTANTS)
  return()
endif()

set(package_includes ${CMAKE_INSTALL_INCLUDEDIR}/heddle)
set(package_cmake ${CMAKE_INSTALL_LIBDIR}/cmake/heddle)
file(RELATIVE_PATH package_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)

# pkg-config is told what CMake's exports know by themselves: where the interposer's objects lie, and what the
# linker has to wrap.
set(package_objects ${CMAKE_INSTALL_LIBDIR}/heddle)
set(package_interposer ${interposer_sources})
list(TRANSFORM package_interposer REPLACE "(.+)"
  "\${libdir}/heddle/objects-${CMAKE_BUILD_TYPE}/heddle_interposer/\\1${CMAKE_CXX_OUTPUT_EXTENSION}")
list(JOIN package_interposer " " package_interposer)
get_target_property(package_harness_wraps heddle_harness INTERFACE_LINK_OPTIONS)
list(JOIN package_harness_wraps " " package_harness_wraps)
get_target_property(package_gtest_wraps heddle_gtest INTERFACE_LINK_OPTIONS)
list(JOIN package_gtest_wraps " " package_gtest_wraps)

# heddle_install(<component> TARGETS <target>... HEADERS <folder>... WITHOUT <pattern>...)
function(heddle_install component)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "TARGETS;HEADERS;WITHOUT")
  install(TARGETS ${arg_TARGETS} EXPORT heddle_${component} COMPONENT ${component}
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} COMPONENT ${component}
    OBJECTS DESTINATION ${package_objects} COMPONENT ${component}
    INCLUDES DESTINATION ${package_includes})
  set(without "")
  foreach(pattern IN LISTS arg_WITHOUT)
    list(APPEND without PATTERN ${pattern} EXCLUDE)
  endforeach()
  foreach(folder IN LISTS arg_HEADERS)
    cmake_path(GET folder PARENT_PATH parent)
    string(REGEX REPLACE "^(lib|harness)/?" "" parent "${parent}")
    install(DIRECTORY ${folder} DESTINATION ${package_includes}/${parent} COMPONENT ${component}
      FILES_MATCHING PATTERN "*.hpp" ${without})
  endforeach()
  install(EXPORT heddle_${component} NAMESPACE heddle:: FILE heddle-${component}.cmake
    DESTINATION ${package_cmake} COMPONENT ${component})
  configure_file(cmake/heddle-${component}.pc.in heddle-${component}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/heddle-${component}.pc
    DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig COMPONENT ${component})
endfunction()

set_target_properties(mp PROPERTIES OUTPUT_NAME heddle_mp)
set_target_properties(heddle PROPERTIES EXPORT_NAME library)
foreach(name IN ITEMS histories interposer harness gtest)
  set_target_properties(heddle_${name} PROPERTIES EXPORT_NAME ${name})
endforeach()

heddle_install(mp TARGETS mp HEADERS lib/mp WITHOUT stress recording_os.hpp)
# What <heddle/api/...> includes; ci/consumer compiles all of them where they are installed.
set(folders api core engine linearizability programs strategies)
list(TRANSFORM folders PREPEND harness/heddle/)
heddle_install(harness TARGETS heddle heddle_histories heddle_interposer heddle_harness HEADERS ${folders})
heddle_install(gtest TARGETS heddle_gtest HEADERS harness/heddle/gtest WITHOUT settings.hpp task_*.hpp test_run.hpp)
install(TARGETS heddle_cli DESTINATION ${CMAKE_INSTALL_BINDIR} COMPONENT harness)

# heddle_says(<file> <argument>...): what the command line prints of itself, where man and the shells look for it
function(heddle_says file)
  set(said ${PROJECT_BINARY_DIR}/share/${file})
  cmake_path(GET said PARENT_PATH folder)
  add_custom_command(OUTPUT ${said}
    COMMAND ${CMAKE_COMMAND} -E make_directory ${folder}
    COMMAND heddle_cli ${ARGN} > ${said}
    DEPENDS heddle_cli VERBATIM)
  set_property(DIRECTORY APPEND PROPERTY HEDDLE_SAID ${said})
  cmake_path(GET file PARENT_PATH folder)
  install(FILES ${said} DESTINATION ${CMAKE_INSTALL_DATAROOTDIR}/${folder} COMPONENT harness)
endfunction()
heddle_says(man/man1/heddle.1 man)
heddle_says(bash-completion/completions/heddle completion bash)
heddle_says(zsh/site-functions/_heddle completion zsh)
heddle_says(fish/vendor_completions.d/heddle.fish completion fish)
get_property(said DIRECTORY PROPERTY HEDDLE_SAID)
add_custom_target(heddle_said ALL DEPENDS ${said})

configure_package_config_file(cmake/heddle-config.cmake.in heddle-config.cmake
  INSTALL_DESTINATION ${package_cmake} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(heddle-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/heddle-config.cmake ${PROJECT_BINARY_DIR}/heddle-config-version.cmake
  DESTINATION ${package_cmake} COMPONENT mp)

# `cmake --install --strip` leaves the debug information of archives where it is, and it is nine tenths of them.
install(CODE "
  if(CMAKE_INSTALL_DO_STRIP)
    file(GLOB_RECURSE stripped \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${CMAKE_INSTALL_LIBDIR}/libheddle*.a
      \$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${package_objects}/*.o)
    execute_process(COMMAND ${CMAKE_STRIP} --strip-debug \${stripped} COMMAND_ERROR_IS_FATAL ANY)
  endif()" ALL_COMPONENTS)

include(debian)

# A project of its own, built against an installed tree in each way and run.
if(HEDDLE_HOUSE)
  add_test(NAME package/consumer
    COMMAND ${PROJECT_SOURCE_DIR}/ci/consumer ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER})
  add_test(NAME package/subproject
    COMMAND ${PROJECT_SOURCE_DIR}/ci/subproject ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER} --primitives)
  add_test(NAME package/debian COMMAND ${PROJECT_SOURCE_DIR}/ci/debian ${PROJECT_BINARY_DIR})
  set_tests_properties(package/consumer package/subproject package/debian PROPERTIES
    TIMEOUT 600 LABELS package)
endif()
