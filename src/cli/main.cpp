// The command line program: reads options, runs one command, prints problems in one place.

#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <iterator>

#include "base/problem.hpp"
#include "base/text.hpp"
#include "cli/commands.hpp"

namespace {

sitmap::base::CancelToken g_cancel;  // NOLINT: a signal handler needs it

void stop(int) { g_cancel.request(); }

void say(const std::string& text) { std::fwrite(text.data(), 1, text.size(), stderr); }

std::vector<std::string> command_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands(nullptr)) names.push_back(command->get_name());
  return names;
}

std::vector<std::string> option_names(const CLI::App& app) {
  std::vector<std::string> names;
  for (const CLI::Option* option : app.get_options())
    for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
  return names;
}

// CLI11's message, with a suggestion for a misspelt command or option.
int usage_error(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
  const CLI::App* chosen = &app;
  for (const CLI::App* command : app.get_subcommands()) chosen = command;
  std::string hint;
  if (chosen == &app && argc > 1 && argv[1][0] != '-') {
    say(fmt::format("sitmap: there is no command '{}'\n", argv[1]));
    const auto names = command_names(app);
    hint = sitmap::base::suggestion(argv[1], names);
    std::vector<std::string> begun;
    std::copy_if(names.begin(), names.end(), std::back_inserter(begun), [&](const std::string& name) { return name.starts_with(argv[1]); });
    if (begun.size() == 1) hint = fmt::format("did you mean '{}'?", begun.front());
    if (std::filesystem::path(argv[1]).extension() == ".yaml" || std::filesystem::path(argv[1]).extension() == ".yml")
      hint = fmt::format("did you mean 'sitmap render {}'?", argv[1]);
  } else {
    std::string unknown;
    const auto names = option_names(*chosen);
    const std::string what = error.what();
    if (const auto needed = what.find(" is required"); needed != std::string::npos && chosen != &app)
      hint = what.starts_with("MAP") ? fmt::format("name a map file: 'sitmap {} map.yaml'; 'sitmap init' writes one to begin with", chosen->get_name())
                                     : fmt::format("name what to {}: 'sitmap {} Jermuk'", chosen->get_name(), chosen->get_name());
    for (int i = 1; i < argc && unknown.empty(); ++i) {
      const std::string_view word(argv[i]);
      const std::string name(word.substr(0, word.find('=')));
      if (name.starts_with("--") && name.size() > 2 && std::find(names.begin(), names.end(), name) == names.end()) unknown = name;
      if (chosen == &app && name.starts_with("-") && name.size() == 2 && name != "-h" && name != "-V") unknown = name;
      if (name.size() > 2 && name[0] == '-' && std::find(names.begin(), names.end(), "-" + name) != names.end()) unknown = name;  // -json
    }
    if (!unknown.empty()) {
      say(fmt::format("sitmap: there is no option '{}'\n", unknown));
      hint = sitmap::base::suggestion(unknown, names);
    } else {
      say(fmt::format("sitmap: {}\n", what));
    }
  }
  if (!hint.empty()) say("  " + hint + "\n");
  say(fmt::format("  'sitmap {}{}--help' shows what there is\n", chosen == &app ? "" : chosen->get_name(), chosen == &app ? "" : " "));
  return 2;
}

int run(const sitmap::cli::Action& action) {
  using namespace sitmap;
  try {
    return action();
  } catch (const base::UsageError& error) {
    say(fmt::format("sitmap: {}\n", error.what()));
    if (!error.hint().empty()) say("  " + error.hint() + "\n");
    return 2;
  } catch (const base::InputError& error) {
    for (const base::Problem& problem : error.problems()) say((problem.where.file.empty() ? "sitmap: " : "") + base::format(problem));
    return 1;
  } catch (const base::IoError& error) {
    say(fmt::format("sitmap: {}\n", error.what()));
    if (!error.hint().empty()) say("  " + error.hint() + "\n");
    return 1;
  } catch (const base::Cancelled&) {
    say("sitmap: stopped; nothing half-written was left\n");
    return 130;
  } catch (const std::filesystem::filesystem_error& error) {
    say(fmt::format("sitmap: cannot use '{}': {}\n  check the name and the permissions\n", error.path1().string(), error.code().message()));
    return 1;
  } catch (const std::bad_alloc&) {
    say("sitmap: out of memory\n  choose a smaller 'size' or 'scale', or fewer --jobs\n");
    return 1;
  } catch (const std::exception& error) {
    say(fmt::format("sitmap: internal error: {}\n  please report this with the files that led to it\n", error.what()));
    return 1;
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::signal(SIGINT, stop);
  std::signal(SIGTERM, stop);
  std::signal(SIGPIPE, SIG_IGN);
  std::signal(SIGXFSZ, SIG_IGN);  // a file size limit is then an error like a full disk

  CLI::App app("sitmap: situation maps from a map file, dated events and a gazetteer", "sitmap");
  app.footer("Begin with:\n  sitmap init my-map        # a map file and an events table to change\n"
             "  sitmap render my-map/map.yaml\n  sitmap locate Jermuk 'Lachin corridor'");
  app.require_subcommand(1);
  app.set_help_flag("-h,--help", "Show this help and stop");
  bool version = false;
  app.add_flag("-V,--version", version, "Show the versions of sitmap and its libraries");

  sitmap::cli::Action action;
  sitmap::cli::add_render(app, action, g_cancel);
  sitmap::cli::add_locate(app, action);
  sitmap::cli::add_check(app, action);
  sitmap::cli::add_init(app, action);
  sitmap::cli::add_schema(app, action);

  for (int i = 1; i < argc; ++i)
    if (std::string_view(argv[i]) == "--version" || std::string_view(argv[i]) == "-V" || (argc == 2 && std::string_view(argv[i]) == "version")) {
      return run([] {
        const std::string text = sitmap::cli::version_text();
        std::fwrite(text.data(), 1, text.size(), stdout);
        return 0;
      });
    }
  if (argc == 1) {
    say(app.help());
    return 2;
  }
  std::vector<char*> words(argv, argv + argc);
  std::string help = "--help";
  if (std::string_view(argv[1]) == "help") {  // 'sitmap help render' is 'sitmap render --help'
    words.erase(words.begin() + 1);
    words.resize(std::min<std::size_t>(words.size(), 2));
    const auto names = command_names(app);
    if (words.size() == 1 || std::find(names.begin(), names.end(), words[1]) != names.end()) words.push_back(help.data());
  }
  try {
    app.parse(static_cast<int>(words.size()), words.data());
  } catch (const CLI::CallForHelp&) {
    std::fputs(app.help().c_str(), stdout);
    return 0;
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == 0) return app.exit(error);
    return usage_error(app, error, static_cast<int>(words.size()), words.data());
  }
  const int code = run(action);
  std::fflush(nullptr);
#ifdef __SANITIZE_ADDRESS__
  return code;  // the leak check runs at the end
#else
  std::_Exit(code);  // everything is written: taking memory apart piece by piece costs a still a tenth of its time
#endif
}
