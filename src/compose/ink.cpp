#include "compose/ink.hpp"

#include <map>

namespace sitmap::compose {

text::Shaped Ink::shape(const std::string& text, double size, Weight weight, double max_width, text::Align align) const {
  static const std::map<Weight, const char*> kNames{
      {Weight::Regular, " Regular"}, {Weight::SemiBold, " SemiBold"}, {Weight::Bold, " Bold"}, {Weight::Italic, " Italic"}};
  text::TextStyle style;
  style.fonts = {input_.theme.font + kNames.at(weight)};
  style.size = size;
  style.max_width = max_width;
  style.align = align;
  style.line_height = 1.25;
  if (!input_.words.languages.empty()) style.language = input_.words.languages.front();
  return text::shape(*input_.fonts, text, style);
}

void Ink::put(const text::Shaped& shaped, geom::Point at, const scene::Color& color, text::Align align, double halo) {
  if (shaped.runs.empty()) return;
  scene::Text text;
  text.runs = shaped.runs;
  const double shift = align == text::Align::Right ? shaped.width : align == text::Align::Center ? shaped.width / 2 : 0;
  text.origin = {at.x - shift, at.y + shaped.ascent};
  text.color = color;
  if (halo > 0) {
    text.halo = input_.theme.paper.with_alpha(0.85F);
    text.halo_width = halo;
  }
  layer_.items.emplace_back(std::move(text));
}

void Ink::box(const geom::Box& box, const scene::Color& fill, const scene::Color* rule) {
  const geom::Geometry shape = geom::MultiPolygon{{{{{box.min_x, box.min_y},
                                                     {box.max_x, box.min_y},
                                                     {box.max_x, box.max_y},
                                                     {box.min_x, box.max_y},
                                                     {box.min_x, box.min_y}},
                                                    {}}}};
  const scene::SharedPath path = scene::make_path(shape);
  layer_.items.emplace_back(scene::Fill{path, fill, 1, scene::FillRule::EvenOdd, true});
  if (rule != nullptr)
    layer_.items.emplace_back(scene::Stroke{.path = path, .color = *rule, .width = 1, .dash = {}, .clip = nullptr});
}

void Ink::line(geom::Point a, geom::Point b, const scene::Color& color, double width) {
  layer_.items.emplace_back(scene::Stroke{
      .path = scene::make_path(geom::MultiLine{{{a, b}}}), .color = color, .width = width, .dash = {}, .clip = nullptr});
}

FurnitureWords furniture_words(const std::vector<std::string>& languages) {
  static const std::map<std::string, FurnitureWords, std::less<>> kWords{
      {"en", {"Sources", "As of {}", "according to {}", "reported", "Reported figures", "Borders: {} view"}},
      {"ru", {"Источники", "По состоянию на {}", "по данным: {}", "сообщается", "Сообщаемые данные", ""}},
      {"hy", {"Աղբյուրներ", "{}", "ըստ՝ {}", "հաղորդվում է", "Հաղորդված տվյալներ", ""}},
      {"az", {"Mənbələr", "{}", "mənbə: {}", "bildirilir", "Bildirilən rəqəmlər", ""}},
      {"tr", {"Kaynaklar", "{} itibarıyla", "kaynak: {}", "bildirilen", "Bildirilen sayılar", ""}},
      {"uk", {"Джерела", "Станом на {}", "за даними: {}", "повідомляють", "Повідомлені дані", ""}},
      {"fr", {"Sources", "Au {}", "selon : {}", "rapporté", "Chiffres rapportés", ""}},
      {"de", {"Quellen", "Stand: {}", "laut {}", "berichtet", "Berichtete Zahlen", ""}},
      {"es", {"Fuentes", "A {}", "según {}", "según informes", "Cifras comunicadas", ""}},
      {"ka", {"წყაროები", "{}", "წყარო: {}", "", "", ""}},
      {"ar", {"المصادر", "{}", "حسب {}", "", "", ""}},
      {"fa", {"منابع", "{}", "به گفتهٔ {}", "", "", ""}},
  };
  FurnitureWords words = kWords.at("en");
  for (const std::string& language : languages)
    if (const auto it = kWords.find(language); it != kWords.end()) {
      const FurnitureWords& own = it->second;
      const auto take = [](std::string& to, const std::string& from) {
        if (!from.empty()) to = from;
      };
      take(words.sources, own.sources);
      take(words.as_of, own.as_of);
      take(words.claimed_by, own.claimed_by);
      take(words.reported, own.reported);
      take(words.figures, own.figures);
      take(words.borders, own.borders);
      break;
    }
  return words;
}

std::string fill_in(const std::string& pattern, const std::string& value) {
  const auto at = pattern.find("{}");
  return at == std::string::npos ? pattern : std::string(pattern).replace(at, 2, value);
}

}  // namespace sitmap::compose
