# Tests of the whole: the program as a user runs it, and the house's order.
add_executable(sitmap_layering_test layering/layering_test.cpp)
target_link_libraries(sitmap_layering_test PRIVATE sitmap_options GTest::gtest_main)
target_compile_definitions(sitmap_layering_test PRIVATE SITMAP_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
add_test(NAME layering COMMAND sitmap_layering_test)

file(GLOB end_to_end_sources CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/end_to_end/*.cpp")
add_executable(sitmap_end_to_end_test ${end_to_end_sources})
target_link_libraries(sitmap_end_to_end_test PRIVATE sitmap_options GTest::gtest_main)
target_include_directories(sitmap_end_to_end_test PRIVATE "${CMAKE_CURRENT_SOURCE_DIR}")
target_compile_definitions(sitmap_end_to_end_test PRIVATE SITMAP_SOURCE_DIR="${PROJECT_SOURCE_DIR}"
                           SITMAP_BINARY_DIR="${PROJECT_BINARY_DIR}")
add_dependencies(sitmap_end_to_end_test sitmap sitmap_gdal sitmap_film sitmap_data)
if(TARGET sitmap_gazetteer_data)
  add_dependencies(sitmap_end_to_end_test sitmap_gazetteer_data)
endif()
foreach(suite Render Samples Locate Cases)
  add_test(NAME end_to_end.${suite} COMMAND sitmap_end_to_end_test --gtest_filter=*${suite}*)
  # Sanitizer builds: a suppressed leak inside fontconfig would otherwise be named on the standard error that is compared.
  set_tests_properties(end_to_end.${suite} PROPERTIES ENVIRONMENT "LSAN_OPTIONS=print_suppressions=0")
endforeach()
