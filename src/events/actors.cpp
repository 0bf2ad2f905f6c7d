#include <fmt/format.h>

#include <algorithm>

#include "base/text.hpp"
#include "document/read.hpp"
#include "events/control.hpp"

namespace sitmap::events {
namespace {

bool is_color(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         text.find_first_not_of("0123456789abcdefABCDEF", 1) == std::string_view::npos;
}

Actor read_actor(const document::Node& node, base::Problems& problems) {
  Actor actor;
  const auto id = node.find("id");
  if (!id || !id->is_string() || id->as_string().empty()) {
    problems.error(node.location(), "an actor without an id", "give it \"id\": \"…\", as the column actor has it");
    return actor;
  }
  actor.id = id->as_string();
  const auto add_name = [&](const std::string& language, const document::Node& text) {
    if (text.is_string()) actor.names[language] = text.as_string();
    else problems.error(text.location(), fmt::format("expected a name, found {}", text.describe()));
  };
  if (const auto name = node.find("name")) add_name("", *name);
  if (const auto names = node.find("names")) {
    if (!names->is_object()) problems.error(names->location(), fmt::format("expected names by language, found {}", names->describe()), "write {\"en\": \"…\"}");
    for (const document::Member& member : names->members()) add_name(std::string(member.key), member.value);
  }
  if (const auto color = node.find("color"); color && !color->is_null()) {
    if (color->is_string() && is_color(color->as_string())) actor.color = color->as_string();
    else problems.error(color->location(), fmt::format("expected a colour, found {}", color->describe()), "write it as \"#2a7f9e\"");
  }
  return actor;
}

}  // namespace

std::string Actor::name_in(const std::vector<std::string>& languages) const {
  for (const std::string& language : languages) {
    if (const auto exact = names.find(language); exact != names.end()) return exact->second;
    if (const auto primary = names.find(language.substr(0, language.find('-'))); primary != names.end()) return primary->second;
  }
  for (const char* fallback : {"", "en"})
    if (const auto name = names.find(fallback); name != names.end()) return name->second;
  return names.empty() ? id : names.begin()->second;
}

std::vector<Actor> read_actors(const std::filesystem::path& file) {
  const document::Node root = document::read_document(file);
  const document::Node list = root.is_array() ? root : root.find("actors").value_or(document::Node());
  if (!list.is_array())
    throw base::InputError(root.location(), fmt::format("expected a list of actors, found {}", root.describe()),
                           "write [{\"id\": \"…\", \"names\": {\"en\": \"…\"}, \"color\": \"#…\"}]");
  std::vector<Actor> actors;
  base::Problems problems;
  for (const document::Node& node : list.items()) {
    Actor actor = read_actor(node, problems);
    const bool twice = std::any_of(actors.begin(), actors.end(), [&](const Actor& other) { return other.id == actor.id; });
    if (twice && !actor.id.empty()) problems.error(node.location(), fmt::format("the actor '{}' is there twice", actor.id));
    actors.push_back(std::move(actor));
  }
  problems.throw_if_errors();
  return actors;
}

}  // namespace sitmap::events
