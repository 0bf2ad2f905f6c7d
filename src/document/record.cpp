#include "document/record.hpp"

#include <algorithm>

#include <fmt/format.h>

#include "base/text.hpp"
#include "document/read.hpp"

namespace sitmap::document {
namespace {

constexpr std::string_view kFreePrefix = "x-";

std::string quoted_list(std::span<const std::string> keys, std::string_view last) {
  std::string out;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (i > 0) out += i + 1 == keys.size() ? fmt::format(" {} ", last) : ", ";
    out += fmt::format("'{}'", keys[i]);
  }
  return out;
}

void write_required(JsonWriter& w, std::span<const std::string> keys) {
  w.begin_object().key("required").begin_array();
  for (const std::string& key : keys) w.value(key);
  w.end_array().end_object();
}

void write_rule(JsonWriter& w, const detail::KeyRule& rule) {
  using Kind = detail::KeyRule::Kind;
  w.begin_object();
  if (rule.kind == Kind::ExactlyOne) {
    w.key("oneOf").begin_array();
    for (const std::string& key : rule.keys) write_required(w, std::span(&key, 1));
    w.end_array();
  } else if (rule.kind == Kind::AtMostOne) {
    w.key("not").begin_object().key("anyOf").begin_array();
    for (std::size_t i = 0; i < rule.keys.size(); ++i)
      for (std::size_t j = i + 1; j < rule.keys.size(); ++j) {
        const std::string pair[] = {rule.keys[i], rule.keys[j]};
        write_required(w, pair);
      }
    w.end_array().end_object();
  } else {
    w.key("dependentRequired").begin_object().key(rule.keys[0]).begin_array();
    for (std::size_t i = 1; i < rule.keys.size(); ++i) w.value(rule.keys[i]);
    w.end_array().end_object();
  }
  w.end_object();
}

bool check_rule(const Node& object, const std::string& name, const detail::KeyRule& rule, base::Problems& problems) {
  using Kind = detail::KeyRule::Kind;
  std::vector<std::string> present;
  for (const std::string& key : rule.keys)
    if (object.has(key)) present.push_back(key);
  if (rule.kind == Kind::Needs) {
    if (!object.has(rule.keys[0]) || present.size() == rule.keys.size()) return true;
    std::vector<std::string> missing;
    for (const std::string& key : rule.keys)
      if (!object.has(key)) missing.push_back(key);
    problems.error(object.find(rule.keys[0])->location(),
                   fmt::format("'{}' in '{}' needs {} beside it", rule.keys[0], name, quoted_list(missing, "and")));
    return false;
  }
  if (present.size() > 1) {
    for (const Member& member : object.members())
      if (member.key == present.back())
        problems.error(member.key_location(),
                       fmt::format("{} can't stand together in '{}'", quoted_list(present, "and"), name), "keep one of them");
    return false;
  }
  if (rule.kind == Kind::ExactlyOne && present.empty()) {
    problems.error(object.location(), fmt::format("'{}' needs one of {}", name, quoted_list(rule.keys, "or")));
    return false;
  }
  return true;
}

}  // namespace

void report_unknown_keys(const Node& object, std::span<const std::string> known, std::string_view name,
                         base::Problems& problems) {
  for (const Member& member : object.members()) {
    if (member.key.starts_with(kFreePrefix)) continue;
    if (std::find(known.begin(), known.end(), member.key) != known.end()) continue;
    problems.error(member.key_location(), fmt::format("unknown key '{}' in '{}'", base::code_point_prefix(member.key, 60), name),
                   base::suggestion(member.key, known));
  }
}

namespace detail {

double as_written(float number) { return base::parse_double(fmt::format("{}", number)).value_or(static_cast<double>(number)); }

Node parse_default(const std::string& json) { return parse_json(json, "default"); }

bool check_keys(const Node& object, const std::string& name, std::span<const KeyInfo> keys,
                std::span<const KeyRule> rules, base::Problems& problems) {
  base::Problems found;
  std::vector<std::string> known;
  for (const KeyInfo& key : keys) known.push_back(key.key);
  report_unknown_keys(object, known, name, found);
  for (const KeyInfo& key : keys)
    if (key.required && !object.has(key.key))
      found.error(object.location(), fmt::format("'{}' is missing in '{}'", key.key, name), key.description);
  for (const KeyRule& rule : rules) check_rule(object, name, rule, found);
  const bool good = !found.has_errors();
  problems.append(std::move(found));
  return good;
}

void write_record_schema(JsonWriter& w, std::string_view description, std::span<const KeyInfo> keys,
                         std::span<const KeyRule> rules) {
  w.member("type", "object");
  if (!description.empty()) w.member("description", description);
  w.key("properties").begin_object();
  for (const KeyInfo& key : keys) {
    // The description of the key stands before that of its type, which would be a second member of the same name.
    JsonWriter inner(-1);
    inner.begin_object();
    key.schema(inner);
    inner.end_object();
    const Node schema = parse_json(inner.take(), "schema of " + key.key);
    w.key(key.key).begin_object().member("description", key.description);
    for (const Member& member : schema.members())
      if (member.key != "description") w.member(member.key, member.value);
    if (key.default_json)
      if (const auto printed = key.default_json()) w.member("default", parse_default(*printed));
    if (!key.notes.examples.empty()) {
      w.key("examples").begin_array();
      for (const std::string& example : key.notes.examples) w.value(parse_json(example, "example of " + key.key));
      w.end_array();
    }
    w.end_object();
  }
  w.end_object();
  const auto required = std::count_if(keys.begin(), keys.end(), [](const KeyInfo& key) { return key.required; });
  if (required > 0) {
    w.key("required").begin_array();
    for (const KeyInfo& key : keys)
      if (key.required) w.value(key.key);
    w.end_array();
  }
  w.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
  w.member("additionalProperties", false);
  if (!rules.empty()) {
    w.key("allOf").begin_array();
    for (const KeyRule& rule : rules) write_rule(w, rule);
    w.end_array();
  }
}

}  // namespace detail

std::string finish_schema(const SchemaHead& head, const std::function<void(JsonWriter&)>& members) {
  JsonWriter w;
  w.begin_object().member("$schema", "https://json-schema.org/draft/2020-12/schema");
  if (!head.id.empty()) w.member("$id", head.id);
  if (!head.title.empty()) w.member("title", head.title);
  if (!head.description.empty()) w.member("description", head.description);
  JsonWriter inner(-1);
  inner.begin_object();
  members(inner);
  inner.end_object();
  const Node schema = parse_json(inner.take(), "schema");
  for (const Member& member : schema.members())
    if (member.key != "description" || head.description.empty()) w.member(member.key, member.value);
  w.end_object();
  return w.take() + "\n";
}

}  // namespace sitmap::document
