# The wasm module: the core, its ABI and the browser's ports.

add_executable(openline_wasm
  wasm/platform/emscripten_socket.cpp
  wasm/platform/emscripten_clock.cpp
  wasm/platform/platform.cpp
)
set(js_library ${CMAKE_CURRENT_SOURCE_DIR}/wasm/platform/library_openline.js)
set(exports_list ${CMAKE_CURRENT_SOURCE_DIR}/bindings/exports.txt)

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${exports_list})
file(STRINGS ${exports_list} exports REGEX "^ol_")
list(TRANSFORM exports PREPEND "_")
list(APPEND exports _malloc _free)
list(JOIN exports "," exports)

target_link_libraries(openline_wasm PRIVATE openline_abi)
target_compile_options(openline_wasm PRIVATE -fno-exceptions -fno-rtti)
# Read by the compiler of every target: link-time optimisation needs all of them.
target_compile_options(openline_flags INTERFACE -Oz -flto)
target_link_options(openline_wasm PRIVATE
  -Oz
  -flto
  --no-entry
  -lwebsocket.js
  --js-library=${js_library}
  -sMODULARIZE=1
  -sEXPORT_ES6=1
  -sUSE_ES6_IMPORT_META=0      # no asset URL: bundlers would look for it (Vite 6 and 7 fail in dev)
  -sENVIRONMENT=web,worker
  -sDYNAMIC_EXECUTION=0        # no eval: Content-Security-Policy
  -sFILESYSTEM=0
  -sMALLOC=emmalloc
  -sALLOW_MEMORY_GROWTH=1
  -sINITIAL_MEMORY=1048576
  -sTOTAL_STACK=65536
  -sEXPORTED_FUNCTIONS=${exports}
  -sINCOMING_MODULE_JS_API=instantiateWasm,onAbort
)
set_target_properties(openline_wasm PROPERTIES
  OUTPUT_NAME glue
  SUFFIX .mjs
  LINK_DEPENDS "${js_library};${exports_list}"
)
