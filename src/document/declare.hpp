#pragma once
// One declaration that both reads a document into a C++ struct and publishes its JSON Schema.
//
//   struct Area { std::vector<Located<std::string>> places; std::optional<std::array<double, 4>> bbox; Extent pad; };
//   struct MapFile { std::string title; Located<Size> size{kArticle}; double scale = 1; Area area; base::Location where; };
//
//   Record<Area> area() {
//     Record<Area> r("area", "What the map shows.");
//     r.optional("places", &Area::places, list_of(located(text()), {.min = 1}), "Names of places that must be in view.");
//     r.optional("bbox", &Area::bbox, array_of<4>(number()), "West, south, east, north in degrees.");
//     r.optional("pad", &Area::pad, extent(), "Space around it.", {.examples = {R"("15%")"}});
//     r.exactly_one({"places", "bbox"});
//     r.check([](const Area& a, const Node& node, base::Problems& p) { if (…) p.error(node.location(), "…"); });
//     return r;
//   }
//   Type<Size> size() {
//     return either<Size>({one_of<Size>("size", {{"article", kArticle}, {"4k", k4k, {"uhd"}}}),
//                          converted<Size>(array_of<2>(integer(16, 16384)), [](auto wh) { return Size{wh[0], wh[1]}; },
//                                          [](const Size& s) { return std::optional(std::array{s.width, s.height}); })});
//   }
//   Record<MapFile> map_file() {
//     Record<MapFile> r("map file");
//     r.required("title", &MapFile::title, text(), "What the map is called.");
//     r.optional("size", &MapFile::size, size(), "Size of the picture.");
//     r.optional("scale", &MapFile::scale, number({.min = 0.1, .max = 10}), "Device pixels per pixel.");
//     r.required("area", &MapFile::area, area().type(), "What the map shows.");
//     r.location(&MapFile::where);
//     return r;
//   }
//
//   base::Problems problems;
//   std::optional<MapFile> map = map_file().read(read_document("map.yaml"), problems);   // every problem collected
//   problems.throw_if_errors();
//   json_schema(map_file(), {.id = "https://…", .title = "sitmap map file"});            // text, stable
//
// Problems look like
//   border.yaml:14:3: unknown key 'colour' in 'furniture'      hint: did you mean 'color'?
//   border.yaml:3:8: expected a number from 0.1 to 10, found text 'big'
//   border.yaml:1:1: 'title' is missing in 'map file'          hint: What the map is called.
//
// A key that is there but empty (`legend:`) is an error of the type, not a missing key. Keys beginning with "x-" are
// free for notes and YAML anchors. Types: type.hpp; dates and other texts with grammars of their own: parsed<T>().

#include "document/read.hpp"    // IWYU pragma: export
#include "document/record.hpp"  // IWYU pragma: export
#include "document/type.hpp"    // IWYU pragma: export
