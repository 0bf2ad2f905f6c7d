// The main job, as a user runs it.
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "end_to_end/program.hpp"

namespace sitmap::test {
namespace {

namespace fs = std::filesystem;

void write(const fs::path& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

const char* const kMap = R"(title: Test
area: { places: [Jermuk, Goris] }
size: [480, 320]
data: { events: events.csv }
time: { from: 2022-09-12, to: 2022-09-15, hold: 200 ms, tween: 2 }
)";
const char* const kEvents =
    "id,start,end,place,kind,title,measure,value,claimed_by\n"
    "a,2022-09-12,,Jermuk,shelling,Shelling of Jermuk,killed,4,Armenia\n"
    "b,2022-09-13,2022-09-14,Goris,clash,Clash near Goris,,,Azerbaijan\n";

struct Project {
  Scratch scratch;
  Project() {
    write(scratch.path() / "map.yaml", kMap);
    write(scratch.path() / "events.csv", kEvents);
  }
};

TEST(Render, StillsAndFilmsAppearAndStandardErrorIsEmpty) {
  const Project project;
  const Outcome outcome = run({"render", "map.yaml", "-o", "a.png", "-o", "a.svg", "-o", "a.pdf", "-o", "a.tif", "-o", "a.mp4", "-o", "a.gif", "-o", "f/{date}.png"}, project.scratch.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_EQ(outcome.err, "");
  for (const char* name : {"a.png", "a.svg", "a.pdf", "a.tif", "a.mp4", "a.gif", "f/2022-09-12.png", "f/2022-09-15.png"})
    EXPECT_GT(fs::file_size(project.scratch.path() / name), 500U) << name;
  EXPECT_EQ(std::distance(fs::directory_iterator(project.scratch.path() / "f"), {}), 4);
}

TEST(Render, TheSameBytesOnAnyNumberOfThreads) {
  const Project project;
  const std::vector<std::string> names{"a.png", "a.svg", "a.pdf", "a.mp4", "a.webm", "a.gif", "f/2022-09-13.png"};
  std::vector<std::string> first;
  for (const char* jobs : {"1", "2", "5"}) {
    const Outcome outcome = run({"render", "map.yaml", "-j", jobs, "-o", "a.png", "-o", "a.svg", "-o", "a.pdf", "-o", "a.mp4", "-o", "a.webm", "-o", "a.gif", "-o", "f/{date}.png"}, project.scratch.path());
    ASSERT_EQ(outcome.exit_code, 0) << outcome.err;
    std::vector<std::string> bytes;
    for (const std::string& name : names) bytes.push_back(read(project.scratch.path() / name));
    if (first.empty()) first = bytes;
    for (std::size_t i = 0; i < names.size(); ++i) EXPECT_TRUE(bytes[i] == first[i]) << names[i] << " with --jobs " << jobs;
  }
}

TEST(Render, AStoppedRunLeavesNothingBroken) {
  const Project project;
  write(project.scratch.path() / "long.yaml", "title: Long\narea: { places: [Jermuk, Goris] }\nsize: [960, 640]\ndata: { events: events.csv }\n"
                                              "time: { from: 2000-01-01, to: 2022-09-15, hold: 40 ms }\noutputs: [long.mp4]\n");
  const pid_t child = ::fork();
  if (child == 0) {
    if (::chdir(project.scratch.path().c_str()) != 0) std::_Exit(125);
    ::execl(program().c_str(), "sitmap", "render", "long.yaml", "--quiet", nullptr);
    std::_Exit(127);
  }
  ::sleep(3);
  ::kill(child, SIGINT);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 130);
  std::size_t files = 0;
  for (const auto& entry : fs::directory_iterator(project.scratch.path())) {
    ++files;
    EXPECT_TRUE(entry.path().extension() == ".yaml" || entry.path().extension() == ".csv") << entry.path();
  }
  EXPECT_EQ(files, 3U);
}

TEST(Render, AFullDiskLeavesNothingHalfWritten) {
  const Project project;
  for (const char* name : {"a.png", "a.svg", "a.pdf", "a.tif", "a.mp4", "a.webm", "a.mov", "a.gif", "a.apng", "a.webp", "{date}.png"}) {
    const Outcome outcome = run({"render", "map.yaml", "-o", name}, project.scratch.path(), 3000);
    EXPECT_EQ(outcome.exit_code, 1) << name << '\n' << outcome.err;
    EXPECT_NE(outcome.err.find("cannot write"), std::string::npos) << name << '\n' << outcome.err;
    EXPECT_EQ(std::distance(fs::directory_iterator(project.scratch.path()), {}), 2) << name;
  }
}

TEST(Render, AnOutputThatFailsKeepsTheFormerOne) {
  const Project project;
  write(project.scratch.path() / "a.png", "former");
  EXPECT_EQ(run({"render", "map.yaml", "-o", "a.png"}, project.scratch.path(), 3000).exit_code, 1);
  EXPECT_EQ(read(project.scratch.path() / "a.png"), "former");
}

TEST(Render, ProgressForScriptsIsKeyValueLines) {
  const Project project;
  const Outcome outcome = run({"render", "map.yaml", "-o", "a.gif", "--progress", "kv"}, project.scratch.path());
  EXPECT_EQ(outcome.exit_code, 0);
  std::istringstream lines(outcome.err);
  std::size_t ends = 0;
  for (std::string line; std::getline(lines, line);) {
    EXPECT_NE(line.find('='), std::string::npos) << line;
    ends += line == "progress=end" ? 1 : 0;
  }
  EXPECT_GE(ends, 3U) << outcome.err;
}

TEST(Render, QuietSaysNothing) {
  const Project project;
  write(project.scratch.path() / "events.csv", std::string(kEvents) + "c,2022-09-13,,Nowhereville,clash,x,,,\n");
  const Outcome outcome = run({"render", "map.yaml", "-o", "a.png", "-q"}, project.scratch.path());
  EXPECT_EQ(outcome.exit_code, 0);
  EXPECT_EQ(outcome.err + outcome.out, "");
}

TEST(Render, StrictFailsOnARowLeftOut) {
  const Project project;
  write(project.scratch.path() / "events.csv", std::string(kEvents) + "c,2022-09-13,,Nowhereville,clash,x,,,\n");
  const Outcome lenient = run({"render", "map.yaml", "-o", "a.png"}, project.scratch.path());
  EXPECT_EQ(lenient.exit_code, 0);
  EXPECT_NE(lenient.err.find("Nowhereville"), std::string::npos) << lenient.err;
  fs::remove(project.scratch.path() / "a.png");
  EXPECT_EQ(run({"render", "map.yaml", "-o", "a.png", "--strict"}, project.scratch.path()).exit_code, 1);
  EXPECT_FALSE(fs::exists(project.scratch.path() / "a.png"));
}

TEST(Render, InitMakesAMapThatRenders) {
  const Scratch scratch;
  ASSERT_EQ(run({"init", "new"}, scratch.path()).exit_code, 0);
  const Outcome outcome = run({"render", "new/map.yaml", "--size", "480x320"}, scratch.path());
  EXPECT_EQ(outcome.exit_code, 0) << outcome.err;
  EXPECT_TRUE(fs::exists(scratch.path() / "new" / "map.png"));
  EXPECT_EQ(run({"init", "new"}, scratch.path()).exit_code, 1);
}

TEST(Render, UsageErrorsSuggest) {
  const Scratch scratch;
  const Outcome command = run({"rendr", "map.yaml"}, scratch.path());
  EXPECT_EQ(command.exit_code, 2);
  EXPECT_NE(command.err.find("did you mean 'render'?"), std::string::npos) << command.err;
  const Outcome option = run({"render", "map.yaml", "--ouput", "a.png"}, scratch.path());
  EXPECT_EQ(option.exit_code, 2);
  EXPECT_NE(option.err.find("did you mean '--output'?"), std::string::npos) << option.err;
  EXPECT_NE(run({"ren"}, scratch.path()).err.find("did you mean 'render'?"), std::string::npos);
  EXPECT_NE(run({"map.yaml"}, scratch.path()).err.find("did you mean 'sitmap render map.yaml'?"), std::string::npos);
  EXPECT_NE(run({"locate", "-json", "Jermuk"}, scratch.path()).err.find("did you mean '--json'?"), std::string::npos);
  EXPECT_EQ(run({"render", "map.yaml", "--from", "2022-09-14", "--to", "2022-09-12"}, scratch.path()).err,
            "sitmap: --to 2022-09-12 is before --from 2022-09-14\n  exchange the two days\n");
  EXPECT_NE(run({"-v"}, scratch.path()).err.find("there is no option '-v'"), std::string::npos);
}

TEST(Render, HelpIsFoundInEveryUsualWay) {
  const Scratch scratch;
  const Outcome help = run({"--help"}, scratch.path()), render = run({"render", "--help"}, scratch.path());
  EXPECT_EQ(help.exit_code, 0);
  EXPECT_NE(help.out.find("locate"), std::string::npos);
  EXPECT_NE(render.out.find("--strict"), std::string::npos);
  EXPECT_EQ(run({"help"}, scratch.path()).out, help.out);
  EXPECT_EQ(run({"-h"}, scratch.path()).out, help.out);
  EXPECT_EQ(run({"help", "render"}, scratch.path()).out, render.out);
  EXPECT_EQ(run({"help", "rendr"}, scratch.path()).exit_code, 2);
  EXPECT_EQ(run({"version"}, scratch.path()).out, run({"--version"}, scratch.path()).out);
  const Outcome nothing = run({}, scratch.path());
  EXPECT_EQ(nothing.exit_code, 2);
  EXPECT_EQ(nothing.out, "");
}

TEST(Samples, EveryMapFileIsInOrder) {
  for (const auto& entry : fs::directory_iterator(fs::path(SITMAP_SOURCE_DIR) / "samples")) {
    if (!fs::exists(entry.path() / "map.yaml")) continue;
    const Outcome outcome = run({"check", (entry.path() / "map.yaml").string()}, "/tmp");
    EXPECT_EQ(outcome.exit_code, 0) << entry.path() << "\n" << outcome.err;
  }
}

TEST(Locate, AnswersAsJsonAndTellsUnknownNames) {
  const Scratch scratch;
  const Outcome outcome = run({"locate", "--json", "Jermuk", "Nowhereville"}, scratch.path());
  EXPECT_EQ(outcome.exit_code, 1);
  EXPECT_NE(outcome.out.find("\"matched\""), std::string::npos);
  EXPECT_NE(outcome.out.find("\"unknown\""), std::string::npos);
  EXPECT_EQ(run({"locate", "Jermuk"}, scratch.path()).exit_code, 0);
}

}  // namespace
}  // namespace sitmap::test
