#include <unicode/normalizer2.h>
#include <unicode/translit.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>
#include <unicode/uscript.h>

#include <algorithm>
#include <memory>

#include "base/text.hpp"
#include "gazetteer/gazetteer.hpp"
#include "gazetteer/script.hpp"

namespace sitmap::gazetteer {
namespace {

bool is_apostrophe(UChar32 c) {
  switch (c) {
    case 0x27: case 0x60: case 0xB4: case 0x2B9: case 0x2BA: case 0x2BB: case 0x2BC: case 0x2BD: case 0x2BE:
    case 0x2BF: case 0x2C8: case 0x2018: case 0x2019: case 0x201B: case 0x2032: case 0x55A: case 0x5F3: case 0xFF07:
      return true;
    default:
      return false;
  }
}

// Letters that have no decomposition, and Arabic letters that Persian and Arabic keyboards write differently.
const char16_t* replacement(UChar32 c) {
  switch (c) {
    case 0x259: return u"e";
    case 0x131: return u"i";
    case 0x142: return u"l";
    case 0xF8: return u"o";
    case 0x111: case 0xF0: return u"d";
    case 0xFE: return u"th";
    case 0xE6: return u"ae";
    case 0x153: return u"oe";
    case 0x127: return u"h";
    case 0x14B: return u"n";
    case 0x640: return u"";
    case 0x643: return u"ک";
    case 0x649: case 0x64A: return u"ی";
    case 0x629: return u"ه";
    case 0x26: return u" and ";
    default: return nullptr;
  }
}

// "D.C." is "dc", but "St.Petersburg" is two words.
bool dot_ends_initial(const icu::UnicodeString& text, std::int32_t after) {
  if (after >= text.length() || !u_isalnum(text.char32At(after))) return false;
  const std::int32_t next = text.moveIndex32(after, 1);
  return next >= text.length() || !u_isalnum(text.char32At(next));
}

std::string fold_ascii(std::string_view name) {
  std::string key;
  key.reserve(name.size());
  const auto alnum = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  const std::string lower = base::ascii_lower(name);
  bool gap = false;
  for (std::size_t i = 0; i < lower.size(); ++i) {
    const char c = lower[i];
    if (alnum(c)) {
      if (gap && !key.empty()) key += ' ';
      gap = false;
      key += c;
    } else if (c == '\'' || c == '`') {
    } else if (c == '.' && i + 1 < lower.size() && alnum(lower[i + 1]) &&
               (i + 2 >= lower.size() || !alnum(lower[i + 2]))) {
    } else {
      if (c == '&') key += key.empty() ? "and" : " and";
      gap = true;
    }
  }
  return key;
}

}  // namespace

std::string fold(std::string_view name) {
  if (std::all_of(name.begin(), name.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; }))
    return fold_ascii(name);
  if (!base::valid_utf8(name)) return {};
  static const icu::Normalizer2* const decompose = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFKDInstance(status);
  }();
  static const icu::Normalizer2* const compose = [] {
    UErrorCode status = U_ZERO_ERROR;
    return icu::Normalizer2::getNFCInstance(status);
  }();
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString text = icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int>(name.size())));
  text.foldCase();
  text = decompose->normalize(text, status);
  icu::UnicodeString key;
  bool gap = false;
  for (std::int32_t i = 0; i < text.length();) {
    const UChar32 c = text.char32At(i);
    i = text.moveIndex32(i, 1);
    // Marks of class 7–9 (nukta, voicing, virama) make other letters; accents and vowel points do not.
    if (u_getCombiningClass(c) >= 10 || u_charType(c) == U_FORMAT_CHAR || is_apostrophe(c)) continue;
    if (c == '.' && dot_ends_initial(text, i)) continue;
    const char16_t* other = replacement(c);
    const bool letter = other != nullptr || u_isalnum(c) || (U_GET_GC_MASK(c) & U_GC_M_MASK) != 0;
    if (!letter) {
      gap = true;
      continue;
    }
    if (c == '&') gap = true;
    if (gap && !key.isEmpty()) key.append(static_cast<UChar32>(' '));
    gap = c == '&';
    if (other == nullptr) key.append(c);
    else if (c == '&') key.append(icu::UnicodeString("and"));
    else key.append(icu::UnicodeString(other));
  }
  key = compose->normalize(key, status);
  std::string out;
  if (U_SUCCESS(status)) key.toUTF8String(out);
  return out;
}

std::string script_of(std::string_view text) {
  const icu::UnicodeString all =
      icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  for (std::int32_t i = 0; i < all.length(); i = all.moveIndex32(i, 1)) {
    const UChar32 c = all.char32At(i);
    if (!u_isalpha(c)) continue;
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(c, &status);
    if (U_SUCCESS(status) && script > USCRIPT_INHERITED) return uscript_getShortName(script);
  }
  return {};
}

std::string romanised(std::string_view text) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<icu::Transliterator> latin(
      icu::Transliterator::createInstance("Any-Latin; Latin-ASCII", UTRANS_FORWARD, status));
  if (U_FAILURE(status) || !latin) return std::string(text);
  icu::UnicodeString all = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int>(text.size())));
  latin->transliterate(all);
  std::string out;
  all.toUTF8String(out);
  return out;
}

}  // namespace sitmap::gazetteer
