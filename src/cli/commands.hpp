#pragma once
// The commands: options in, exit code out.

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>

#include "base/cancel.hpp"

namespace sitmap::cli {

// What a chosen command does; exit code.
using Action = std::function<int()>;

void add_render(CLI::App& app, Action& action, base::CancelToken& cancel);
void add_locate(CLI::App& app, Action& action);
void add_check(CLI::App& app, Action& action);
void add_init(CLI::App& app, Action& action);
void add_schema(CLI::App& app, Action& action);
std::string version_text();

int write_starter(const std::string& folder);  // init.cpp

}  // namespace sitmap::cli
