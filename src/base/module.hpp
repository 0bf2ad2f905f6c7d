#pragma once
// Parts of the program that stand in shared modules, because the libraries behind them take a tenth of a second to
// link and many runs don't need them. Found in $SITMAP_MODULES, in lib/sitmap beside or above the program, or where
// the build put them.

#include <string_view>

namespace sitmap::base {

// Loads lib<name>.so once (thread-safe; repeated calls are cheap) and returns the address of a symbol in it.
// IoError when it isn't there or doesn't load, with what to do.
void* module_symbol(std::string_view name, const char* symbol);

}  // namespace sitmap::base
