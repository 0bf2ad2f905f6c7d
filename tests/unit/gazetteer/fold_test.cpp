#include <gtest/gtest.h>

#include <string>

#include "gazetteer/gazetteer.hpp"
#include "gazetteer/record.hpp"
#include "gazetteer/script.hpp"

namespace sitmap::gazetteer {
namespace {

TEST(Fold, CaseMarksAndLettersOfTheirOwn) {
  EXPECT_EQ(fold("Şuşa"), "susa");
  EXPECT_EQ(fold("ŞUŞA"), "susa");
  EXPECT_EQ(fold("Kəlbəcər"), "kelbecer");
  EXPECT_EQ(fold("KƏLBƏCƏR"), "kelbecer");
  EXPECT_EQ(fold("İrəvan"), "irevan");
  EXPECT_EQ(fold("Qubadlı"), "qubadli");
  EXPECT_EQ(fold("Łódź"), "lodz");
  EXPECT_EQ(fold("Århus"), "arhus");
  EXPECT_EQ(fold("Østerø"), "ostero");
  EXPECT_EQ(fold("Straße"), "strasse");
}

TEST(Fold, OtherScriptsStay) {
  EXPECT_EQ(fold("Ջերմուկ"), "ջերմուկ");
  EXPECT_EQ(fold("Երևան"), fold("Երեւան"));
  EXPECT_EQ(fold("Ёлка Й"), "елка и");
  EXPECT_EQ(fold("თბილისი"), "თბილისი");
  EXPECT_EQ(fold("كابل"), fold("کابل"));
  EXPECT_NE(fold("हिन्दी"), fold("हन्दी"));  // vowel signs are letters, not accents
}

TEST(Fold, ApostrophesGoDashesAndSpacesAreOne) {
  EXPECT_EQ(fold("N'Djamena"), fold("N’Djaména"));
  EXPECT_EQ(fold("Nagorno–Karabakh"), "nagorno karabakh");
  EXPECT_EQ(fold("  Nagorno -  Karabakh "), "nagorno karabakh");
  EXPECT_EQ(fold("Nagorno‐Karabakh"), fold("Nagorno-Karabakh"));
  EXPECT_EQ(fold("St. Petersburg"), "st petersburg");
  EXPECT_EQ(fold("St.Petersburg"), "st petersburg");
  EXPECT_EQ(fold("Washington, D.C."), "washington dc");
  EXPECT_EQ(fold("U.S.A."), "usa");
  EXPECT_EQ(fold("Bosnia & Herzegovina"), "bosnia and herzegovina");
  EXPECT_EQ(fold("Côte & Mer"), "cote and mer");
}

TEST(Fold, AsciiAndUnicodePathsAgree) {
  // A letter outside ASCII at the end sends the text the long way.
  for (const std::string text : {"St.Petersburg", "D.C.", "a.b.c", "O'Higgins & Co.", "x-y_z", "A  B", "U.S. of A"})
    EXPECT_EQ(fold(text + " é"), fold(text) + " e") << text;
}

TEST(Fold, NothingForInvalidText) {
  EXPECT_EQ(fold("\xff\xfe"), "");
  EXPECT_EQ(fold("abc\xc3"), "");
  EXPECT_EQ(fold(""), "");
  EXPECT_EQ(fold("—…!"), "");
}

TEST(Keys, SchwaHasBothReadingsAndKindWordsACore) {
  const auto has = [](const std::vector<Key>& keys, std::string_view text, Quality quality) {
    for (const Key& key : keys)
      if (key.text == text && key.quality == quality) return true;
    return false;
  };
  const auto names = keys_of("Kəlbəcər", Quality::Tagged);
  EXPECT_TRUE(has(names, "kelbecer", Quality::Tagged));
  EXPECT_TRUE(has(names, "kalbacar", Quality::Variant));
  const auto corridor = keys_of("Lachin corridor", Quality::Primary);
  EXPECT_TRUE(has(corridor, "lachin corridor", Quality::Primary));
  EXPECT_TRUE(has(corridor, "lachin", Quality::Core));
  EXPECT_TRUE(has(keys_of("The Hague", Quality::Primary), "hague", Quality::Primary));
}

TEST(Script, OfTheFirstLetter) {
  EXPECT_EQ(script_of("Jermuk"), "Latn");
  EXPECT_EQ(script_of("Ջերմուկ"), "Armn");
  EXPECT_EQ(script_of("12 Джермук"), "Cyrl");
  EXPECT_EQ(script_of("თბილისი"), "Geor");
  EXPECT_EQ(script_of("123"), "");
}

TEST(Names, PackAndUnpack) {
  std::vector<Name> names = {{.text = "Xankəndi", .language = "az", .kind = NameKind::Official},
                             {.text = "Степанакерт", .language = "ru", .kind = NameKind::Former,
                              .valid = time::parse_edtf("1923/2023").interval},
                             {.text = "x"}};
  const auto back = unpack_names(pack_names(names));
  ASSERT_EQ(back.size(), 3u);
  EXPECT_EQ(back[0].text, "Xankəndi");
  EXPECT_EQ(back[0].language, "az");
  EXPECT_EQ(back[0].script, "Latn");
  EXPECT_EQ(back[0].kind, NameKind::Official);
  EXPECT_EQ(back[1].valid, names[1].valid);
  EXPECT_EQ(back[1].script, "Cyrl");
  EXPECT_EQ(back[2].language, "");
}

TEST(Geometry, PackAndUnpack) {
  const geom::Geometry area = geom::MultiPolygon{{{{{0, 0}, {1.5, 0}, {1.5, -2.25}, {0, 0}}, {{{0.1, 0.1}, {0.2, 0.1}, {0.2, 0.2}, {0.1, 0.1}}}},
                                                  {{{179.999999, 1}, {-179.999999, 1}, {0, 89}, {179.999999, 1}}, {}}}};
  EXPECT_EQ(unpack_geometry(pack_geometry(area)), area);
  const geom::Geometry lines = geom::MultiLine{{{{1, 2}, {3, 4}}, {}}};
  EXPECT_EQ(unpack_geometry(pack_geometry(lines)), lines);
  EXPECT_EQ(unpack_geometry(pack_geometry({})), geom::Geometry{});
}

TEST(Geometry, DamagedBytesAreRefused) {
  const std::string good = pack_geometry(geom::MultiLine{{{{1, 2}, {3, 4}, {5, 6}}}});
  for (std::size_t size = 1; size < good.size(); ++size)
    EXPECT_THROW(unpack_geometry(good.substr(0, size)), std::invalid_argument) << size;
  EXPECT_THROW(unpack_geometry("\x09"), std::invalid_argument);
  EXPECT_THROW(unpack_geometry(std::string("\x01\xff\xff\xff\xff\xff\xff\xff\x7f", 9)), std::invalid_argument);
}

}  // namespace
}  // namespace sitmap::gazetteer
