#include "job/map_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/file.hpp"
#include "base/text.hpp"
#include "document/read.hpp"
#include "job/output.hpp"

namespace sitmap::job {

using namespace document;

const std::vector<std::pair<std::string, Size>>& named_sizes() {
  static const std::vector<std::pair<std::string, Size>> kSizes{{"article", {1200, 800, 1}},
                                                                {"square", {720, 720, 1.5}},
                                                                {"story", {720, 1280, 1.5}},
                                                                {"video", {1280, 720, 1.5}},
                                                                {"4k", {1280, 720, 3}}};
  return kSizes;
}

std::optional<Size> parse_size(std::string_view text) {
  const std::string lower = base::ascii_lower(text);
  for (const auto& [name, size] : named_sizes())
    if (name == lower) return size;
  const auto x = lower.find('x');
  if (x == std::string::npos) return std::nullopt;
  const auto width = base::parse_integer(lower.substr(0, x)), height = base::parse_integer(lower.substr(x + 1));
  if (!width || !height || *width < 16 || *height < 16 || *width > 16384 || *height > 16384) return std::nullopt;
  return Size{static_cast<double>(*width), static_cast<double>(*height), 1};
}

namespace {

Type<Size> size_type() {
  std::vector<Choice<Size>> names;
  for (const auto& [name, size] : named_sizes()) names.push_back({name, size});
  return either<Size>({one_of<Size>("size", names),
                       converted<Size>(array_of<2>(integer(16, 16384)), [](const std::array<int, 2>& wh) {
                         return Size{static_cast<double>(wh[0]), static_cast<double>(wh[1]), 1};
                       })});
}

Type<time::Interval> date_type() {
  return parsed<time::Interval>(
      "a date such as 2022-09-13, 2022-09 or 2022", Scalars::TextOrNumber, {},
      [](std::string_view written) -> Parsed<time::Interval> {
        auto parsed_date = time::parse_edtf(written);
        if (parsed_date.interval) return {parsed_date.interval};
        const auto advice = parsed_date.reason.find("; ");  // "'today' is not a date; write …"
        if (advice == std::string::npos) return {{}, parsed_date.reason, "write the day as YYYY-MM-DD"};
        return {{}, parsed_date.reason.substr(0, advice), parsed_date.reason.substr(advice + 2)};
      });
}

Type<time::Step> step_type() {
  return parsed<time::Step>(
      "a step such as '1 day', '1 week' or '1 month'", Scalars::Text, {},
      [](std::string_view written) -> Parsed<time::Step> {
        if (const auto step = time::parse_step(written)) return {step};
        return {{}, fmt::format("'{}' is no step of time", written), "write '1 day', '7 days', '1 month' or '1 year'"};
      },
      [](const time::Step& step) { return time::to_text(step); });
}

Type<int> frames_type() {
  return either<int>({integer(0, 1000), parsed<int>("a number of frames such as '12 frames'", Scalars::Text, R"("pattern": "^[0-9]{1,3} frames?$")",
                                                    [](std::string_view written) -> Parsed<int> {
                                                      const auto end = written.find(" frame");
                                                      const auto count = base::parse_integer(written.substr(0, end));
                                                      if (end != std::string_view::npos && count && *count >= 0 && *count <= 999 &&
                                                          (written.substr(end) == " frame" || written.substr(end) == " frames"))
                                                        return {static_cast<int>(*count)};
                                                      return {{}, fmt::format("'{}' is no number of frames", written), "write '12 frames'"};
                                                    })});
}

Type<std::string> output_type() {
  return parsed<std::string>("a file to make such as 'map.png'", Scalars::Text, {}, [](std::string_view written) -> Parsed<std::string> {
    if (std::string problem = output_problem(written); !problem.empty()) return {{}, std::move(problem), output_hint()};
    return {std::string(written)};
  });
}

Type<compose::Switch> switch_type() {
  return either<compose::Switch>(
      {one_of<compose::Switch>("setting", {{"auto", compose::Switch::Auto}, {"on", compose::Switch::On}, {"off", compose::Switch::Off, {"none"}}}),
       converted<compose::Switch>(boolean(), [](bool on) { return on ? compose::Switch::On : compose::Switch::Off; })});
}

Record<AreaSpec> area_record() {
  Record<AreaSpec> r("area", "The part of the earth that the map shows: places, a box, or a centre with scale or zoom.");
  r.optional("places", &AreaSpec::places, one_or_more(located(text())), "Places that must be in view, as the gazetteer knows them.",
             {.examples = {R"(["Jermuk", "Gegharkunik", "Lachin corridor"])"}});
  r.optional("bbox", &AreaSpec::bbox, array_of<4>(number({.min = -360, .max = 360})), "West, south, east, north in degrees; west > east crosses the date line.",
             {.examples = {"[44.5, 38.8, 47.5, 41.2]"}});
  r.optional("center", &AreaSpec::center, array_of<2>(number({.min = -360, .max = 360})), "Longitude, latitude in degrees; with 'scale' or 'zoom'.");
  r.optional("scale", &AreaSpec::scale, number({.min = 100, .max = 5e8}), "1:N at 96 pixels to an inch.", {.examples = {"2000000"}});
  r.optional("zoom", &AreaSpec::zoom, number({.min = 0, .max = 24}), "Zoom as in MapLibre: a 512-pixel world at 0.");
  r.optional("projected", &AreaSpec::projected, array_of<4>(number()), "Least x, least y, greatest x, greatest y in metres of 'projection'.");
  r.optional("pad", &AreaSpec::pad, extent(), "Space around the places or the box.", {.examples = {R"("15%")", "40"}});
  r.optional("bearing", &AreaSpec::bearing, number({.min = -360, .max = 360}), "Degrees clockwise that point up; with 'zoom'.");
  r.location(&AreaSpec::where);
  r.at_most_one({"places", "bbox", "center", "projected"});
  r.at_most_one({"scale", "zoom"});
  r.check([](const AreaSpec& area, const Node& node, base::Problems& problems) {
    if (area.center && !area.scale && !area.zoom)
      problems.error(node.location(), "'center' needs 'scale' or 'zoom'", "add for example 'scale: 2000000'");
    if (!area.center && (area.scale || area.zoom))
      problems.error(node.location(), "'scale' and 'zoom' need 'center'", "add 'center: [longitude, latitude]'");
    const auto latitude_out = [](double lat) { return lat < -90 || lat > 90; };
    if ((area.bbox && (latitude_out((*area.bbox)[1]) || latitude_out((*area.bbox)[3]))) || (area.center && latitude_out((*area.center)[1])))
      problems.error(node.location(), "a latitude is outside ±90", "the order is longitude, latitude");
    if (area.bbox && (*area.bbox)[1] >= (*area.bbox)[3])
      problems.error(node.location(), "the box's south is not below its north", "the order is west, south, east, north");
  });
  return r;
}

Type<LayerSpec> layer_type() {
  Record<LayerSpec> r("layer", "Vector data of your own, for the style's source layers.");
  r.required("file", &LayerSpec::file, text(), "A file that GDAL reads, beside the map file.");
  r.optional("layer", &LayerSpec::layer, text(), "The layer in a file that has several.");
  r.optional("where", &LayerSpec::where_clause, text(), "An OGR SQL condition.");
  r.location(&LayerSpec::where);
  auto from_text = converted<LayerSpec>(located(text()), [](const Located<std::string>& file) { return LayerSpec{file.value, {}, {}, file.where}; });
  return either<LayerSpec>({from_text, r.type()});
}

Record<DataSpec> data_record() {
  Record<DataSpec> r("data", "What is shown on the base map. 'geodata:NAME' names an embedded data set.");
  r.optional("events", &DataSpec::events, one_or_more(located(text())), "Tables of dated events: CSV, GeoJSON, GeoPackage, …",
             {.examples = {R"("events.csv")"}});
  r.optional("control", &DataSpec::control, one_or_more(located(text())), "Areas with actor, status, from and to; dated lines.",
             {.examples = {R"("geodata:conflict/control.geojson")"}});
  r.optional("actors", &DataSpec::actors, text(), "Names and colours of the actors (JSON).");
  r.optional("layers", &DataSpec::layers, map_of(layer_type()), "More layers by name.");
  r.optional("columns", &DataSpec::columns, map_of(text()), "Columns of the events tables under other names: {start: begun}.");
  r.optional("pins", &DataSpec::pins, map_of(text()), "Places by gazetteer id: {Lachin: \"sitmap:lachin-town\"}.");
  r.optional("countries", &DataSpec::countries, one_or_more(text()), "ISO 3166-1 alpha-2 codes where names are looked for first.");
  return r;
}

Record<LabelSpec> label_record() {
  Record<LabelSpec> r("label", "A place that is named in any case.");
  r.required("place", &LabelSpec::place, text(), "As the gazetteer knows it.");
  r.optional("text", &LabelSpec::text, text(), "What stands on the map; the place's name when left out.");
  r.optional("kind", &LabelSpec::kind, text(), "For the style: town, capital, region, …");
  r.optional("rank", &LabelSpec::rank, integer(1, 8), "1 most important … 8.");
  r.optional("offset", &LabelSpec::offset, array_of<2>(number({.min = -2000, .max = 2000})), "Pixels right and down from the place: pins the label.");
  return r;
}

Record<TimeSpec> time_record() {
  Record<TimeSpec> r("time", "The days that are shown.");
  r.optional("from", &TimeSpec::from, date_type(), "The first day; the first event's when left out.");
  r.optional("to", &TimeSpec::to, date_type(), "The last day, included.");
  r.optional("step", &TimeSpec::step, step_type(), "The time between two pictures.");
  r.optional("hold", &TimeSpec::hold, duration(), "How long a film shows each step.", {.examples = {R"("1 s")"}, .show_default = false});
  r.optional("tween", &TimeSpec::tween, frames_type(), "Film pictures between two steps.");
  r.optional("fps", &TimeSpec::fps, number({.min = 1, .max = 120}), "Film pictures a second.");
  r.check([](const TimeSpec& spec, const Node& node, base::Problems& problems) {
    if (spec.from && spec.to && spec.from->value.first && spec.to->value.last && *spec.to->value.last < *spec.from->value.first)
      problems.error(spec.to->where, "'to' is before 'from'", "exchange the two days");
    if (spec.hold <= 0 || spec.hold > 3600) problems.error(node.location(), "'hold' must be more than 0 s and at most 1 hour");
  });
  return r;
}

Record<compose::Furniture> furniture_record() {
  using compose::Furniture;
  Record<Furniture> r("furniture", "What stands on the map beside its data.");
  r.optional("legend", &Furniture::legend, switch_type(), "The classes that are visible.");
  r.optional("legend_title", &Furniture::legend_title, text(), "Above the legend.");
  r.optional("claims", &Furniture::claims, switch_type(), "What the parties say: the figures with who gave them.");
  r.optional("scale_bar", &Furniture::scale_bar, switch_type(), "A bar of a round length, true at the map's centre.");
  r.optional("locator", &Furniture::locator, switch_type(), "An inset that shows where in the world this is.");
  r.optional("north_arrow", &Furniture::north_arrow, switch_type(), "Where north isn't up.");
  r.optional("timeline", &Furniture::timeline, switch_type(), "Under films.");
  r.optional("date", &Furniture::date, switch_type(), "The day shown.");
  r.optional("source_line", &Furniture::source_line, switch_type(), "Every data provider used.");
  r.optional("source", &Furniture::source_text, text(), "Your own sources, before the data providers.");
  return r;
}

}  // namespace

Record<MapFile> map_file_record() {
  Record<MapFile> r("map file", "A situation map: a still, or a picture for each date.");
  r.required("title", &MapFile::title, text(), "What the map is called.");
  r.optional("subtitle", &MapFile::subtitle, text(), "Under the title.");
  r.optional("note", &MapFile::note, text(), "At the end of the source line.");
  r.optional("alt_text", &MapFile::alt_text, text(), "Read to those who can't see the map; written from the data when left out.");
  r.optional("area", &MapFile::area, area_record().type(), "The part of the earth that the map shows; around all events when left out.");
  r.optional("projection", &MapFile::projection, text(), "'auto', an EPSG code or a PROJ string.", {.examples = {R"("auto")", R"("EPSG:32638")"}});
  r.optional("size", &MapFile::size, size_type(), "The page: a name, or width and height in pixels.", {.examples = {R"("article")", "[1600, 900]"}});
  r.optional("scale", &MapFile::scale, number({.min = 0.1, .max = 8}), "Pixels drawn for each pixel of the page.");
  r.optional("style", &MapFile::style, text(), "A style's name, or the path of a MapLibre style.");
  r.optional("language", &MapFile::languages, one_or_more(text()), "BCP 47 codes, first choice first.");
  r.optional("worldview", &MapFile::worldview, one_of<std::string>("worldview", {{"international", "international"}}), "Whose borders are drawn; recorded on the map.");
  r.optional("data", &MapFile::data, data_record().type(), "What is shown on the base map.");
  r.optional("labels", &MapFile::labels, list_of(either<LabelSpec>({converted<LabelSpec>(located(text()), [](const Located<std::string>& place) { return LabelSpec{place, {}, {}, 3, {}}; }), label_record().type()})), "Places that are named in any case.");
  r.optional("time", &MapFile::time, time_record().type(), "The days that are shown.");
  r.optional("furniture", &MapFile::furniture, furniture_record().type(), "Legend, scale bar, locator and so on.");
  r.optional("fonts", &MapFile::fonts, one_or_more(located(text())), "Folders with further fonts, beside the map file.");
  r.optional("outputs", &MapFile::outputs, one_or_more(located(output_type())), "Files to make; their endings say what they are.", {.examples = {R"(["border.png", "border.mp4", "frames/{date}.png"])"}});
  r.location(&MapFile::where);
  return r;
}

std::string map_file_schema() {
  return json_schema(map_file_record(), {.id = "https://sitmap.invalid/schema/map.json", .title = "sitmap map file", .description = "A situation map."});
}

MapFile read_map_file(const std::filesystem::path& file) {
  const std::string ending = base::ascii_lower(file.extension().string());
  if (std::error_code error; std::filesystem::is_directory(file, error)) {
    const bool inside = std::filesystem::is_regular_file(file / "map.yaml", error);
    throw base::InputError(fmt::format("'{}' is a folder", file.string()),
                           inside ? fmt::format("name the map file in it: '{}'", (file / "map.yaml").lexically_normal().string())
                                  : "name a map file (.yaml, .yml or .json); 'sitmap init' writes one to begin with");
  }
  if (ending != ".yaml" && ending != ".yml" && ending != ".json" && std::filesystem::exists(file))
    throw base::InputError(fmt::format("'{}' is no map file", file.string()), "a map file ends in .yaml, .yml or .json; 'sitmap init' writes one to begin with");
  const Node root = ending == ".json" ? parse_json(base::read_file(file), file.string()) : parse_yaml(base::read_file(file), file.string());
  if (root.is_null()) throw base::InputError(root.location(), "the map file is empty", "'sitmap init' writes one to begin with");
  base::Problems problems;
  auto map = map_file_record().read(root, problems);
  problems.throw_if_errors();
  map->file = file;
  return *std::move(map);
}

}  // namespace sitmap::job
