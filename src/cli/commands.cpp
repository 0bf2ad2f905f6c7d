#include "cli/commands.hpp"

#include <fmt/format.h>

#include <cstdio>

#include "base/text.hpp"
#include "cli/console.hpp"
#include "draw/draw.hpp"
#include "encode/film.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/report.hpp"
#include "job/output.hpp"
#include "job/render.hpp"
#include "projection/projection.hpp"
#include "source/read.hpp"
#include "text/shape.hpp"
#include "version.hpp"

namespace sitmap::cli {
namespace {

void print(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stdout);
  if (std::fflush(stdout) != 0) throw base::IoError("cannot write to standard output");
}

std::optional<time::Interval> date_option(const std::string& name, const std::string& text) {
  if (text.empty()) return std::nullopt;
  const auto parsed = time::parse_edtf(text);
  if (parsed.interval) return parsed.interval;
  const auto advice = parsed.reason.find("; ");  // "'today' is not a date; write …"
  throw base::UsageError(fmt::format("{} {}: {}", name, text, parsed.reason.substr(0, advice)),
                         advice == std::string::npos ? "write the day as YYYY-MM-DD" : parsed.reason.substr(advice + 2));
}

struct RenderWords {
  std::string map, date, from, to, size, progress = "auto", depfile;
  std::vector<std::string> outputs;
  double scale = 0;
  int jobs = 0;
  bool strict = false, quiet = false, only = false, times = false;

  job::RenderOptions options() const {
    job::RenderOptions out;
    out.outputs = outputs;
    out.only_these = only;
    out.date = date_option("--date", date);
    out.from = date_option("--from", from);
    out.to = date_option("--to", to);
    if (out.from && out.to && out.from->first && out.to->last && *out.to->last < *out.from->first)
      throw base::UsageError(fmt::format("--to {} is before --from {}", to, from), "exchange the two days");
    if (!size.empty()) {
      out.size = job::parse_size(size);
      if (!out.size) {
        std::vector<std::string> names;
        for (const auto& [known, value] : job::named_sizes()) names.push_back(known);
        const auto near = base::closest(size, names);
        throw base::UsageError(fmt::format("--size {}: neither a known size nor WIDTHxHEIGHT", size),
                               near ? fmt::format("did you mean '{}'?", *near)
                                    : fmt::format("known are {}; or write for example 1600x900, from 16 to 16384 pixels a side", base::join(names, ", ")));
      }
    }
    if (scale > 0) out.scale = scale;
    out.jobs = jobs;
    out.strict = strict;
    if (!depfile.empty()) out.depfile = depfile;
    return out;
  }
};

ProgressMode progress_mode(const std::string& name) {
  if (name == "plain") return ProgressMode::Plain;
  if (name == "kv") return ProgressMode::Kv;
  return name == "none" ? ProgressMode::None : ProgressMode::Auto;
}

std::string size_text(std::uintmax_t bytes) {
  if (bytes >= 10'000'000) return fmt::format("{:.0f} MB", static_cast<double>(bytes) / 1e6);
  if (bytes >= 1'000'000) return fmt::format("{:.1f} MB", static_cast<double>(bytes) / 1e6);
  return fmt::format("{:.0f} kB", static_cast<double>(bytes) / 1e3);
}

void add_shared_options(CLI::App& command, RenderWords& words) {
  command.add_option("MAP", words.map, "The map file (YAML)")->required();
  command.add_option("--from", words.from, "The first day (YYYY-MM-DD), instead of the map file's")->type_name("DATE");
  command.add_option("--to", words.to, "The last day, included")->type_name("DATE");
  command.add_option("--date", words.date, "The day of stills; the last one when left out")->type_name("DATE");
  command.add_option("--size", words.size, "article, square, story, video, 4k, or WIDTHxHEIGHT")->type_name("NAME|WxH");
  command.add_option("--scale", words.scale, "Pixels drawn for each pixel of the page")->check(CLI::Range(0.1, 8.0))->type_name("N");
  command.add_flag("--strict", words.strict, "Warnings are errors: a row left out, a label without room, …");
  command.add_flag("-q,--quiet", words.quiet, "Errors only");
}

}  // namespace

