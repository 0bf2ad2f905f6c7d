# The installed tree: bin/sitmap, lib/sitmap (the film module), share/sitmap (data), lib/cmake/sitmap (for build scripts).
