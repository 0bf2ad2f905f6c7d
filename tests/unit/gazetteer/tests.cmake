# The real gazetteer: names of the facts must be found in it.
if(TARGET sitmap_gazetteer_data)
  add_dependencies(sitmap_gazetteer_test sitmap_gazetteer_data)
endif()
