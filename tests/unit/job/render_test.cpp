// What the options of a run do.
#include "job/render.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdint>
#include <filesystem>

#include "base/file.hpp"

namespace sitmap::job {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

time::Interval day(const char* text) { return *time::parse_edtf(text).interval; }

template <class Set>
RenderOptions with(const Set& set) {
  RenderOptions options;
  set(options);
  return options;
}

class Collecting final : public base::Log {
 public:
  void problem(const base::Problem& problem) override { names.push_back(problem.name); }
  void note(std::string_view) override {}
  std::vector<std::string> names;
};

class RenderTest : public testing::Test {
 protected:
  void SetUp() override {
    fs::create_directories(folder_);
    base::write_file(folder_ / "map.yaml", "title: T\narea: { bbox: [45, 39, 47, 41] }\nsize: [300, 200]\nfurniture: { locator: off }\n"
                                           "data: { events: events.csv }\ntime: { from: 2022-09-12, to: 2022-09-16, hold: 100 ms }\n");
    base::write_file(folder_ / "events.csv", "id,start,lon,lat,kind,title\na,2022-09-12,45.5,40,clash,First\nb,2022-09-15,46.5,40,clash,Second\n");
  }
  void TearDown() override { fs::remove_all(folder_); }
  Report render(RenderOptions options, std::vector<std::string> outputs) {
    for (std::string& name : outputs) name = (folder_ / name).string();
    options.outputs = outputs;
    options.only_these = true;
    base::SilentProgress progress;
    const base::CancelToken cancel;
    return job::render(folder_ / "map.yaml", options, log_, progress, cancel);
  }
  std::string bytes(const char* name) const { return base::read_file(folder_ / name); }
  // Width and height of a PNG file: the first fields of its header.
  std::pair<std::uint32_t, std::uint32_t> png_size(const char* name) const {
    const std::string png = bytes(name);
    const auto field = [&](std::size_t at) {
      std::uint32_t value = 0;
      for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png.at(at + i));
      return value;
    };
    return {field(16), field(20)};
  }
  std::size_t files(const char* name) const { return static_cast<std::size_t>(std::distance(fs::directory_iterator(folder_ / name), {})); }
  fs::path folder_ = fs::temp_directory_path() / ("sitmap-render-" + std::to_string(::getpid()));
  Collecting log_;
};

TEST_F(RenderTest, SizeAndScaleSetThePixels) {
  render({}, {"a.png"});
  EXPECT_EQ(png_size("a.png"), std::pair(300U, 200U));
  render(with([](RenderOptions& o) { o.scale = 2; }), {"a.png"});
  EXPECT_EQ(png_size("a.png"), std::pair(600U, 400U));
  render(with([](RenderOptions& o) { o.size = Size{200, 120, 1}; }), {"a.png"});
  EXPECT_EQ(png_size("a.png"), std::pair(200U, 120U));
  render(with([](RenderOptions& o) { o.size = Size{200, 120, 1.5}; }), {"a.png"});
  EXPECT_EQ(png_size("a.png"), std::pair(300U, 180U));
}

TEST_F(RenderTest, DateChoosesTheDayOfAStill) {
  render({}, {"last.svg"});
  EXPECT_THAT(bytes("last.svg"), HasSubstr("As of 16 September 2022"));
  render(with([](RenderOptions& o) { o.date = day("2022-09-13"); }), {"early.svg"});
  EXPECT_THAT(bytes("early.svg"), HasSubstr("As of 13 September 2022"));
  EXPECT_NE(bytes("last.svg"), bytes("early.svg"));
}

TEST_F(RenderTest, FromAndToWinOverTheMapFile) {
  render({}, {"all/{date}.png"});
  EXPECT_EQ(files("all"), 5U);
  render(with([](RenderOptions& o) { o.from = day("2022-09-14"), o.to = day("2022-09-15"); }), {"some/{date}.png"});
  EXPECT_EQ(files("some"), 2U);
  EXPECT_TRUE(fs::exists(folder_ / "some" / "2022-09-14.png") && fs::exists(folder_ / "some" / "2022-09-15.png"));
  EXPECT_THROW(render(with([](RenderOptions& o) { o.from = day("2022-09-16"), o.to = day("2022-09-14"); }), {"a.png"}), base::InputError);
}

