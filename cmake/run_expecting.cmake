# Runs PROGRAM and fails unless it ends as the file EXPECT says: an exit code, then, optionally, the
# arguments to run it with ("1 run --budget 100x"). No such file means: no arguments, exit code 0.
set(arguments "")
set(code_expected 0)
if(EXISTS ${EXPECT})
  file(READ ${EXPECT} text)
  separate_arguments(arguments UNIX_COMMAND "${text}")
  list(POP_FRONT arguments code_expected)
endif()
execute_process(COMMAND ${PROGRAM} ${arguments} RESULT_VARIABLE code)
if(NOT code STREQUAL code_expected)
  message(FATAL_ERROR "${PROGRAM} ended with ${code}, expected ${code_expected}")
endif()
