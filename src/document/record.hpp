#pragma once
// Objects with known keys: one declaration reads them into a C++ struct and publishes their JSON Schema.
// Usage: declare.hpp.

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "base/problem.hpp"
#include "document/json_writer.hpp"
#include "document/node.hpp"
#include "document/type.hpp"

namespace sitmap::document {

// Errors for the keys of an object that are not known, each with "did you mean". Keys that begin with "x-" are free for
// notes and anchors. `name` is what the object is: "unknown key 'colour' in 'furniture'".
void report_unknown_keys(const Node& object, std::span<const std::string> known, std::string_view name,
                         base::Problems& problems);

// What the schema says besides the type; JSON texts.
struct KeyNotes {
  std::vector<std::string> examples{};  // R"("article")", "[1600, 900]"; a test should read them
  bool show_default = true;
};

namespace detail {

// What a Record is without its C++ types.
struct KeyInfo {
  std::string key, description;
  bool required = false;
  std::function<std::optional<std::string>()> default_json;  // nothing when a document couldn't say it so
  KeyNotes notes;
  std::function<void(JsonWriter&)> schema;
};
struct KeyRule {
  enum class Kind { ExactlyOne, AtMostOne, Needs } kind;
  std::vector<std::string> keys;  // Needs: the first needs all others
};
bool check_keys(const Node& object, const std::string& name, std::span<const KeyInfo> keys,
                std::span<const KeyRule> rules, base::Problems& problems);
void write_record_schema(JsonWriter& w, std::string_view description, std::span<const KeyInfo> keys,
                         std::span<const KeyRule> rules);

double as_written(float number);  // 0.1F → 0.1
Node parse_default(const std::string& json);

template <class M>
struct Slot {  // how a value gets into a member, and a default out of it
  template <class T>
  static void put(M& member, T&& value, const Node&) {
    if constexpr (std::is_arithmetic_v<M>) member = static_cast<M>(value);
    else member = std::forward<T>(value);
  }
  template <class T>
  static std::optional<T> get(const M& member) {
    if constexpr (std::is_same_v<M, float> && std::is_same_v<T, double>) return as_written(member);
    else if constexpr (std::is_arithmetic_v<M>) return static_cast<T>(member);
    else if constexpr (std::is_convertible_v<const M&, T>) return T(member);
    else return std::nullopt;
  }
};
template <class M>
struct Slot<Located<M>> {
  template <class T>
  static void put(Located<M>& member, T&& value, const Node& node) {
    Slot<M>::put(member.value, std::forward<T>(value), node);
    member.where = node.location();
  }
  template <class T>
  static std::optional<T> get(const Located<M>& member) {
    return Slot<M>::template get<T>(member.value);
  }
};
template <class M>
struct Slot<std::optional<M>> {
  template <class T>
  static void put(std::optional<M>& member, T&& value, const Node& node) {
    Slot<M>::put(member.emplace(), std::forward<T>(value), node);
  }
  template <class T>
  static std::optional<T> get(const std::optional<M>& member) {
    return member ? Slot<M>::template get<T>(*member) : std::nullopt;
  }
};

}  // namespace detail

// S is default constructible; the defaults of keys that are left out are those of a default-constructed S.
template <class S>
class Record {
 public:
  // `name` is used in messages: "unknown key 'colour' in 'furniture'", "'title' is missing in 'map file'".
  explicit Record(std::string name, std::string description = {})
      : name_(std::move(name)), description_(std::move(description)) {}

  // The member may be T, something T converts to, Located<T>, std::optional<T> or std::optional<Located<T>>.
  template <class M, class T>
  Record& required(std::string key, M S::*member, Type<T> type, std::string description, KeyNotes notes = {}) {
    return add(std::move(key), member, std::move(type), std::move(description), std::move(notes), true);
  }
  template <class M, class T>
  Record& optional(std::string key, M S::*member, Type<T> type, std::string description, KeyNotes notes = {}) {
    return add(std::move(key), member, std::move(type), std::move(description), std::move(notes), false);
  }

  // Keeps where the object itself stands.
  Record& location(base::Location S::*member) {
    location_ = member;
    return *this;
  }

  // Rules between keys, in the reader and in the schema alike.
  Record& exactly_one(std::vector<std::string> keys) { return rule({detail::KeyRule::Kind::ExactlyOne, std::move(keys)}); }
  Record& at_most_one(std::vector<std::string> keys) { return rule({detail::KeyRule::Kind::AtMostOne, std::move(keys)}); }
  Record& needs(std::string key, std::string other) {
    return rule({detail::KeyRule::Kind::Needs, {std::move(key), std::move(other)}});
  }

