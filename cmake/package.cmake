# What `cmake --install` puts into a prefix: the primitives alone, without the harness. A project finds them by
# find_package(heddle COMPONENTS mp), which gives heddle::mp, or by pkg-config under the name heddle-mp.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

# A sanitizer's objects are of no use without its runtime, and a fuzzer's tree has no library to install.
if(HEDDLE_SANITIZE OR NOT mp_sources)
  return()
endif()

set(package_includes ${CMAKE_INSTALL_INCLUDEDIR}/heddle)
set(package_cmake ${CMAKE_INSTALL_LIBDIR}/cmake/heddle)

set_target_properties(mp PROPERTIES OUTPUT_NAME heddle_mp)
install(TARGETS mp EXPORT heddle_mp
  ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} INCLUDES DESTINATION ${package_includes})
# The headers of the tests stay here.
install(DIRECTORY lib/mp DESTINATION ${package_includes}
  FILES_MATCHING PATTERN "*.hpp" PATTERN stress EXCLUDE PATTERN recording_os.hpp EXCLUDE)

install(EXPORT heddle_mp NAMESPACE heddle:: FILE heddle-mp.cmake DESTINATION ${package_cmake})
configure_package_config_file(cmake/heddle-config.cmake.in heddle-config.cmake
  INSTALL_DESTINATION ${package_cmake} NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file(heddle-config-version.cmake COMPATIBILITY SameMinorVersion)
file(RELATIVE_PATH package_up /${CMAKE_INSTALL_LIBDIR}/pkgconfig /)
configure_file(cmake/heddle-mp.pc.in heddle-mp.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/heddle-config.cmake ${PROJECT_BINARY_DIR}/heddle-config-version.cmake
  DESTINATION ${package_cmake})
install(FILES ${PROJECT_BINARY_DIR}/heddle-mp.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)

# A project of its own, built against an installed tree both ways and run.
if(HEDDLE_HOUSE)
  add_test(NAME package/consumer
    COMMAND ${PROJECT_SOURCE_DIR}/ci/consumer ${PROJECT_BINARY_DIR} ${CMAKE_CXX_COMPILER})
  set_tests_properties(package/consumer PROPERTIES TIMEOUT 300 LABELS package)
endif()
