// Text: joining, splitting, case, labels of several sections, images.

#include <fmt/format.h>
#include <unicode/locid.h>
#include <unicode/unistr.h>


#include "expression/parser.hpp"
#include "expression/text_helpers.hpp"

namespace sitmap::expression {
namespace {

using P = Parser;
using J = JsonNode;

Type of(Kind kind) { return {.kind = kind, .item = {}, .length = {}}; }

std::string utf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}

bool evaluate_concat(Run& run, const std::vector<NodePtr>& args, Value& out) {
  std::string result;
  for (const NodePtr& arg : args) {
    Value scratch;
    const Value* value = arg->view(run, scratch);
    if (!value) return false;
    result += to_text(*value);
  }
  return out = std::move(result), true;
}

bool evaluate_upcase(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch;
  const std::string* text = text_of(run, args[0], scratch);
  if (!text) return false;
  return out = utf8(icu::UnicodeString::fromUTF8(*text).toUpper(icu::Locale::getRoot())), true;
}

bool evaluate_downcase(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch;
  const std::string* text = text_of(run, args[0], scratch);
  if (!text) return false;
  return out = utf8(icu::UnicodeString::fromUTF8(*text).toLower(icu::Locale::getRoot())), true;
}

bool evaluate_split(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch, mark_scratch;
  const std::string* text = text_of(run, args[0], scratch);
  const std::string* mark = text ? text_of(run, args[1], mark_scratch) : nullptr;
  if (!mark) return false;
  Array parts;
  if (mark->empty()) {  // into code points
    for (std::size_t i = 0; i < text->size();) {
      std::size_t end = i + 1;
      while (end < text->size() && (static_cast<unsigned char>((*text)[end]) & 0xC0U) == 0x80U) ++end;
      parts.emplace_back(text->substr(i, end - i));
      i = end;
    }
    return out = std::move(parts), true;
  }
  std::size_t start = 0;
  for (;;) {
    const std::size_t end = text->find(*mark, start);
    parts.emplace_back(text->substr(start, end == std::string::npos ? end : end - start));
    if (end == std::string::npos) break;
    start = end + mark->size();
  }
  return out = std::move(parts), true;
}

bool evaluate_join(Run& run, const std::vector<NodePtr>& args, Value& out) {
  Value scratch, mark_scratch;
  const Value* list = args[0]->view(run, scratch);
  const std::string* mark = list ? text_of(run, args[1], mark_scratch) : nullptr;
  if (!mark || !list->array()) return false;
  std::string result;
  for (std::size_t i = 0; i < list->array()->size(); ++i) {
    if (i > 0) result += *mark;
    result += to_text((*list->array())[i]);
  }
  return out = std::move(result), true;
}

NodePtr texts(Parser& parser, const JsonNode& list, const Place& at, std::size_t count, FunctionNode::Function function) {
  if (!parser.count(list, at, count, count)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::String);
  return args ? std::make_shared<FunctionNode>(of(Kind::String), std::move(*args), function) : nullptr;
}

NodePtr concat(Parser& parser, const JsonNode& list, const Place& at) {
  auto args = parser.arguments(list, 1, at, Kind::Any);
  return args ? std::make_shared<FunctionNode>(of(Kind::String), std::move(*args), evaluate_concat) : nullptr;
}

NodePtr split(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 2)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::String);
  if (!args) return nullptr;
  return std::make_shared<FunctionNode>(array_type(of(Kind::String)), std::move(*args), evaluate_split);
}

NodePtr join(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 2)) return nullptr;
  const Type strings = array_type(of(Kind::String));
  NodePtr items = parser.argument(list, 1, at, &strings);
  NodePtr mark = parser.argument(list, 2, at, Kind::String);
  if (!items || !mark) return nullptr;
  return std::make_shared<FunctionNode>(of(Kind::String), std::vector<NodePtr>{std::move(items), std::move(mark)},
                                        evaluate_join);
}

NodePtr image(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::String);
  if (!args) return nullptr;
  return std::make_shared<FunctionNode>(of(Kind::Image), std::move(*args),
                                        [](Run& run, const std::vector<NodePtr>& inputs, Value& out) {
                                          Value scratch;
                                          const std::string* name = text_of(run, inputs[0], scratch);
                                          if (!name) return false;
                                          out = name->empty() ? Value{} : Value(ImageName{*name});
                                          return true;
                                        });
}