  // A rule that a schema can't say ("from is after to"); called when everything else is right. It adds to the problems.
  Record& check(std::function<void(const S&, const Node&, base::Problems&)> rule) {
    checks_.push_back(std::move(rule));
    return *this;
  }

  // As the type of a member of another record, or of list_of, either, …
  Type<S> type() const {
    Type<S> type;
    type.expected = "an object (" + name_ + ")";
    type.fits = [](const Node& node) { return node.is_object(); };
    const auto self = std::make_shared<const Record>(*this);  // copies of the type share it
    type.read_fitting = [self](const Node& node, base::Problems& problems) { return self->read_object(node, problems); };
    type.schema = [self](JsonWriter& w) { self->write_schema(w); };
    return type;
  }

  // The whole object; every problem is added. Nothing when there was an error.
  std::optional<S> read(const Node& node, base::Problems& problems) const {
    if (node.is_object()) return read_object(node, problems);
    report_unexpected(node, "an object (" + name_ + ")", problems);
    return std::nullopt;
  }
  // As far as it can be read: what is wrong keeps its default. For checks that go on after an error.
  S read_leniently(const Node& node, base::Problems& problems) const {
    S value{};
    if (node.is_object()) fill(value, node, problems);
    else report_unexpected(node, "an object (" + name_ + ")", problems);
    return value;
  }

  void write_schema(JsonWriter& w) const {  // the members of the schema object
    detail::write_record_schema(w, description_, keys_, rules_);
  }
  const std::string& name() const { return name_; }
  const std::vector<detail::KeyInfo>& keys() const { return keys_; }

 private:
  using Read = std::function<bool(S&, const Node&, base::Problems&)>;

  template <class M, class T>
  Record& add(std::string key, M S::*member, Type<T> type, std::string description, KeyNotes notes, bool required) {
    detail::KeyInfo info{std::move(key), std::move(description), required, {}, std::move(notes), type.schema};
    if (!required && info.notes.show_default)
      info.default_json = [member, type]() -> std::optional<std::string> {
        const S defaults{};
        const auto value = detail::Slot<M>::template get<T>(defaults.*member);
        if (!value) return std::nullopt;
        auto printed = type.print(*value);
        base::Problems problems;
        if (!printed || !type.read(detail::parse_default(*printed), problems)) return std::nullopt;
        return printed;
      };
    keys_.push_back(std::move(info));
    readers_.push_back([member, type](S& into, const Node& node, base::Problems& problems) {
      std::optional<T> value = type.read(node, problems);
      if (value) detail::Slot<M>::put(into.*member, std::move(*value), node);
      return value.has_value();
    });
    return *this;
  }
  Record& rule(detail::KeyRule rule) {
    rules_.push_back(std::move(rule));
    return *this;
  }
  bool fill(S& value, const Node& node, base::Problems& problems) const {
    bool good = detail::check_keys(node, name_, keys_, rules_, problems);
    if (location_) value.*location_ = node.location();
    for (std::size_t i = 0; i < keys_.size(); ++i)
      if (auto child = node.find(keys_[i].key)) good = readers_[i](value, *child, problems) && good;
    if (!good) return false;
    base::Problems found;
    for (const auto& check : checks_) check(value, node, found);
    good = !found.has_errors();
    problems.append(std::move(found));
    return good;
  }
  std::optional<S> read_object(const Node& node, base::Problems& problems) const {
    S value{};
    if (!fill(value, node, problems)) return std::nullopt;
    return value;
  }

  std::string name_, description_;
  std::vector<detail::KeyInfo> keys_;
  std::vector<Read> readers_;
  std::vector<detail::KeyRule> rules_;
  std::vector<std::function<void(const S&, const Node&, base::Problems&)>> checks_;
  base::Location S::*location_ = nullptr;
};

struct SchemaHead {
  std::string id, title, description;
};
// The schema of a whole document (JSON Schema, draft 2020-12), pretty, ending with a newline. Keys that the record
// itself refuses in a check() or a parsed<>() type may still pass the schema; all it accepts otherwise is the same.
std::string finish_schema(const SchemaHead& head, const std::function<void(JsonWriter&)>& members);
template <class S>
std::string json_schema(const Record<S>& record, const SchemaHead& head) {
  return finish_schema(head, [&record](JsonWriter& w) { record.write_schema(w); });
}

}  // namespace sitmap::document
