# The embedded layers and the module that reads them.
foreach(needed sitmap_data sitmap_gdal)
  if(TARGET ${needed})
    add_dependencies(sitmap_compose_test ${needed})
  endif()
endforeach()
