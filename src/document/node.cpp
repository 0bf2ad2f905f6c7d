#include "document/node.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.hpp"
#include "document/json_writer.hpp"
#include "document/tree.hpp"

namespace sitmap::document {
namespace {

const Cell kNull;

const Cell& cell_of(const std::shared_ptr<const Tree>& tree, std::uint32_t index) {
  return tree ? tree->cells[index] : kNull;
}

void expect(Kind found, Kind wanted) {
  if (found != wanted)
    throw std::logic_error(fmt::format("document::Node: asked for {}, holds {}", name_of(wanted), name_of(found)));
}

bool plain_key(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
  });
}

}  // namespace

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::Null: return "nothing";
    case Kind::Bool: return "a boolean";
    case Kind::Number: return "a number";
    case Kind::String: return "text";
    case Kind::Array: return "a list";
    case Kind::Object: return "an object";
  }
  return "";
}

Kind Node::kind() const { return cell_of(tree_, cell_).kind; }

bool Node::as_bool() const {
  expect(kind(), Kind::Bool);
  return tree_->cells[cell_].flag;
}

double Node::as_number() const {
  expect(kind(), Kind::Number);
  return tree_->cells[cell_].number;
}

std::string_view Node::as_string() const {
  expect(kind(), Kind::String);
  return text();
}

std::optional<long long> Node::as_integer() const {
  if (!is_number()) return std::nullopt;
  if (auto exact = base::parse_integer(text())) return exact;
  const double number = as_number();
  if (std::abs(number) > 9007199254740992.0 || number != std::trunc(number)) return std::nullopt;  // NaN fails here too
  return static_cast<long long>(number);
}

std::string_view Node::text() const {
  return tree_ && is_scalar() ? tree_->text(tree_->cells[cell_].text) : std::string_view();
}

bool Node::quoted() const { return cell_of(tree_, cell_).quoted; }

std::size_t Node::size() const { return is_scalar() ? 0 : tree_->cells[cell_].text.size; }

Node Node::at(std::size_t index) const {
  if (index >= size()) throw std::out_of_range("document::Node::at");
  const Cell& cell = tree_->cells[cell_];
  const std::size_t child = cell.text.begin + index;
  return {tree_, cell.kind == Kind::Array ? tree_->items[child] : tree_->members[child].value};
}

Member Node::member(std::size_t index) const {
  if (!is_object() || index >= size()) throw std::out_of_range("document::Node::member");
  const MemberCell& member = tree_->members[tree_->cells[cell_].text.begin + index];
  return {tree_->text(member.key), Node(tree_, member.value), member.key_offset};
}

std::optional<Node> Node::find(std::string_view key) const {
  if (!is_object()) return std::nullopt;
  const Cell& cell = tree_->cells[cell_];
  const auto begin = tree_->by_key.begin() + cell.text.begin, end = begin + cell.text.size;
  const auto name = [&](std::uint32_t member) { return tree_->text(tree_->members[member].key); };
  auto found = end;
  if (cell.text.size <= 8) {
    found = std::find_if(begin, end, [&](std::uint32_t member) { return name(member) == key; });
  } else {
    found = std::lower_bound(begin, end, key, [&](std::uint32_t member, std::string_view k) { return name(member) < k; });
    if (found != end && name(*found) != key) found = end;
  }
  if (found == end) return std::nullopt;
  return Node(tree_, tree_->members[*found].value);
}

base::Location Node::location() const { return tree_ ? tree_->location(cell_of(tree_, cell_).offset) : base::Location{}; }

base::Location Member::key_location() const {
  return value.tree_ ? value.tree_->location(key_offset) : base::Location{};
}

const std::string& Node::file() const {
  static const std::string kNone;
  return tree_ ? tree_->file : kNone;
}

std::string Node::path() const {
  std::vector<std::string> steps;
  for (std::uint32_t at = cell_; tree_ && tree_->cells[at].parent != Cell::kNoCell; at = tree_->cells[at].parent) {
    const Cell& parent = tree_->cells[tree_->cells[at].parent];
    for (std::uint32_t i = parent.text.begin; i < parent.text.begin + parent.text.size; ++i) {
      if (parent.kind == Kind::Array) {
        if (tree_->items[i] != at) continue;
        steps.push_back(fmt::format("[{}]", i - parent.text.begin));
      } else {
        if (tree_->members[i].value != at) continue;
        const std::string_view key = tree_->text(tree_->members[i].key);
        steps.push_back(plain_key(key) ? fmt::format(".{}", key) : fmt::format("[{}]", json_quoted(key)));
      }
      break;
    }
  }
  std::string out;
  for (auto step = steps.rbegin(); step != steps.rend(); ++step) out += *step;
  return out.starts_with('.') ? out.substr(1) : out;
}

std::string Node::describe() const {
  switch (kind()) {
    case Kind::Null: return "nothing";
    case Kind::Bool: return fmt::format("the boolean {}", as_bool());
    case Kind::Number: return fmt::format("number {}", text());
    case Kind::String: {
      const std::string_view shown = base::code_point_prefix(as_string(), 40);
      std::string flat(shown);
      std::replace_if(flat.begin(), flat.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
      return fmt::format("text '{}{}'", flat, shown.size() < as_string().size() ? "…" : "");
    }
    case Kind::Array: return size() == 0 ? "an empty list" : fmt::format("a list of {} item{}", size(), size() == 1 ? "" : "s");
    case Kind::Object: return size() == 0 ? "an empty object" : "an object";
  }
  return {};
}

std::string Node::to_json(int indent) const {
  JsonWriter writer(indent);
  writer.value(*this);
  return writer.take();
}

bool operator==(const Node& a, const Node& b) {
  if (a.tree_ == b.tree_ && a.cell_ == b.cell_) return true;
  if (a.kind() != b.kind() || a.size() != b.size()) return false;
  switch (a.kind()) {
    case Kind::Null: return true;
    case Kind::Bool: return a.as_bool() == b.as_bool();
    case Kind::Number: {
      const auto exact_a = a.as_integer(), exact_b = b.as_integer();
      if (exact_a || exact_b) return exact_a == exact_b;
      return a.as_number() == b.as_number() || (std::isnan(a.as_number()) && std::isnan(b.as_number()));
    }
    case Kind::String: return a.as_string() == b.as_string();
    case Kind::Array:
      for (std::size_t i = 0; i < a.size(); ++i)
        if (!(a.at(i) == b.at(i))) return false;
      return true;
    case Kind::Object:
      for (const Member& member : a.members()) {
        const auto other = b.find(member.key);
        if (!other || !(member.value == *other)) return false;
      }
      return true;
  }
  return false;
}

}  // namespace sitmap::document