// --- Format ---

class Format final : public Node {
 public:
  struct Section {
    NodePtr content, scale, fonts, color;  // the last three may be null
  };
  explicit Format(std::vector<Section> sections) : Node(of(Kind::Formatted)), sections_(std::move(sections)) {
    each_child([this](const NodePtr& child) { adopt(*child); });
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    for (const Section& section : sections_)
      for (const NodePtr& part : {section.content, section.scale, section.fonts, section.color})
        if (part) visit(part);
  }
  bool evaluate(Run& run, Value& out) const override {
    Formatted text;
    for (const Section& section : sections_) {
      FormattedSection made;
      Value content;
      if (!section.content->evaluate(run, content)) return false;
      if (const ImageName* name = content.get_if<ImageName>()) {
        made.image = name->name;
        text.sections.push_back(std::move(made));
        continue;
      }
      made.text = to_text(content);
      if (section.scale) {
        double scale = 1;
        if (!section.scale->number(run, scale)) return false;
        made.scale = scale;
      }
      if (section.fonts) {
        Value fonts;
        if (!section.fonts->evaluate(run, fonts)) return false;
        if (fonts.array())
          for (const Value& font : *fonts.array()) made.fonts.push_back(to_text(font));
      }
      if (section.color) {
        base::Color color;
        if (!section.color->color(run, color)) return false;
        made.color = color;
      }
      text.sections.push_back(std::move(made));
    }
    return out = std::move(text), true;
  }

 private:
  std::vector<Section> sections_;
};

NodePtr format(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, SIZE_MAX)) return nullptr;
  std::vector<Format::Section> sections;
  bool good = true, may_be_options = false;
  const Type any;
  for (std::size_t i = 1; i < list.size(); ++i) {
    const JsonNode json = list.at(i);
    if (json.is_object() && may_be_options) {
      may_be_options = false;
      Option options[] = {{"font-scale", of(Kind::Number)},
                          {"text-font", array_type(of(Kind::String))},
                          {"text-color", of(Kind::Color)},
                          {"vertical-align", of(Kind::String)}};
      good = read_options(parser, json, at.inside(i, nullptr), options) && good;
      sections.back().scale = options[0].node;
      sections.back().fonts = options[1].node;
      sections.back().color = options[2].node;
      continue;
    }
    if (json.is_object()) {
      good = parser.fail(json, at.inside(i, nullptr), "a section of 'format' begins with its text or image");
      continue;
    }
    NodePtr content = parser.parse(json, at.inside(i, &any));
    may_be_options = true;
    if (content && content->type.kind != Kind::String && content->type.kind != Kind::Any &&
        content->type.kind != Kind::Null && content->type.kind != Kind::Image && content->type.kind != Kind::Error)
      good = parser.fail(json, at.inside(i, nullptr),
                         fmt::format("a section must be a string or an image, found {}", to_text(content->type)),
                         "wrap it in 'to-string'");
    good = good && content;
    sections.push_back({.content = std::move(content), .scale = {}, .fonts = {}, .color = {}});
  }
  if (!good) return nullptr;
  return std::make_shared<Format>(std::move(sections));
}

NodePtr is_supported_script(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1) || !parser.argument(list, 1, at, Kind::String)) return nullptr;
  return std::make_shared<Literal>(Value(true));  // Pango shapes every script
}

}  // namespace

NodePtr make_concat(std::vector<NodePtr> args) {
  return std::make_shared<FunctionNode>(of(Kind::String), std::move(args), evaluate_concat);
}

std::vector<Operator> text_operators() {
  return {
      {"concat", concat},
      {"upcase", [](P& p, const J& j, const Place& at) { return texts(p, j, at, 1, evaluate_upcase); }},
      {"downcase", [](P& p, const J& j, const Place& at) { return texts(p, j, at, 1, evaluate_downcase); }},
      {"split", split},
      {"join", join},
      {"image", image},
      {"format", format},
      {"is-supported-script", is_supported_script},
  };
}

}  // namespace sitmap::expression
