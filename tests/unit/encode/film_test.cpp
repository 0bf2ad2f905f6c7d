#include "encode/film.hpp"

#include <algorithm>
#include <csignal>
#include <functional>
#include <stdexcept>
#include <sys/resource.h>

#include "base/problem.hpp"
#include "decode.hpp"
#include "pictures.hpp"

namespace sitmap::encode {
namespace {

using namespace test;

constexpr FilmFormat kAll[] = {FilmFormat::Mp4, FilmFormat::WebM, FilmFormat::Mov,
                               FilmFormat::Gif, FilmFormat::Apng, FilmFormat::WebP};

std::string name_of(FilmFormat format) {
  switch (format) {
    case FilmFormat::Mp4: return "film.mp4";
    case FilmFormat::WebM: return "film.webm";
    case FilmFormat::Mov: return "film.mov";
    case FilmFormat::Gif: return "film.gif";
    case FilmFormat::Apng: return "film.apng";
    case FilmFormat::WebP: return "film.webp";
  }
  return {};
}

struct Shot {
  Picture picture;
  int ticks = 1;
};

FilmOptions size_of(const Picture& picture) { return {.width = picture.width, .height = picture.height}; }

void write(FilmFormat format, const std::filesystem::path& path, const std::vector<Shot>& shots, FilmOptions options) {
  const auto film = open_film(format, path, options);
  for (const Shot& shot : shots) film->add(shot.picture, shot.ticks);
  film->finish();
}

Decoded make(FilmFormat format, const std::vector<Shot>& shots) {
  const Folder folder;
  write(format, folder / name_of(format), shots, size_of(shots.front().picture));
  return decode(folder / name_of(format));
}

// A dot that goes over patches: something still, something that moves.
std::vector<Shot> small_film(int width = 96, int height = 64, int count = 6, int ticks = 5) {
  std::vector<Shot> shots;
  for (int i = 0; i < count; ++i) {
    Shot shot{patches(width, height), ticks};
    fill(shot.picture, 8 + 8 * i, 20, 6, 6, 0xffd02010);
    shots.push_back(std::move(shot));
  }
  return shots;
}

// The middle of each patch, away from where chroma is shared with neighbours.
void expect_patches(const Picture& picture, int tolerance, const std::vector<std::uint32_t>& colors = kPatches) {
  const auto count = static_cast<int>(colors.size());
  for (int i = 0; i < count; ++i) {
    const std::uint32_t found = at(picture, (2 * i + 1) * picture.width / (2 * count), picture.height - 10);
    EXPECT_LE(distance(found, colors[static_cast<std::size_t>(i)]), tolerance)
        << std::hex << found << " for " << colors[static_cast<std::size_t>(i)];
  }
}

void expect_bt709(const Decoded& film) {
  EXPECT_EQ(film.range, 1);
  EXPECT_EQ(film.primaries, 1);
  EXPECT_EQ(film.transfer, 1);
  EXPECT_EQ(film.matrix, 1);
}

// The offsets of the top-level boxes of an ISO base media file.
std::size_t box(const std::string& file, std::string_view type) {
  for (std::size_t at = 0; at + 8 <= file.size();) {
    std::size_t size = 0;
    for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(file[at + static_cast<std::size_t>(i)]);
    if (file.compare(at + 4, 4, type) == 0) return at;
    if (size < 8) break;
    at += size;
  }
  return std::string::npos;
}

TEST(FilmFormatOf, LooksAtTheEnding) {
  EXPECT_EQ(film_format_of("a.mp4"), FilmFormat::Mp4);
  EXPECT_EQ(film_format_of("b/c.WebM"), FilmFormat::WebM);
  EXPECT_EQ(film_format_of("a.b.MOV"), FilmFormat::Mov);
  EXPECT_EQ(film_format_of("a.gif"), FilmFormat::Gif);
  EXPECT_EQ(film_format_of("a.apng"), FilmFormat::Apng);
  EXPECT_EQ(film_format_of("a.webp"), FilmFormat::WebP);
  for (const char* other : {"a.png", "mp4", "a.mp4.txt", "", ".mp4"}) EXPECT_EQ(film_format_of(other), std::nullopt) << other;
}

TEST(Film, TellsTheVersionOfFfmpeg) {
  warm_up_films();
  EXPECT_FALSE(ffmpeg_version().empty());
}

TEST(Mp4, HoldsEveryTick) {
  const Decoded film = make(FilmFormat::Mp4, small_film());
  EXPECT_EQ(film.codec, "h264");
  EXPECT_EQ(film.pixel_format, "yuv420p");
  EXPECT_EQ(film.width, 96);
  EXPECT_EQ(film.height, 64);
  ASSERT_EQ(film.frames.size(), 30u);
  EXPECT_NEAR(film.duration, 1.2, 1e-6);
  for (std::size_t i = 0; i < film.frames.size(); ++i)
    EXPECT_NEAR(film.frames[i].time, static_cast<double>(i) / 25, 1e-4) << i;
}

TEST(Mp4, KeepsColors) {
  const Decoded film = make(FilmFormat::Mp4, small_film());
  expect_bt709(film);
  for (const DecodedFrame& frame : film.frames) expect_patches(frame.picture, 3);
  EXPECT_LE(distance(at(film.frames[12].picture, 26, 22), 0xffd02010), 24);  // 6 pixels of chroma at half resolution
}

TEST(Mp4, StartsFast) {
  const Folder folder;
  write(FilmFormat::Mp4, folder / "film.mp4", small_film(), {.width = 96, .height = 64});
  const std::string bytes = file_bytes(folder / "film.mp4");
  ASSERT_NE(box(bytes, "moov"), std::string::npos);
  ASSERT_NE(box(bytes, "mdat"), std::string::npos);
  EXPECT_LT(box(bytes, "moov"), box(bytes, "mdat"));
  EXPECT_EQ(bytes.find("x264"), std::string::npos) << "versions and settings don't belong into the file";
  EXPECT_EQ(bytes.find("Lavf"), std::string::npos);
}

TEST(Mp4, HasAKeyFrameEveryTwoSeconds) {
  const Decoded film = make(FilmFormat::Mp4, {{filled(32, 32, kGrey), 130}});
  ASSERT_EQ(film.frames.size(), 130u);
  for (std::size_t i = 0; i < film.frames.size(); ++i) EXPECT_EQ(film.frames[i].key, i % 50 == 0) << i;
}

TEST(Mp4, OddSizesGrow) {
  for (const auto& [width, height] : {std::pair{97, 65}, {1, 1}, {3, 50}, {50, 3}}) {
    const Decoded film = make(FilmFormat::Mp4, {{filled(width, height, kRed), 2}});
    EXPECT_EQ(film.width, width + width % 2);
    EXPECT_EQ(film.height, height + height % 2);
    ASSERT_EQ(film.frames.size(), 2u);
    for (const std::uint32_t pixel : film.frames[1].picture.pixels) EXPECT_LE(distance(pixel, kRed), 3);
  }
}

TEST(Mp4, OneTickIsEnough) {
  const Decoded film = make(FilmFormat::Mp4, {{patches(96, 64), 1}});
  ASSERT_EQ(film.frames.size(), 1u);
  EXPECT_NEAR(film.duration, 0.04, 1e-6);
  expect_patches(film.frames[0].picture, 3);
}

TEST(Mp4, TransparentShowsOverBlack) {
  const Decoded film = make(FilmFormat::Mp4, {{filled(32, 32, 0), 1}});
  EXPECT_EQ(film.pixel_format, "yuv420p");
  EXPECT_LE(distance(at(film.frames[0].picture, 9, 9), kBlack), 3);
}

TEST(Mp4, TelevisionRatesAreExact) {
  const Folder folder;
  write(FilmFormat::Mp4, folder / "film.mp4", {{filled(32, 32, kBlue), 3000}}, {.width = 32, .height = 32, .fps = 29.97});
  const Decoded film = decode(folder / "film.mp4");
  EXPECT_EQ(film.frames.size(), 3000u);
  EXPECT_NEAR(film.duration, 3000 * 1001.0 / 30000, 1e-4);
}

TEST(Mp4, CarriesItsTitle) {
  const Folder folder;
  write(FilmFormat::Mp4, folder / "film.mp4", small_film(),
        {.width = 96, .height = 64, .title = "Сюник", .description = "Two days"});
  const Decoded film = decode(folder / "film.mp4");
  EXPECT_NE(std::find(film.metadata.begin(), film.metadata.end(), "title=Сюник"), film.metadata.end());
  EXPECT_NE(std::find(film.metadata.begin(), film.metadata.end(), "comment=Two days"), film.metadata.end());
}

TEST(WebM, HoldsPicturesAtTheirTimes) {
  const Decoded film = make(FilmFormat::WebM, small_film());
  EXPECT_EQ(film.codec, "vp9");
  EXPECT_EQ(film.pixel_format, "yuv420p");
  EXPECT_NEAR(film.duration, 1.2, 0.002);
  ASSERT_EQ(film.frames.size(), 7u);  // the last picture again in the last tick
  for (std::size_t i = 0; i < 6; ++i) EXPECT_NEAR(film.frames[i].time, static_cast<double>(i) * 0.2, 0.002) << i;
  EXPECT_NEAR(film.frames[6].time, 1.16, 0.002);
  expect_bt709(film);
  for (const DecodedFrame& frame : film.frames) expect_patches(frame.picture, 6);
}

TEST(WebM, HasAlphaWhenTheFirstPictureIsNotOpaque) {
  const Folder folder;
  const std::vector<std::uint32_t> straight{kRed, 0x00000000, 0x80ff0000, kWhite};
  const Picture picture = patches(96, 64, {kRed, 0, 0x80800000, kWhite});
  write(FilmFormat::WebM, folder / "film.webm", {{picture, 2}, {picture, 2}}, {.width = 96, .height = 64});
  const Decoded film = decode(folder / "film.webm", "libvpx-vp9");
  EXPECT_EQ(film.pixel_format, "yuva420p");
  ASSERT_FALSE(film.frames.empty());
  for (const DecodedFrame& frame : film.frames) {
    EXPECT_LE(distance(at(frame.picture, 12, 50), kRed), 6);
    EXPECT_LE(channel(at(frame.picture, 36, 50), 24), 3);
    EXPECT_LE(distance(at(frame.picture, 60, 50), 0x80ff0000), 8);
    EXPECT_LE(distance(at(frame.picture, 84, 50), kWhite), 6);
  }
}

TEST(Mov, IsProResWithAlpha) {
  const Picture picture = patches(96, 64, {kRed, 0, 0x80800000, kWhite, kGrey, kBlue});
  std::vector<Shot> shots(2, {picture, 3});
  fill(shots[1].picture, 0, 0, 16, 16, kGreen);
  const Decoded film = make(FilmFormat::Mov, shots);
  EXPECT_EQ(film.codec, "prores");
  ASSERT_EQ(film.frames.size(), 6u);
  EXPECT_NEAR(film.duration, 0.24, 1e-4);
  expect_bt709(film);
  for (std::size_t i = 0; i < film.frames.size(); ++i) {
    EXPECT_NEAR(film.frames[i].time, static_cast<double>(i) / 25, 1e-4);
    expect_patches(film.frames[i].picture, 4, {kRed, 0x00000000, 0x80ff0000, kWhite, kGrey, kBlue});
  }
  EXPECT_LE(distance(at(film.frames[2].picture, 8, 8), kRed), 4);
  EXPECT_LE(distance(at(film.frames[3].picture, 8, 8), kGreen), 4);
}

TEST(Mov, TakesOddSizes) {
  const Decoded film = make(FilmFormat::Mov, {{patches(97, 65), 1}});
  EXPECT_EQ(film.width, 97);
  EXPECT_EQ(film.height, 65);
  expect_patches(film.frames.at(0).picture, 4);
}

TEST(WebP, IsLosslessAndLastsAsLongAsTold) {
  const Folder folder;
  const Picture first = noise(40, 30, 1), second = noise(40, 30, 2), third = noise(40, 30, 3);
  write(FilmFormat::WebP, folder / "film.webp", {{first, 1}, {second, 2}, {third, 50}}, {.width = 40, .height = 30});
  const std::string bytes = file_bytes(folder / "film.webp");
  EXPECT_EQ(bytes.substr(0, 4), "RIFF");
  EXPECT_EQ(bytes.substr(8, 4), "WEBP");
  std::vector<unsigned> durations;
  for (std::size_t at = bytes.find("ANMF"); at != std::string::npos; at = bytes.find("ANMF", at + 1))
    durations.push_back(static_cast<unsigned char>(bytes[at + 20]) + 256u * static_cast<unsigned char>(bytes[at + 21]));
  EXPECT_EQ(durations, (std::vector<unsigned>{40, 80, 2000}));
}

TEST(WebP, OnePictureIsAStill) {
  const Folder folder;
  const Picture picture = noise(40, 30, 9, false);
  write(FilmFormat::WebP, folder / "film.webp", {{picture, 5}}, {.width = 40, .height = 30});
  const Decoded film = decode(folder / "film.webp");
  ASSERT_EQ(film.frames.size(), 1u);
  for (std::size_t i = 0; i < picture.pixels.size(); ++i)
    EXPECT_EQ(film.frames[0].picture.pixels[i] >> 24, picture.pixels[i] >> 24);
}

TEST(Film, SamePicturesSameBytes) {
  const Folder folder;
  const std::vector<Shot> shots = small_film(320, 180, 12, 3);
  for (const FilmFormat format : kAll) {
    write(format, folder / "a", shots, {.width = 320, .height = 180, .title = "a"});
    write(format, folder / "b", shots, {.width = 320, .height = 180, .title = "a"});
    EXPECT_GT(std::filesystem::file_size(folder / "a"), 500u) << name_of(format);
    EXPECT_TRUE(file_bytes(folder / "a") == file_bytes(folder / "b")) << name_of(format);
  }
}

TEST(Film, PathsMayLookLikeProtocols) {
  const Folder folder;
  for (const FilmFormat format : kAll) {
    write(format, folder / "rtmp: 10%d.film", small_film(32, 32, 2), {.width = 32, .height = 32});
    EXPECT_GT(std::filesystem::file_size(folder / "rtmp: 10%d.film"), 100u) << name_of(format);
  }
}

TEST(Film, WithoutPicturesIsAnError) {
  const Folder folder;
  for (const FilmFormat format : kAll) {
    const auto film = open_film(format, folder / name_of(format), {.width = 32, .height = 32});
    film->add(filled(32, 32, kRed), 0);
    EXPECT_THROW(film->finish(), base::IoError) << name_of(format);
  }
}

TEST(Film, MayBeAbandoned) {
  const Folder folder;
  for (const FilmFormat format : kAll) {
    const auto film = open_film(format, folder / name_of(format), {.width = 96, .height = 64});
    for (const Shot& shot : small_film()) film->add(shot.picture, shot.ticks);
  }
}

TEST(Film, PicturesOfAnotherSizeAreABug) {
  const Folder folder;
  for (const FilmFormat format : kAll) {
    const auto film = open_film(format, folder / name_of(format), {.width = 32, .height = 32});
    film->add(filled(32, 32, kRed), 1);
    EXPECT_THROW(film->add(filled(32, 31, kRed), 1), std::logic_error) << name_of(format);
    Picture broken = filled(32, 32, kRed);
    broken.pixels.pop_back();
    EXPECT_THROW(film->add(broken, 1), std::logic_error) << name_of(format);
  }
  EXPECT_THROW(open_film(FilmFormat::Mp4, folder / "x", {.width = 0, .height = 9}), std::logic_error);
  EXPECT_THROW(open_film(FilmFormat::Mp4, folder / "x", {.fps = 0}), std::logic_error);
}

std::string error_of(const std::function<void()>& body) {
  try {
    body();
  } catch (const base::IoError& error) {
    return std::string(error.what()) + " | " + error.hint();
  }
  return "no error";
}

TEST(FilmErrors, AFolderThatIsNotThere) {
  for (const FilmFormat format : kAll) {
    const std::string error = error_of([&] { open_film(format, "/nowhere/at/all", {}); });
    EXPECT_NE(error.find("cannot write '/nowhere/at/all'"), std::string::npos) << error;
    EXPECT_NE(error.find("folder"), std::string::npos) << error;
  }
}

TEST(FilmErrors, AnUnknownPreset) {
  const Folder folder;
  const FilmOptions options{.width = 32, .height = 32, .preset = "mediun"};
  EXPECT_NE(error_of([&] { open_film(FilmFormat::Mp4, folder / "film.mp4", options); }).find("no preset 'mediun'"),
            std::string::npos);
}

TEST(FilmErrors, AFullDisk) {
  for (const FilmFormat format : kAll) {
    const std::string error = error_of([&] {
      const auto film = open_film(format, "/dev/full", {.width = 64, .height = 64});
      for (unsigned i = 0; i < 40; ++i) film->add(noise(64, 64, i), 1);
      film->finish();
    });
    EXPECT_NE(error.find("No space left"), std::string::npos) << name_of(format) << ": " << error;
    EXPECT_NE(error.find("the disk is full"), std::string::npos) << name_of(format) << ": " << error;
  }
}

// A disk that fills up in the middle of the film, or while its head is moved to the front.
TEST(FilmErrors, ADiskThatFillsUp) {
  const Folder folder;
  std::vector<Shot> shots;
  for (unsigned i = 0; i < 12; ++i) shots.push_back({noise(96, 96, i), 1});
  for (const FilmFormat format : kAll) {
    write(format, folder / "whole", shots, {.width = 96, .height = 96});
    const auto size = std::filesystem::file_size(folder / "whole");
    for (const double part : {0.1, 0.6, 0.999}) {
      std::signal(SIGXFSZ, SIG_IGN);
      rlimit before{};
      getrlimit(RLIMIT_FSIZE, &before);
      const rlimit small{static_cast<rlim_t>(static_cast<double>(size) * part), before.rlim_max};
      setrlimit(RLIMIT_FSIZE, &small);
      const std::string error = error_of([&] { write(format, folder / "film", shots, {.width = 96, .height = 96}); });
      setrlimit(RLIMIT_FSIZE, &before);
      EXPECT_NE(error.find("cannot write"), std::string::npos) << name_of(format) << " at " << part << ": " << error;
    }
  }
}

}  // namespace
}  // namespace sitmap::encode
