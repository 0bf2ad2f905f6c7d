#include "text/fonts.hpp"

#include <fmt/format.h>
#include <fontconfig/fontconfig.h>
#include <hb-ot.h>
#include <hb.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <tuple>
#include <utility>

#include "base/problem.hpp"
#include "base/text.hpp"
#include "text/face.hpp"

namespace sitmap::text {
namespace fs = std::filesystem;
namespace {

std::string name_of(hb_face_t* face, hb_ot_name_id_t id) {
  std::array<char, 256> buffer{};
  unsigned size = buffer.size();
  hb_ot_name_get_utf8(face, id, hb_language_from_string("en", -1), &size, buffer.data());
  return std::string(buffer.data(), std::min<std::size_t>(size, buffer.size() - 1));
}

bool is_font_file(const fs::path& path) {
  const std::string ending = base::ascii_lower(path.extension().string());
  return ending == ".ttf" || ending == ".otf" || ending == ".ttc";
}

// Null for a file that is no font.
std::unique_ptr<Face> open_face(const fs::path& path) {
  hb_blob_t* const blob = hb_blob_create_from_file_or_fail(path.c_str());
  if (blob == nullptr) return nullptr;
  hb_face_t* const hb_face = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  auto face = std::make_unique<Face>();
  face->hb_face = hb_face;
  if (hb_face_get_glyph_count(hb_face) == 0) return nullptr;
  hb_face_make_immutable(hb_face);
  face->path = path;
  face->file = path.filename().string();
  face->family = name_of(hb_face, HB_OT_NAME_ID_TYPOGRAPHIC_FAMILY);
  if (face->family.empty()) face->family = name_of(hb_face, HB_OT_NAME_ID_FONT_FAMILY);
  if (face->family.empty()) return nullptr;
  face->hb_font = hb_font_create(hb_face);
  hb_font_set_scale(face->hb_font, Face::kUnitsPerEm, Face::kUnitsPerEm);
  hb_font_make_immutable(face->hb_font);
  face->weight = static_cast<int>(std::lround(hb_style_get_value(face->hb_font, HB_STYLE_TAG_WEIGHT)));
  face->italic = hb_style_get_value(face->hb_font, HB_STYLE_TAG_ITALIC) > 0 ||
                 hb_style_get_value(face->hb_font, HB_STYLE_TAG_SLANT_ANGLE) != 0;
  hb_font_extents_t extents{};
  hb_font_get_h_extents(face->hb_font, &extents);
  face->ascent = extents.ascender / static_cast<double>(Face::kUnitsPerEm);
  face->descent = -extents.descender / static_cast<double>(Face::kUnitsPerEm);
  return face;
}

// How far a face stands from what was asked; ties go to the heavier for bold, to the lighter otherwise (CSS Fonts 4,
// section 5.2, simplified).
auto distance(const Face& face, const FontName& like) {
  const int difference = face.weight - like.weight;
  const bool wrong_side = like.weight >= 500 ? difference < 0 : difference > 0;
  return std::tuple(face.italic != like.italic, std::abs(difference), wrong_side);
}

}  // namespace

Face::~Face() {
  if (hb_font != nullptr) hb_font_destroy(hb_font);
  if (hb_face != nullptr) hb_face_destroy(hb_face);
  if (fontconfig_ != nullptr) FcConfigDestroy(fontconfig_);
}

bool Face::has(char32_t code_point) const {
  hb_codepoint_t glyph = 0;
  return hb_font_get_nominal_glyph(hb_font, code_point, &glyph) != 0;
}

FcConfig* Face::fontconfig() const {
  std::call_once(fontconfig_once_, [this] {
    FcConfig* const config = FcConfigCreate();
    if (config == nullptr || !FcConfigAppFontAddFile(config, reinterpret_cast<const FcChar8*>(path.c_str()))) {
      if (config != nullptr) FcConfigDestroy(config);
      throw base::IoError(fmt::format("cannot read the font '{}'", path.string()), "replace the file by a sound one");
    }
    fontconfig_ = config;
  });
  return fontconfig_;
}

FontSet::FontSet(std::vector<fs::path> folders) : impl_(std::make_shared<Impl>()) {
  for (const fs::path& folder : folders) {
    std::error_code error;
    if (!fs::is_directory(folder, error))
      throw base::IoError(fmt::format("the font folder '{}' is not there", folder.string()),
                          "name a folder that holds .ttf or .otf files");
  }
  static std::atomic<std::uint64_t> serials = 0;
  impl_->serial = ++serials;
  impl_->folders = std::move(folders);
}

FontSet::~FontSet() = default;

const std::vector<std::unique_ptr<Face>>& FontSet::Impl::faces() const {
  std::call_once(faces_once_, [this] {
    std::vector<std::unique_ptr<Face>> found;
    for (const fs::path& folder : folders) {
      std::vector<fs::path> files;
      std::error_code error;
      for (const fs::directory_entry& entry : fs::directory_iterator(folder, error))
        if (is_font_file(entry.path())) files.push_back(entry.path());
      std::ranges::sort(files);
      for (const fs::path& file : files) {
        const auto same_name = [&](const auto& face) { return face->file == file.filename().string(); };
        if (std::ranges::any_of(found, same_name)) continue;  // the earlier folder wins
        if (auto face = open_face(file)) found.push_back(std::move(face));
      }
    }
    if (found.empty()) {
      std::vector<std::string> names;
      for (const fs::path& folder : folders) names.push_back("'" + folder.string() + "'");
      throw base::IoError(fmt::format("no font was found in {}", names.empty() ? "no folder" : base::join(names, ", ")),
                          "put .ttf or .otf files there");
    }
    std::ranges::sort(found, {}, [](const auto& face) {
      return std::tuple(face->family, face->weight, face->italic, face->file);
    });
    faces_ = std::move(found);
  });
  return faces_;
}

const Face* FontSet::Impl::find(const FontName& name) const {
  const Face* best = nullptr;
  for (const auto& face : faces())
    if (face->family == name.family && (best == nullptr || distance(*face, name) < distance(*best, name)))
      best = face.get();
  return best;
}

// First "<family> <script>", then the families whose name begins like the family asked for, then the rest; by name.
const Face* FontSet::Impl::fallback(char32_t code_point, const char32_t* marks, std::size_t mark_count,
                                    const FontName& like) const {
  UErrorCode status = U_ZERO_ERROR;
  const UScriptCode script = uscript_getScript(static_cast<UChar32>(code_point), &status);
  const char* const script_name = U_SUCCESS(status) ? uscript_getName(script) : nullptr;
  const std::string direct = script_name != nullptr ? like.family + " " + script_name : std::string();
  const auto pass_of = [&](const Face& face) {
    return face.family == direct ? 0 : face.family.starts_with(like.family) ? 1 : 2;
  };
  const Face* best = nullptr;
  std::size_t best_marks = 0;
  for (int pass = 0; pass < 3 && (best == nullptr || best_marks < mark_count); ++pass)
    for (const auto& face : faces()) {
      if (pass_of(*face) != pass || !face->has(code_point)) continue;
      std::size_t had = 0;
      for (std::size_t i = 0; i < mark_count; ++i) had += face->has(marks[i]) ? 1 : 0;
      const bool nearer = best != nullptr && had == best_marks && face->family == best->family &&
                          distance(*face, like) < distance(*best, like);
      if (best == nullptr || had > best_marks || nearer) {
        best = face.get();
        best_marks = had;
      }
    }
  return best;
}

const Face* FontSet::Impl::by_file(std::string_view file) const {
  for (const auto& face : faces())
    if (face->file == file) return face.get();
  return nullptr;
}

std::vector<std::string> FontSet::families() const {
  std::vector<std::string> names;
  for (const auto& face : impl_->faces())
    if (names.empty() || names.back() != face->family) names.push_back(face->family);
  return names;
}

bool FontSet::has_family(std::string_view family) const {
  return std::ranges::any_of(impl_->faces(), [&](const auto& face) { return face->family == family; });
}

fs::path FontSet::file(std::string_view font_file) const {
  const Face* const face = impl_->by_file(font_file);
  if (face == nullptr) throw base::IoError(fmt::format("the font file '{}' is not in the font set", font_file));
  return fs::absolute(face->path);
}

FontName parse_font_name(std::string_view name) {
  static constexpr std::pair<std::string_view, int> kWeights[] = {
      {"thin", 100},     {"hairline", 100}, {"extralight", 200}, {"ultralight", 200}, {"light", 300},
      {"regular", 400},  {"normal", 400},   {"book", 400},       {"medium", 500},     {"semibold", 600},
      {"demibold", 600}, {"bold", 700},     {"extrabold", 800},  {"ultrabold", 800},  {"black", 900},
      {"heavy", 900}};
  std::vector<std::string> words;
  for (std::string& word : base::split(base::trim(name), ' '))
    if (!word.empty()) words.push_back(std::move(word));
  FontName out;
  bool weighted = false;
  while (words.size() > 1) {  // style words stand at the end; "Semi Bold" may be two
    const std::string last = base::ascii_lower(words.back());
    if (last == "italic" || last == "oblique") {
      out.italic = true;
      words.pop_back();
      continue;
    }
    if (weighted) break;
    const auto weight = [](std::string_view word) {
      const auto* const found = std::ranges::find(kWeights, word, &std::pair<std::string_view, int>::first);
      return found != std::end(kWeights) ? found->second : 0;
    };
    const int two = words.size() > 2 ? weight(base::ascii_lower(words[words.size() - 2]) + last) : 0;
    const int one = weight(last);
    if (two == 0 && one == 0) break;
    out.weight = two != 0 ? two : one;
    words.resize(words.size() - (two != 0 ? 2 : 1));
    weighted = true;
  }
  out.family = base::join(words, " ");
  return out;
}

}  // namespace sitmap::text
