# The installed tree: bin/sitmap, lib/sitmap (modules loaded when needed), share/sitmap (data), lib/cmake/sitmap
# (find_package). The program finds the others from where it stands, so the tree can be moved.
include(CMakePackageConfigHelpers)
configure_package_config_file("${PROJECT_SOURCE_DIR}/cmake/sitmapConfig.cmake.in"
                              "${PROJECT_BINARY_DIR}/cmake/sitmapConfig.cmake" INSTALL_DESTINATION lib/cmake/sitmap)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/cmake/sitmapConfigVersion.cmake" COMPATIBILITY SameMinorVersion
                                 ARCH_INDEPENDENT)
install(FILES "${PROJECT_BINARY_DIR}/cmake/sitmapConfig.cmake" "${PROJECT_BINARY_DIR}/cmake/sitmapConfigVersion.cmake"
              "${PROJECT_SOURCE_DIR}/cmake/SitmapAddMap.cmake" DESTINATION lib/cmake/sitmap)
install(FILES LICENSE README.md DESTINATION share/doc/sitmap)