void add_render(CLI::App& app, Action& action, base::CancelToken& cancel) {
  CLI::App* command = app.add_subcommand("render", "Make the pictures and films of a map file");
  const auto words = std::make_shared<RenderWords>();
  add_shared_options(*command, *words);
  command->add_option("-o,--output", words->outputs, "Make this file (its ending says what); may be repeated. The map file's own outputs are then left")
      ->type_name("FILE")->expected(1)->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_flag("--also", words->only, "With -o: make the map file's own outputs too");
  command->add_option("-j,--jobs", words->jobs, "Threads; all cores when left out. The outputs are the same")->check(CLI::Range(1, 1024))->type_name("N");
  command->add_option("--progress", words->progress, "How progress is shown")->check(CLI::IsMember({"auto", "plain", "kv", "none"}));
  command->add_option("--depfile", words->depfile, "Write a Makefile rule: the outputs depend on every file read")->type_name("FILE");
  command->add_flag("--times", words->times, "Print the seconds of each stage as key=value");
  command->footer("Examples:\n  sitmap render border.yaml\n  sitmap render border.yaml --size square -o square.png\n"
                  "  sitmap render war.yaml --from 2020-10-01 --to 2020-10-20 -o october.mp4\n  sitmap render war.yaml -o 'frames/{date}.png' --jobs 2");
  command->callback([words, &action, &cancel] {
    action = [words, &cancel] {
      job::RenderOptions options = words->options();
      options.only_these = !options.outputs.empty() && !words->only;
      ConsoleLog log(words->quiet);
      job::Report report;
      {
        ConsoleProgress progress(words->quiet ? ProgressMode::None : progress_mode(words->progress));
        report = job::render(words->map, options, log, progress, cancel);
      }
      log.finish();
      if (!words->quiet)
        for (const auto& item : report.published) {
          std::string what = fmt::format("{} × {}", item.width, item.height);
          if (item.frames > 1) what += fmt::format(", {} pictures", item.frames);
          if (item.bytes > 0) what += ", " + size_text(item.bytes);
          print(fmt::format("{} ({})\n", item.file, what));
        }
      if (words->times) {
        const job::Times& t = report.times;
        print(fmt::format("reading={:.4f}\ncomposing={:.4f}\nlabels={:.4f}\ndrawing={:.4f}\nencoding={:.4f}\ntotal={:.4f}\n", t.reading,
                          t.composing, t.labels, t.drawing, t.encoding, t.total));
      }
      return 0;
    };
  });
}

void add_check(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("check", "Read and check a map file and all its data; make nothing");
  const auto words = std::make_shared<RenderWords>();
  add_shared_options(*command, *words);
  command->footer("Example:\n  sitmap check border.yaml --strict");
  command->callback([words, &action] {
    action = [words] {
      ConsoleLog log(words->quiet);
      const job::Report report = job::check(words->map, words->options(), log);
      log.finish();
      if (!words->quiet)
        print(report.rows > 0 ? fmt::format("{}: in order; {} of {} events are used\n", words->map, report.events_used, report.rows)
                              : fmt::format("{}: in order\n", words->map));
      return 0;
    };
  });
}

void add_locate(CLI::App& app, Action& action) {
  struct Words {
    std::vector<std::string> names, countries;
    std::string on;
    std::vector<double> near_box;
    bool json = false, geojson = false;
  };
  CLI::App* command = app.add_subcommand("locate", "Find places in the gazetteer");
  const auto words = std::make_shared<Words>();
  command->add_option("NAME", words->names, "Names, in any language and script")->required();
  CLI::Option* json = command->add_flag("--json", words->json, "An array with one object for each name");
  command->add_flag("--geojson", words->geojson, "A FeatureCollection of what was matched")->excludes(json);
  command->add_option("--on", words->on, "The day whose names and borders count")->type_name("DATE");
  command->add_option("--country", words->countries, "Look there first (ISO 3166-1 alpha-2); may be repeated")->type_name("CODE");
  command->add_option("--bbox", words->near_box, "Look there first: west south east north")->expected(4)->type_name("DEG");
  command->footer("The exit code is 1 when a name is unknown or may be one of several.\n\nExamples:\n  sitmap locate Jermuk 'Lachin corridor' Gegharkunik\n"
                  "  sitmap locate --json Ստեփանակերտ Xankəndi\n  sitmap locate --on 2021-06-01 'Lachin corridor' --geojson");
  command->callback([words, &action] {
    action = [words] {
      gazetteer::Hints hints;
      hints.countries = words->countries;
      for (std::string& code : hints.countries)
        for (char& c : code) c = static_cast<char>(c >= 'a' && c <= 'z' ? c - 32 : c);
      if (const auto day = date_option("--on", words->on)) hints.on = day->last ? day->last : day->first;
      if (words->near_box.size() == 4) hints.area = geom::GeoBox{words->near_box[0], words->near_box[1], words->near_box[2], words->near_box[3]};
      const auto gazetteer = gazetteer::Gazetteer::open_embedded();
      std::vector<gazetteer::Match> matches;
      bool all = true;
      for (const std::string& name : words->names) {
        matches.push_back(gazetteer.locate(name, hints));
        all = all && matches.back().status == gazetteer::Status::Matched;
      }
      print(words->json ? gazetteer::to_json(matches) : words->geojson ? gazetteer::to_geojson(matches) : gazetteer::to_table(matches));
      return all ? 0 : 1;
    };
  });
}

void add_init(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("init", "Write a map file and an events table to begin with");
  const auto folder = std::make_shared<std::string>(".");
  command->add_option("FOLDER", *folder, "Where; made when it isn't there");
  command->footer("Example:\n  sitmap init my-map && sitmap render my-map/map.yaml");
  command->callback([folder, &action] { action = [folder] { return write_starter(*folder); }; });
}

void add_schema(CLI::App& app, Action& action) {
  CLI::App* command = app.add_subcommand("schema", "Print the map file's JSON Schema, for editors");
  command->footer("Example:\n  sitmap schema > map.schema.json");
  command->callback([&action] {
    action = [] {
      print(job::map_file_schema());
      return 0;
    };
  });
}

std::string version_text() {
  return fmt::format("sitmap {}\nGDAL {}\nPROJ {}\nCairo {}\nPango {}\nFFmpeg {}\n", kVersion, source::gdal_version(), projection::proj_version(),
                     draw::cairo_version(), text::pango_version(), encode::ffmpeg_version());
}

}  // namespace sitmap::cli
