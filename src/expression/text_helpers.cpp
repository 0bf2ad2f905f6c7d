#include "expression/text_helpers.hpp"

#include <fmt/format.h>

#include "base/text.hpp"

namespace sitmap::expression {

const std::string* text_of(Run& run, const NodePtr& arg, Value& scratch) {
  const Value* value = arg->view(run, scratch);
  if (!value) return nullptr;
  const std::string* text = value->get_if<std::string>();
  if (!text) run.fail([&] { return fmt::format("expected string but found {}", type_name(*value)); });
  return text;
}

bool read_options(Parser& parser, const JsonNode& object, const Place& at, std::span<Option> options) {
  bool good = true;
  for (const document::Member& member : object.members()) {
    Option* known = nullptr;
    std::vector<std::string> names;
    for (Option& option : options) {
      names.emplace_back(option.name);
      if (option.name == member.key) known = &option;
    }
    if (!known) {
      parser.problems().error(member.key_location(), fmt::format("unknown option '{}'", member.key),
                              base::suggestion(member.key, names));
      good = false;
      continue;
    }
    Place place = at.inside(0, &known->type);
    place.path = fmt::format("{}.{}", at.path, member.key);
    known->node = parser.parse(member.value, place);
    good = good && known->node;
  }
  return good;
}

}  // namespace sitmap::expression
