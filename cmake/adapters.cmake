# The adapters that `heddle conform` drives (docs/guides/validate-my-port.md), and what is known of their ports. What is
# in Python is the same in every preset.
heddle_claim(adapter_kit_sources UNDER adapters/kit)
if(adapter_kit_sources AND NOT HEDDLE_FUZZ)
  add_library(adapter_kit STATIC EXCLUDE_FROM_ALL ${adapter_kit_sources})
  target_include_directories(adapter_kit PUBLIC ${PROJECT_SOURCE_DIR})
  target_link_libraries(adapter_kit PUBLIC nlohmann_json::nlohmann_json Threads::Threads)
endif()
heddle_adapter(heddle LINKS adapter_kit heddle)
heddle_adapter(boost LINKS adapter_kit Boost::headers rt)

if(TARGET adapter.heddle AND TARGET heddle_cli AND NOT HEDDLE_TESTED)
  add_test(NAME adapters/heddle COMMAND heddle_cli conform --adapter $<TARGET_FILE:adapter.heddle>)
  heddle_test_properties(adapters/heddle adapters)
endif()

if(NOT HEDDLE_HOUSE OR NOT TARGET heddle_cli)
  return()
endif()
find_package(Python3 REQUIRED COMPONENTS Interpreter)

# heddle_test_port(<name> ADAPTER <command>): what the port fails is exactly what its list says.
function(heddle_test_port name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "ADAPTER" "")
  add_test(NAME adapters/${name}/port COMMAND heddle_cli conform -V --adapter ${arg_ADAPTER}
    --failures ${PROJECT_SOURCE_DIR}/adapters/${name}/known_failures.txt)
  heddle_test_properties(adapters/${name}/port adapters)
endfunction()

set(adapter_of_cpython ${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/adapters/cpython/adapter.py)
set(adapter_of_heddle $<TARGET_FILE:adapter.heddle>)
foreach(name cpython heddle)
  add_test(NAME adapters/${name}/adapter_test
    COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/adapters/kit/adapter_test.py ${adapter_of_${name}})
endforeach()
add_test(NAME adapters/broken/defects_test
  COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/adapters/broken/defects_test.py $<TARGET_FILE:heddle_cli>)
add_test(NAME adapters/cpython/hazards_test
  COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/adapters/cpython/hazards_test.py $<TARGET_FILE:heddle_cli>)
foreach(test cpython/adapter_test heddle/adapter_test cpython/hazards_test broken/defects_test)
  heddle_test_properties(adapters/${test} adapters)
endforeach()
heddle_test_port(cpython ADAPTER "${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/adapters/cpython/adapter.py")
# What is spawned is handed over as messages are; a part of the cases, for each starts interpreters.
add_test(NAME adapters/cpython/spawn COMMAND heddle_cli conform -V --start-method spawn --only "[lq]*/*"
  --adapter "${Python3_EXECUTABLE} -B ${PROJECT_SOURCE_DIR}/adapters/cpython/adapter.py"
  --failures ${PROJECT_SOURCE_DIR}/adapters/cpython/known_failures_of_spawn.txt)
heddle_test_properties(adapters/cpython/spawn adapters)
heddle_test_port(boost ADAPTER $<TARGET_FILE:adapter.boost>)
