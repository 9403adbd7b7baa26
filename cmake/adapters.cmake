# The adapters that `heddle conform` drives: a program of each folder of adapters/ that has sources, and the tests of those
# in Python, which are the same in every preset. What a port has to do with an adapter: docs/guides/validate-my-port.md.
if(HEDDLE_FUZZ)
  return()
endif()

if(HEDDLE_HOUSE)
  find_package(Python3 REQUIRED COMPONENTS Interpreter)
  add_test(NAME adapters/cpython/adapter_test
    COMMAND Python3::Interpreter -B ${PROJECT_SOURCE_DIR}/adapters/cpython/adapter_test.py)
  heddle_test_properties(adapters/cpython/adapter_test adapters)
endif()
