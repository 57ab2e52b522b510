# Documents, the states that nlohmann/json is for. Every native build has them. With Emscripten they
# are in a second module, so that only those load them who use them. For that the whole core is
# compiled a second time: OPENLINE_DOCUMENTS changes what some of its classes consist of.

set(document_sources
  wasm/openline/state/json_tree.cpp
  wasm/openline/state/tree_edit.cpp
  wasm/openline/state/tree_pointer.cpp
  wasm/openline/state/merge_patch.cpp
  wasm/openline/state/json_patch.cpp
  wasm/openline/state/document_state.cpp
)

# Of openline_<library>, and with documents.
function(add_library_with_documents library)
  get_target_property(sources openline_${library} SOURCES)
  add_library(openline_${library}_documents STATIC ${sources})
  target_link_libraries(openline_${library}_documents PUBLIC openline_flags)
  target_compile_options(openline_${library}_documents PRIVATE -fno-exceptions -fno-rtti)
endfunction()

if(EMSCRIPTEN AND OPENLINE_SIMULATION)
  return()
elseif(EMSCRIPTEN)
  add_library_with_documents(core)
  add_library_with_documents(abi)
  target_include_directories(openline_core_documents PUBLIC wasm)
  target_include_directories(openline_abi_documents PUBLIC ${CMAKE_CURRENT_SOURCE_DIR})
  target_link_libraries(openline_abi_documents PUBLIC openline_core_documents)
  set(core_with_documents openline_core_documents)

  # Copied, because /usr/include must not be on the path of em++: it has a C library of its own.
  find_path(nlohmann_json_folder nlohmann/json.hpp REQUIRED NO_CMAKE_FIND_ROOT_PATH
    PATHS /usr/include /usr/local/include /opt/homebrew/include)
  file(COPY ${nlohmann_json_folder}/nlohmann DESTINATION ${CMAKE_BINARY_DIR}/include)
  target_include_directories(openline_core_documents SYSTEM PUBLIC ${CMAKE_BINARY_DIR}/include)
  target_compile_definitions(openline_core_documents PUBLIC JSON_NO_IO)
else()
  find_package(nlohmann_json 3.11 REQUIRED)
  target_link_libraries(openline_core PUBLIC nlohmann_json::nlohmann_json)
  set(core_with_documents openline_core)
endif()

target_sources(${core_with_documents} PRIVATE ${document_sources})
target_compile_definitions(${core_with_documents} PUBLIC OPENLINE_DOCUMENTS=1)
