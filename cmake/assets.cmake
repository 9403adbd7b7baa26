# Text that a program carries with it: files of the tree as string constants, so that what is run needs no
# file beside it.
#
# heddle_assets(<out> HEADER <header> NAMESPACE <namespace> <constant>=<file>[+<file>...]...)
# Sets <out> to a source that defines each constant that the header declares as the files' text, one after another.
# With TABLE <constant> ROW <type> FILES <file>... besides: a span of rows, each a file's name without its ending and its text.
function(heddle_assets out)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;NAMESPACE;TABLE;ROW" "FILES")
  set(definitions "")
  if(arg_TABLE)
    set(rows "")
    foreach(file IN LISTS arg_FILES)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
      file(READ ${PROJECT_SOURCE_DIR}/${file} text)
      cmake_path(GET file STEM name)
      string(APPEND rows "    {\"${name}\", R\"asset(${text})asset\"},\n")
    endforeach()
    string(APPEND definitions "constexpr ${arg_ROW} ${arg_TABLE}_rows[] = {\n${rows}};\n"
      "const std::span<const ${arg_ROW}> ${arg_TABLE} = ${arg_TABLE}_rows;\n")
  endif()
  foreach(pair IN LISTS arg_UNPARSED_ARGUMENTS)
    string(REGEX MATCH "^([^=]+)=(.+)$" pair "${pair}")
    set(constant ${CMAKE_MATCH_1})
    string(REPLACE "+" ";" files ${CMAKE_MATCH_2})
    set(text "")
    foreach(file IN LISTS files)
      set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/${file})
      file(READ ${file} part)
      string(APPEND text "${part}")
    endforeach()
    string(APPEND definitions "const std::string_view ${constant} = R\"asset(${text})asset\";\n")
  endforeach()
  set(source ${PROJECT_BINARY_DIR}/assets/${arg_HEADER}.cpp)
  file(CONFIGURE OUTPUT ${source} @ONLY CONTENT
    "#include <@arg_HEADER@>\n\nnamespace @arg_NAMESPACE@ {\n\n@definitions@\n}  // namespace @arg_NAMESPACE@\n")
  set(${out} ${source} PARENT_SCOPE)
endfunction()
