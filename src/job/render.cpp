#include "job/render.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <mutex>

#include "base/file.hpp"
#include "base/text.hpp"
#include "base/workers.hpp"
#include "draw/draw.hpp"
#include "encode/film.hpp"
#include "encode/still.hpp"
#include "job/output.hpp"
#include "job/situation.hpp"

namespace sitmap::job {
namespace fs = std::filesystem;
namespace {

double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

struct Output {
  std::string name;             // as written
  fs::path path;
  OutputKind kind = OutputKind::Png;
  base::Location where{};       // in the map file
};

// Warnings reach the log once; under --strict the first run of them ends the job.
void settle(const base::Problems& problems, bool strict, base::Log& log) {
  if (strict && !problems.empty()) {
    std::vector<base::Problem> errors = problems.all();
    for (base::Problem& problem : errors) problem.severity = base::Severity::Error;
    throw base::InputError(std::move(errors));
  }
  problems.throw_if_errors();
  for (const base::Problem& problem : problems.all()) log.problem(problem);
}

// What composing finds wrong without a place in a file is the projection's or the area's.
compose::Composition compose_map(compose::Input input, const MapFile& map, base::Problems& problems) {
  try {
    return compose::Composition(std::move(input), problems);
  } catch (const base::InputError& error) {
    std::vector<base::Problem> located = error.problems();
    for (base::Problem& problem : located)
      if (problem.where.file.empty())
        problem.where = !map.projection.where.file.empty() ? map.projection.where : !map.area.where.file.empty() ? map.area.where : map.where;
    throw base::InputError(std::move(located));
  }
}

void check_names(const std::vector<Output>& outputs) {
  for (std::size_t i = 0; i < outputs.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (outputs[i].path.lexically_normal() == outputs[j].path.lexically_normal())
        throw base::InputError(outputs[i].where, fmt::format("the output '{}' is asked for twice", outputs[i].name), "give each output its own name");
}

std::vector<Output> plan_outputs(const MapFile& map, const RenderOptions& options) {
  std::vector<Output> outputs;
  if (!options.only_these)
    for (const auto& written : map.outputs)
      outputs.push_back({written.value, document::beside(written.where, written.value), output_kind(written.value), written.where});
  for (const std::string& name : options.outputs) {
    if (std::string problem = output_problem(name); !problem.empty()) throw base::UsageError(problem, output_hint());
    outputs.push_back({name, name, output_kind(name)});
  }
  if (outputs.empty()) {
    const std::string name = map.file.stem().string() + ".png";
    outputs.push_back({name, map.file.parent_path() / name, OutputKind::Png});
  }
  check_names(outputs);
  return outputs;
}

struct Run {
  const RenderOptions& options;
  base::Log& log;
  base::Progress& progress;
  const base::CancelToken& cancel;
  Situation situation;
  Size size;
  double scale = 1;
  int jobs = 1;
  Report report{};

  compose::Input input(bool sequence) const;
  time::Schedule still_schedule() const;
  void stills(const std::vector<Output>& outputs);
  void sequence(const std::vector<Output>& outputs);
  void published(const Output& output, const fs::path& file, int width, int height, std::size_t frames);
  void note_times(const compose::StageTimes& times) {
    report.times.reading += times.reading;
    report.times.composing += times.composing;
    report.times.labels += times.labels;
  }
};

// A still shows the whole time range as of its last day, or with --date one day and what went before it.
time::Schedule Run::still_schedule() const {
  time::Schedule schedule;
  if (options.date) {
    const auto day = options.date->last ? options.date->last : options.date->first;
    if (day) schedule.states = {{*day, *day}};
  } else if (situation.first) {
    schedule.states = {{*situation.first, *situation.last}};
  }
  return schedule;
}

compose::Input Run::input(bool sequence) const {
  const MapFile& map = situation.map;
  compose::Input in;
  in.style = &situation.style;
  in.catalogue = situation.catalogue.get();
  in.fonts = situation.fonts.get();
  in.layers = situation.layers;
  in.layer_files = situation.layer_files;
  in.events = situation.events;
  in.territories = situation.territories;
  in.actors = situation.actors;
  in.sequence = sequence;
  if (!sequence) {
    in.schedule = still_schedule();
  } else {
    try {
      in.schedule = time::make_schedule(*situation.first, *situation.last, map.time.step,
                                        {.fps = map.time.fps, .hold_seconds = map.time.hold, .tween_frames = map.time.tween});
    } catch (const std::length_error&) {
      throw base::InputError(map.where, fmt::format("more than {} steps from {} to {}", time::kMaxStates, time::to_iso(*situation.first), time::to_iso(*situation.last)),
                             "choose a longer 'step' or a shorter time");
    }
  }
  in.area = situation.area;
  in.projection = map.projection.value;
  in.page = {size.width, size.height};
  in.scale = scale;
  in.furniture = map.furniture;
  in.words = {map.title, map.subtitle, map.note, map.alt_text, map.languages, map.worldview};
  for (const LabelSpec& label : map.labels)
    if (label.offset && !label.text.empty()) in.pinned_labels[label.text] = {(*label.offset)[0], (*label.offset)[1]};
  return in;
}

void Run::published(const Output& output, const fs::path& file, int width, int height, std::size_t frames) {
  std::error_code error;
  const std::uintmax_t bytes = frames > 1 && output.kind == OutputKind::Frames ? 0 : fs::file_size(file, error);
  report.published.push_back({output.path.string(), width, height, error ? 0 : bytes, frames});
}

void Run::stills(const std::vector<Output>& outputs) {
  base::Problems problems;
  const compose::Composition composition = compose_map(input(false), situation.map, problems);
  note_times(composition.times());
  settle(problems, options.strict, log);
  cancel.check();
  const scene::Scene scene = composition.scene(0);
  const auto day = still_schedule().states.empty() ? std::string() : time::to_iso(still_schedule().states.back().last);

  std::optional<encode::Picture> picture;
  progress.begin("drawing", static_cast<std::int64_t>(outputs.size()));
  std::int64_t done = 0;
  for (const Output& output : outputs) {
    cancel.check();
    base::AtomicFile file(output.path);
    std::string bytes;
    double start = now();
    const bool pixels = output.kind == OutputKind::Png || output.kind == OutputKind::Tiff;
    if (pixels && !picture) {
      draw::Painter painter(*situation.fonts, scale);
      painter.set_jobs(jobs);
      picture = painter.draw(scene);
      report.times.drawing += now() - start;
      start = now();
    }
    if (pixels) {
      encode::StillOptions still;
      still.pixels_per_inch = 96 * scale;
      still.title = scene.title;
      still.description = scene.description;
      bytes = output.kind == OutputKind::Png ? encode::encode_png(*picture, still) : encode::encode_tiff(*picture, still);
      report.times.encoding += now() - start;
    } else {
      bytes = output.kind == OutputKind::Svg ? draw::to_svg(scene, *situation.fonts) : draw::to_pdf({scene}, *situation.fonts, day);
      report.times.drawing += now() - start;
    }
    start = now();
    file.write(bytes);
    file.publish();
    report.times.encoding += now() - start;
    published(output, output.path, static_cast<int>(size.width * scale), static_cast<int>(size.height * scale), 1);
    progress.advance(++done);
  }
  progress.end();
}

// One picture series for all films and frame patterns: each frame is drawn once, and taken in order.
void Run::sequence(const std::vector<Output>& outputs) {
  if (!situation.first)
    throw base::InputError(situation.map.where, fmt::format("'{}' needs dates", outputs.front().name),
                           "add 'time: { from: …, to: … }' or dated events");
  const bool films = std::any_of(outputs.begin(), outputs.end(), [](const Output& o) { return o.kind == OutputKind::Film; });
  if (films) encode::warm_up_films();
  base::Problems problems;
  compose::Input in = input(true);
  if (!films) {  // tween pictures are only for films
    in.schedule = time::make_schedule(*situation.first, *situation.last, situation.map.time.step, {.fps = situation.map.time.fps, .hold_seconds = situation.map.time.hold, .tween_frames = 0});
  }
  const time::Schedule schedule = in.schedule;
  const compose::Composition composition = compose_map(std::move(in), situation.map, problems);
  note_times(composition.times());
  settle(problems, options.strict, log);

  const int width = static_cast<int>(std::lround(size.width * scale)), height = static_cast<int>(std::lround(size.height * scale));
  struct Film {
    base::AtomicFile file;
    std::unique_ptr<encode::FilmWriter> writer;
    const Output* output;
  };
  std::vector<Film> writers;
  std::vector<const Output*> series;
  for (const Output& output : outputs) {
    if (output.kind != OutputKind::Film) {
      series.push_back(&output);
      continue;
    }
    base::AtomicFile file(output.path);
    encode::FilmOptions film;
    film.width = width;
    film.height = height;
    film.fps = schedule.fps;
    film.title = situation.map.title;
    auto writer = encode::open_film(*encode::film_format_of(output.path), file.temporary(), film);
    writers.push_back({std::move(file), std::move(writer), &output});
  }

  // The last held frame of each state is its picture.
  std::vector<bool> is_picture(schedule.frames.size(), false);
  std::vector<std::size_t> last_of(schedule.states.size(), schedule.frames.size());
  for (std::size_t i = 0; i < schedule.frames.size(); ++i)
    if (schedule.frames[i].held) last_of[schedule.frames[i].state] = i;
  for (const std::size_t i : last_of)
    if (i < is_picture.size()) is_picture[i] = true;

  draw::Painter painter(*situation.fonts, scale);
  struct Made {
    encode::Picture picture;
    std::vector<std::pair<fs::path, std::string>> files;
  };
  std::vector<Made> made(schedule.frames.size());
  std::mutex times_mutex;
  progress.begin("drawing", static_cast<std::int64_t>(schedule.frames.size()));
  base::ordered_parallel(
      schedule.frames.size(), jobs,
      [&](std::size_t i, int) {
        const double start = now();
        const scene::Scene scene = composition.scene(i);
        made[i].picture = painter.draw(scene);
        const double drawn = now();
        if (is_picture[i])
          for (const Output* output : series) {
            const std::size_t state = schedule.frames[i].state;
            const std::string name = frame_name(output->path.string(), schedule.states[state].last, state);
            std::string bytes;
            encode::StillOptions still;
            still.pixels_per_inch = 96 * scale;
            still.title = scene.title;
            still.description = scene.description;
            const std::string ending = base::ascii_lower(output->path.extension().string());
            if (ending == ".svg")
              bytes = draw::to_svg(scene, *situation.fonts);
            else if (ending == ".pdf")
              bytes = draw::to_pdf({scene}, *situation.fonts, time::to_iso(schedule.states[state].last));
            else
              bytes = ending == ".png" ? encode::encode_png(made[i].picture, still) : encode::encode_tiff(made[i].picture, still);
            made[i].files.emplace_back(name, std::move(bytes));
          }
        const double end = now();
        const std::lock_guard lock(times_mutex);
        report.times.drawing += drawn - start;
        report.times.encoding += end - drawn;
      },
      [&](std::size_t i) {
        const double start = now();
        for (auto& [name, bytes] : made[i].files) base::write_file(name, bytes);
        for (Film& film : writers) film.writer->add(made[i].picture, schedule.frames[i].ticks);
        made[i] = {};
        progress.advance(static_cast<std::int64_t>(i) + 1);
        const std::lock_guard lock(times_mutex);
        report.times.encoding += now() - start;
      },
      &cancel);
  progress.end();
  progress.begin("encoding", static_cast<std::int64_t>(writers.size()));
  std::int64_t done = 0;
  const double start = now();
  for (Film& film : writers) {
    cancel.check();
    film.writer->finish();
    film.file.publish();
    published(*film.output, film.output->path, width, height, schedule.frames.size());
    progress.advance(++done);
  }
  report.times.encoding += now() - start;
  progress.end();
  for (const Output* output : series) published(*output, output->path, width, height, schedule.states.size());
}

std::string make_escape(const std::string& path) {
  std::string out;
  for (const char c : path) {
    if (c == ' ' || c == '#' || c == '\\') out += '\\';
    if (c == '$') out += '$';
    out += c;
  }
  return out;
}

void write_depfile(const fs::path& file, const std::vector<Output>& outputs, const std::vector<fs::path>& inputs) {
  std::string text;
  const auto plain = [](const fs::path& path) { return make_escape(path.lexically_normal().string()); };
  for (const Output& output : outputs) text += (text.empty() ? "" : " ") + plain(output.path);
  text += ":";
  for (const fs::path& input : inputs) text += " \\\n  " + plain(input);
  base::write_file(file, text + "\n");
}

Run prepare(const fs::path& map_file, const RenderOptions& options, base::Log& log, base::Progress& progress,
            const base::CancelToken& cancel) {
  progress.begin("reading", 0);
  const double start = now();
  base::Problems problems;
  Run run{options, log, progress, cancel, read_situation(map_file, {options.from, options.to}, problems), {}};
  run.size = options.size.value_or(run.situation.map.size);
  run.scale = run.size.scale * options.scale.value_or(run.situation.map.scale);
  run.jobs = options.jobs > 0 ? options.jobs : base::default_jobs();
  run.report.rows = run.situation.events.rows;
  run.report.events_used = run.situation.events.events.size();
  run.report.times.reading = now() - start;
  settle(problems, options.strict, log);
  const double pixels = run.size.width * run.scale * run.size.height * run.scale;
  if (run.size.width * run.scale > 32767 || run.size.height * run.scale > 32767 || pixels > 4e8)
    throw base::InputError(run.situation.map.where, fmt::format("the picture would have {:.0f} × {:.0f} pixels", run.size.width * run.scale, run.size.height * run.scale),
                           "choose a smaller 'size' or 'scale': at most 32767 pixels a side");
  progress.end();
  return run;
}

}  // namespace

Report render(const fs::path& map_file, const RenderOptions& options, base::Log& log, base::Progress& progress,
              const base::CancelToken& cancel) {
  const double start = now();
  Run run = prepare(map_file, options, log, progress, cancel);
  const std::vector<Output> outputs = plan_outputs(run.situation.map, options);
  std::vector<Output> stills, sequences;
  for (const Output& output : outputs)
    (output.kind == OutputKind::Film || output.kind == OutputKind::Frames ? sequences : stills).push_back(output);
  if (!stills.empty()) run.stills(stills);
  if (!sequences.empty()) run.sequence(sequences);
  if (options.depfile) write_depfile(*options.depfile, outputs, run.situation.files);
  run.report.times.total = now() - start;
  return run.report;
}

Report check(const fs::path& map_file, const RenderOptions& options, base::Log& log) {
  base::SilentProgress progress;
  const base::CancelToken cancel;
  Run run = prepare(map_file, options, log, progress, cancel);
  base::Problems problems;
  const compose::Composition composition = compose_map(run.input(false), run.situation.map, problems);
  settle(problems, options.strict, log);
  return run.report;
}

}  // namespace sitmap::job
