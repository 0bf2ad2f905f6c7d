# The real gazetteer: the places of the facts must be found in it.
if(TARGET sitmap_gazetteer_data)
  add_dependencies(sitmap_events_test sitmap_gazetteer_data)
endif()
if(TARGET sitmap_gdal)  # opened at run time
  add_dependencies(sitmap_events_test sitmap_gdal)
endif()
