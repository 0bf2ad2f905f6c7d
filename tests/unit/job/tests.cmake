# What the program reads and loads when it runs.
foreach(needed sitmap_data sitmap_gdal sitmap_film sitmap_gazetteer_data)
  if(TARGET ${needed})
    add_dependencies(sitmap_job_test ${needed})
  endif()
endforeach()
