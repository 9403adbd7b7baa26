# The adapters that `heddle conform` drives (docs/guides/validate-my-port.md), and the tests of those in Python, which are the
# same in every preset.
heddle_adapter(heddle LINKS heddle fmt::fmt)
heddle_adapter(boost LINKS Boost::headers nlohmann_json::nlohmann_json Threads::Threads rt)

if(HEDDLE_HOUSE)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME adapters/cpython/adapter_test
    COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/adapters/cpython/adapter_test.py)
  heddle_test_properties(adapters/cpython/adapter_test adapters)
endif()
