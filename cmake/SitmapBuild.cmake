# How every target of the project is compiled, and the one way to declare a module.

find_program(SITMAP_CCACHE ccache)
if(SITMAP_CCACHE AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${SITMAP_CCACHE}")
  set(CMAKE_C_COMPILER_LAUNCHER "${SITMAP_CCACHE}")
endif()

add_library(sitmap_options INTERFACE)
target_compile_options(sitmap_options INTERFACE -Wall -Wextra -Wpedantic -Wshadow=local -Wnon-virtual-dtor
                       -Woverloaded-virtual -Wcast-align -Wimplicit-fallthrough
                       # GCC 12 sees overlapping copies where there are none (bug 105329).
                       -Wno-restrict
                       # Floating point must give the same bits on every machine: no fused multiply-add.
                       -ffp-contract=off)
if(SITMAP_WERROR)
  target_compile_options(sitmap_options INTERFACE -Werror)
endif()
if(SITMAP_SANITIZE)
  target_compile_options(sitmap_options INTERFACE -fsanitize=address,undefined -fno-sanitize-recover=all
                         -fno-omit-frame-pointer)
  target_link_options(sitmap_options INTERFACE -fsanitize=address,undefined)
  # GCC 12 sees uninitialised values in its own <regex> when it instruments it.
  target_compile_options(sitmap_options INTERFACE -Wno-maybe-uninitialized)
endif()
find_program(SITMAP_MOLD mold)
if(SITMAP_MOLD)
  target_link_options(sitmap_options INTERFACE -fuse-ld=mold)
endif()

# sitmap_module(NAME DEPENDS lower-modules… LIBRARIES foreign-libraries…)
# A folder of src: a static library sitmap_NAME of all its .cpp files, namespace sitmap::NAME.
# DEPENDS are public (their headers may stand in ours); LIBRARIES are private (foreign headers stay inside).
function(sitmap_module name)
  cmake_parse_arguments(ARG "" "" "DEPENDS;LIBRARIES" ${ARGN})
  file(GLOB sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
  file(GLOB headers CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.hpp")
  if(sources)
    add_library(sitmap_${name} STATIC ${sources})
    set(scope PUBLIC)
    target_link_libraries(sitmap_${name} PRIVATE sitmap_options ${ARG_LIBRARIES})
  else()
    add_library(sitmap_${name} INTERFACE)
    set(scope INTERFACE)
  endif()
  target_include_directories(sitmap_${name} ${scope} "${PROJECT_SOURCE_DIR}/src")
  target_link_libraries(sitmap_${name} ${scope} ${ARG_DEPENDS})
  if(headers AND sources)
    target_sources(sitmap_${name} PUBLIC FILE_SET HEADERS BASE_DIRS "${PROJECT_SOURCE_DIR}/src" FILES ${headers})
    set_target_properties(sitmap_${name} PROPERTIES VERIFY_INTERFACE_HEADER_SETS ON)
  endif()
endfunction()
