#include "job/output.hpp"

#include <gtest/gtest.h>

namespace sitmap::job {
namespace {

TEST(Output, TheEndingDecides) {
  EXPECT_EQ(output_kind("a.png"), OutputKind::Png);
  EXPECT_EQ(output_kind("out/A.PNG"), OutputKind::Png);
  EXPECT_EQ(output_kind("a.tif"), OutputKind::Tiff);
  EXPECT_EQ(output_kind("a.tiff"), OutputKind::Tiff);
  EXPECT_EQ(output_kind("a.svg"), OutputKind::Svg);
  EXPECT_EQ(output_kind("a.pdf"), OutputKind::Pdf);
  for (const char* film : {"a.mp4", "a.webm", "a.mov", "a.gif", "a.apng", "a.webp"}) EXPECT_EQ(output_kind(film), OutputKind::Film) << film;
  for (const char* series : {"frames/{date}.png", "{index}.svg", "f-{index}-{date}.tif"}) EXPECT_EQ(output_kind(series), OutputKind::Frames) << series;
}

TEST(Output, WhatCannotBeMadeIsSaid) {
  for (const char* fine : {"a.png", "a.mp4", "frames/{date}.png", "f/{index}.pdf"}) EXPECT_EQ(output_problem(fine), "") << fine;
  EXPECT_EQ(output_problem("map"), "the output 'map' has no ending that says what to make");
  EXPECT_EQ(output_problem(""), "the output '' has no ending that says what to make");
  EXPECT_EQ(output_problem("map.jpg"), "'.jpg' is no kind of output");
  EXPECT_EQ(output_problem("{day}.png"), "'{day}.png' has a placeholder that isn't known");
  EXPECT_EQ(output_problem("{date}.mp4"), "'{date}.mp4' asks for one file per date, which '.mp4' can't be");
}

TEST(Output, FramesAreNamedByDateOrNumber) {
  const time::Day day = *time::parse_iso_day("2020-09-27");
  EXPECT_EQ(frame_name("frames/{date}.png", day, 0), "frames/2020-09-27.png");
  EXPECT_EQ(frame_name("{index}.png", day, 12), "0012.png");
  EXPECT_EQ(frame_name("{date}/{index}-{date}.png", day, 1), "2020-09-27/0001-2020-09-27.png");
  EXPECT_EQ(frame_name("{index}.png", day, 123456), "123456.png");
}

}  // namespace
}  // namespace sitmap::job
