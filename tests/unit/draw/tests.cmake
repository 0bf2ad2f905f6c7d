target_link_libraries(sitmap_draw_test PRIVATE PkgConfig::CAIRO Threads::Threads)
