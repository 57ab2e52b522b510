# The wasm modules: the core, its ABI and the browser's ports; without documents and with them.

set(js_library ${CMAKE_CURRENT_SOURCE_DIR}/wasm/platform/library_openline.js)
set(exports_list ${CMAKE_CURRENT_SOURCE_DIR}/bindings/exports.txt)

set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${exports_list})
file(STRINGS ${exports_list} exports REGEX "^ol_")
list(TRANSFORM exports PREPEND "_")
list(APPEND exports _malloc _free)
list(JOIN exports "," exports)

# Read by the compiler of every target: link-time optimisation needs all of them.
# With -Oz Emscripten has only that inlined which is marked `inline`, so that each accessor of a class
# is called; inlining what is small makes the module smaller by 3.3 KB (gzip), and faster.
target_compile_options(openline_flags INTERFACE -Oz -flto -finline-functions -mbulk-memory)

# glue.mjs and glue.wasm in `folder`, of which the glue names the other.
function(add_wasm_module target folder abi)
  add_executable(${target}
    wasm/platform/emscripten_socket.cpp
    wasm/platform/emscripten_clock.cpp
    wasm/platform/platform.cpp
  )
  target_link_libraries(${target} PRIVATE ${abi})
  target_compile_options(${target} PRIVATE -fno-exceptions -fno-rtti)
  target_link_options(${target} PRIVATE
    -Oz
    -mbulk-memory
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
  set_target_properties(${target} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${folder}
    OUTPUT_NAME glue
    SUFFIX .mjs
    LINK_DEPENDS "${js_library};${exports_list}"
  )
endfunction()

add_wasm_module(openline_wasm . openline_abi)
add_wasm_module(openline_wasm_documents documents openline_abi_documents)