TEST_F(RenderTest, JobsDoNotChangeABit) {
  render(with([](RenderOptions& o) { o.jobs = 1; }), {"one.gif", "1/{date}.png"});
  render(with([](RenderOptions& o) { o.jobs = 4; }), {"four.gif", "4/{date}.png"});
  EXPECT_EQ(bytes("one.gif"), bytes("four.gif"));
  EXPECT_EQ(bytes("1/2022-09-15.png"), bytes("4/2022-09-15.png"));
}

TEST_F(RenderTest, StrictMakesWarningsErrorsAndWritesNothing) {
  base::write_file(folder_ / "events.csv", "id,start,lon,lat\na,2022-09-12,45.5,40\nb,2022-09-32,45.5,40\n");
  EXPECT_EQ(render({}, {"a.png"}).events_used, 1U);
  EXPECT_THAT(log_.names, testing::Contains("event-left-out"));
  EXPECT_THROW(render(with([](RenderOptions& o) { o.strict = true; }), {"b.png"}), base::InputError);
  EXPECT_FALSE(fs::exists(folder_ / "b.png"));
}

TEST_F(RenderTest, TheDepfileNamesOutputsAndInputs) {
  render(with([&](RenderOptions& o) { o.depfile = folder_ / "a.d"; }), {"a.png"});
  const std::string rule = bytes("a.d");
  EXPECT_TRUE(rule.starts_with((folder_ / "a.png").string() + ":")) << rule;
  for (const char* input : {"map.yaml", "events.csv", "news-light.json"}) EXPECT_THAT(rule, HasSubstr(input));
}

TEST_F(RenderTest, TheReportSaysWhatWasMade) {
  const Report report = render({}, {"a.png", "a.gif", "f/{index}.png"});
  ASSERT_EQ(report.published.size(), 3U);
  EXPECT_EQ(report.rows, 2U);
  EXPECT_EQ(report.events_used, 2U);
  for (const auto& item : report.published) {
    EXPECT_EQ(item.width, 300);
    EXPECT_EQ(item.height, 200);
  }
  EXPECT_EQ(report.published[0].bytes, fs::file_size(folder_ / "a.png"));
  EXPECT_EQ(report.published[2].frames, 5U);
  EXPECT_GT(report.times.total, 0);
}

TEST_F(RenderTest, WithoutOutputsThePictureIsNamedAfterTheMapFile) {
  base::SilentProgress progress;
  const base::CancelToken cancel;
  job::render(folder_ / "map.yaml", {}, log_, progress, cancel);
  EXPECT_EQ(png_size("map.png"), std::pair(300U, 200U));
}

TEST_F(RenderTest, TwoOutputsOfOneNameAreRefused) {
  EXPECT_THROW(render({}, {"a.png", "./a.png"}), base::InputError);
  EXPECT_FALSE(fs::exists(folder_ / "a.png"));
}

TEST_F(RenderTest, ARequestToStopLeavesNothing) {
  base::SilentProgress progress;
  base::CancelToken cancel;
  cancel.request();
  RenderOptions options;
  options.outputs = {(folder_ / "x.mp4").string(), (folder_ / "x.png").string()};
  EXPECT_THROW(job::render(folder_ / "map.yaml", options, log_, progress, cancel), base::Cancelled);
  for (const auto& entry : fs::directory_iterator(folder_)) EXPECT_THAT(entry.path().filename().string(), testing::AnyOf("map.yaml", "events.csv"));
}

TEST_F(RenderTest, CheckWritesNothing) {
  EXPECT_EQ(job::check(folder_ / "map.yaml", {}, log_).rows, 2U);
  EXPECT_EQ(files("."), 2U);
}

}  // namespace
}  // namespace sitmap::job
