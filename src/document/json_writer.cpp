#include "document/json_writer.hpp"

#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"

namespace sitmap::document {
namespace {

constexpr std::size_t kLineWidth = 100;

void append_quoted(std::string& out, std::string_view text) {
  out += '"';
  for (const char c : text) {
    switch (c) {
      case '"': out += "\\\""; break;
      case '\\': out += "\\\\"; break;
      case '\n': out += "\\n"; break;
      case '\r': out += "\\r"; break;
      case '\t': out += "\\t"; break;
      case '\b': out += "\\b"; break;
      case '\f': out += "\\f"; break;
      default:
        if (static_cast<unsigned char>(c) < 0x20) fmt::format_to(std::back_inserter(out), "\\u{:04x}", static_cast<int>(c));
        else out += c;
    }
  }
  out += '"';
}

std::string repaired_utf8(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::string_view one = base::code_point_prefix(text, 1);
    if (base::valid_utf8(one)) out += one;
    else out += "\xEF\xBF\xBD";
    text.remove_prefix(one.size());
  }
  return out;
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string out;
  if (base::valid_utf8(text)) append_quoted(out, text);
  else append_quoted(out, repaired_utf8(text));
  return out;
}

void JsonWriter::element() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (levels_.empty()) return;
  if (!levels_.back().elements.empty()) out_ += ',';
  if (indent_ >= 0) {
    out_ += '\n';
    out_.append(levels_.size() * static_cast<std::size_t>(indent_), ' ');
  }
  levels_.back().elements.push_back(out_.size());
}

JsonWriter& JsonWriter::begin(char bracket) {
  element();
  if (!levels_.empty()) levels_.back().nested = true;
  levels_.push_back({out_.size(), {}, false});
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::end(char bracket) {
  const Level level = std::move(levels_.back());
  levels_.pop_back();
  if (indent_ >= 0 && !level.elements.empty()) {
    const std::size_t gap = 2 + (levels_.size() + 1) * static_cast<std::size_t>(indent_);  // ",\n" and the indent
    const auto line_start = out_.rfind('\n', level.start) + 1;  // npos + 1 == 0
    const std::size_t on_one_line = out_.size() - (gap - 1) - (level.elements.size() - 1) * (gap - 2) + 1 - line_start;
    if (!level.nested && on_one_line <= kLineWidth) {
      std::string flat;
      for (std::size_t i = 0; i < level.elements.size(); ++i) {
        const std::size_t stop = i + 1 < level.elements.size() ? level.elements[i + 1] - gap : out_.size();
        if (i > 0) flat += ", ";
        flat.append(out_, level.elements[i], stop - level.elements[i]);
      }
      out_.resize(level.start + 1);
      out_ += flat;
    } else {
      out_ += '\n';
      out_.append(levels_.size() * static_cast<std::size_t>(indent_), ' ');
    }
  }
  out_ += bracket;
  return *this;
}

JsonWriter& JsonWriter::raw(std::string_view text) {
  element();
  out_ += text;
  return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  element();
  out_ += json_quoted(name);
  out_ += indent_ >= 0 ? ": " : ":";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) { return raw(json_quoted(text)); }

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  return raw(base::print_double(number));
}

JsonWriter& JsonWriter::value(const Node& node) {
  switch (node.kind()) {
    case Kind::Null: return null();
    case Kind::Bool: return value(node.as_bool());
    case Kind::Number:
      if (const auto exact = node.as_integer()) return value(*exact);
      if (std::isnan(node.as_number())) return value(".nan");
      if (std::isinf(node.as_number())) return value(node.as_number() > 0 ? ".inf" : "-.inf");
      return value(node.as_number());
    case Kind::String: return value(node.as_string());
    case Kind::Array:
      begin_array();
      for (const Node& item : node.items()) value(item);
      return end_array();
    case Kind::Object:
      begin_object();
      for (const Member& member : node.members()) key(member.key).value(member.value);
      return end_object();
  }
  return *this;
}

std::string JsonWriter::take() {
  levels_.clear();
  after_key_ = false;
  return std::exchange(out_, {});
}

}  // namespace sitmap::document
