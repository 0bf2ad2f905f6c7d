#include "draw/font_subset.hpp"

#include <hb-subset.h>
#include <hb.h>
#include <unicode/utf8.h>

#include <string_view>

namespace sitmap::draw {

std::vector<std::uint8_t> subset_font(const std::filesystem::path& file, const std::set<char32_t>& code_points) {
  std::vector<std::uint8_t> out;
  hb_blob_t* const blob = hb_blob_create_from_file_or_fail(file.c_str());
  if (blob == nullptr) return out;
  hb_face_t* const face = hb_face_create(blob, 0);
  hb_blob_destroy(blob);
  hb_subset_input_t* const input = hb_subset_input_create_or_fail();
  if (input != nullptr) {
    for (const char32_t c : code_points) hb_set_add(hb_subset_input_unicode_set(input), c);
    hb_subset_input_set_flags(input, HB_SUBSET_FLAGS_NO_HINTING);
    hb_face_t* const small = hb_subset_or_fail(face, input);
    if (small != nullptr) {
      hb_blob_t* const bytes = hb_face_reference_blob(small);
      unsigned length = 0;
      const char* const data = hb_blob_get_data(bytes, &length);
      out.assign(data, data + length);
      hb_blob_destroy(bytes);
      hb_face_destroy(small);
    }
    hb_subset_input_destroy(input);
  }
  hb_face_destroy(face);
  return out;
}

std::set<char32_t> code_points(std::string_view text) {
  std::set<char32_t> out;
  const int length = static_cast<int>(text.size());
  for (int at = 0; at < length;) {
    UChar32 c = 0;
    U8_NEXT(text.data(), at, length, c);
    if (c >= 0) out.insert(static_cast<char32_t>(c));
  }
  return out;
}

}  // namespace sitmap::draw
