# `cpack -G DEB` in the build folder: one package with what `cmake --install` installs.
set(CPACK_PACKAGE_NAME heddle)
set(CPACK_PACKAGE_VENDOR heddle)
set(CPACK_PACKAGE_CONTACT "heddle <heddle@localhost>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Deterministic concurrency testing for programs of Python's multiprocessing primitives")
set(CPACK_PACKAGE_DESCRIPTION "Runs a program many times under a scheduler that decides every interleaving, and says what
 went wrong in the words of the primitive, with one line that reproduces it. Holds the command line, the libraries
 of the primitives and of the harness, and their headers.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
# What the program needs is told by its shared libraries; what links the archives needs, by name.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libfmt-dev, libexpected-dev, libssl-dev, libboost-context-dev, libpugixml-dev, libtomlplusplus-dev, libxxhash-dev, pkg-config")
set(CPACK_DEBIAN_PACKAGE_SUGGESTS "libgtest-dev, cmake")
set(CPACK_DEB_COMPONENT_INSTALL OFF)
include(CPack)
