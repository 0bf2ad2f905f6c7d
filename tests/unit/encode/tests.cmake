target_link_libraries(sitmap_encode_test PRIVATE PkgConfig::PNG PkgConfig::FFMPEG)
