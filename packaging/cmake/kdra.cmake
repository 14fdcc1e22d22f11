# SPDX-License-Identifier: GPL-3.0-or-later
# Target functions shared by app/, ui/ and tests/.

# Flags every target is built with. They must be the same everywhere: the precompiled headers are shared.
add_library(kdra_flags INTERFACE)
target_compile_definitions(kdra_flags INTERFACE QT_NO_CAST_FROM_ASCII QT_NO_CAST_TO_ASCII QT_NO_KEYWORDS
  QT_DISABLE_DEPRECATED_UP_TO=0x060800)
target_compile_options(kdra_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow
  -Wno-missing-field-initializers) # designated initialisers leave out what has a default
target_include_directories(kdra_flags INTERFACE ${PROJECT_SOURCE_DIR}/app ${PROJECT_SOURCE_DIR})
if(KDRA_WERROR)
  target_compile_options(kdra_flags INTERFACE -Werror)
endif()
if(KDRA_SANITIZE)
  target_compile_options(kdra_flags INTERFACE -fsanitize=${KDRA_SANITIZE} -fno-sanitize-recover=undefined)
  target_link_options(kdra_flags INTERFACE -fsanitize=${KDRA_SANITIZE})
endif()
if(KDRA_FUZZ)
  target_compile_options(kdra_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

# The two precompiled headers: one without widgets for app/ and its tests, one with for ui/.
function(kdra_precompiled name)
  cmake_parse_arguments(ARG "" "" "LINK;HEADERS" ${ARGN})
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/pch/${name}.cpp CONTENT "// Holds the precompiled header.\n")
  add_library(${name} STATIC ${PROJECT_BINARY_DIR}/pch/${name}.cpp)
  set_target_properties(${name} PROPERTIES AUTOMOC OFF AUTORCC OFF)
  target_link_libraries(${name} PUBLIC kdra_flags ${ARG_LINK})
  target_precompile_headers(${name} PRIVATE ${ARG_HEADERS})
endfunction()
kdra_precompiled(kdra_pch_app
  LINK Qt6::Core Qt6::Network Qt6::WebSockets Qt6::Concurrent
  HEADERS <QtCore/QtCore> <QtNetwork/QtNetwork> <QtWebSockets/QWebSocket> <expected> <memory> <string> <vector>
          <unordered_map> <chrono> <functional>)
kdra_precompiled(kdra_pch_ui
  LINK Qt6::Core Qt6::Network Qt6::WebSockets Qt6::Concurrent Qt6::Widgets
  HEADERS <QtCore/QtCore> <QtWidgets/QtWidgets> <QtNetwork/QtNetwork> <expected> <memory> <string> <vector>
          <unordered_map> <chrono> <functional>)

# kdra_app_library(NAME SOURCES ... LINK ...): one folder of app/, no widgets.
function(kdra_app_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(kdra_${name} STATIC ${ARG_SOURCES})
  target_compile_options(kdra_${name} PRIVATE -Wconversion -Wno-sign-conversion)
  target_link_libraries(kdra_${name} PUBLIC kdra_flags ${ARG_LINK} PRIVATE kdra_pch_app)
  target_precompile_headers(kdra_${name} REUSE_FROM kdra_pch_app)
endfunction()

# kdra_ui_library(NAME SOURCES ... LINK ...): one folder of ui/.
function(kdra_ui_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  add_library(kdra_ui_${name} STATIC ${ARG_SOURCES})
  target_link_libraries(kdra_ui_${name} PUBLIC kdra_flags Qt6::Widgets ${ARG_LINK} PRIVATE kdra_pch_ui)
  target_precompile_headers(kdra_ui_${name} REUSE_FROM kdra_pch_ui)
endfunction()

# kdra_test(tst_name SOURCES ... LINK ... [UI] [SERIAL] [TIMEOUT s] [LABELS ...]): one Qt Test program.
function(kdra_test name)
  cmake_parse_arguments(ARG "UI;SERIAL" "TIMEOUT" "SOURCES;LINK;LABELS" ${ARGN})
  if(NOT ARG_SOURCES)
    set(ARG_SOURCES ${name}.cpp)
  endif()
  add_executable(${name} ${ARG_SOURCES})
  if(ARG_UI)
    set(pch kdra_pch_ui)
  else()
    set(pch kdra_pch_app)
  endif()
  target_link_libraries(${name} PRIVATE kdra_flags ${pch} Qt6::Test ${ARG_LINK})
  target_precompile_headers(${name} REUSE_FROM ${pch})
  add_test(NAME ${name} COMMAND ${name})
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  if(KDRA_SANITIZE)
    math(EXPR ARG_TIMEOUT "4 * ${ARG_TIMEOUT}")
  endif()
  # The deadline is ctest's; that of Qt Test, five minutes for a function, would leave the servers of a test behind.
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT} LABELS "${ARG_LABELS}" RUN_SERIAL "${ARG_SERIAL}"
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8;QTEST_FUNCTION_TIMEOUT=3600000;KDRA_BIN=${PROJECT_BINARY_DIR}/bin;KDRA_SOURCE=${PROJECT_SOURCE_DIR}")
endfunction()

# kdra_fuzz(NAME SOURCES ... LINK ...): bin/fuzz_NAME, a libFuzzer program without widgets; its seeds are in
# tests/fuzz/corpus/NAME. Nothing unless KDRA_FUZZ.
if(KDRA_FUZZ)
  add_custom_target(fuzzers)
endif()
function(kdra_fuzz name)
  cmake_parse_arguments(ARG "" "" "SOURCES;LINK" ${ARGN})
  if(NOT KDRA_FUZZ)
    return()
  endif()
  if(NOT ARG_SOURCES)
    set(ARG_SOURCES fuzz_${name}.cpp)
  endif()
  add_executable(fuzz_${name} ${ARG_SOURCES})
  target_link_libraries(fuzz_${name} PRIVATE kdra_flags kdra_pch_app ${ARG_LINK})
  target_link_options(fuzz_${name} PRIVATE -fsanitize=fuzzer)
  target_precompile_headers(fuzz_${name} REUSE_FROM kdra_pch_app)
  add_dependencies(fuzzers fuzz_${name})
endfunction()

set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
