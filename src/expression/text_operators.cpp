// Text: joining, case, formatting of numbers and labels, images, collation.

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>
#include <span>

#include "base/text.hpp"
#include "expression/collate.hpp"
#include "expression/parser.hpp"

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

const std::string* text_of(Run& run, const NodePtr& arg, Value& scratch) {
  const Value* value = arg->view(run, scratch);
  if (!value) return nullptr;
  const std::string* text = value->get_if<std::string>();
  if (!text) run.fail([&] { return fmt::format("expected string but found {}", type_name(*value)); });
  return text;
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

// The members of an options object, each an expression; unknown members are problems.
struct Option {
  std::string_view name;
  Type type;
  NodePtr node = {};
};
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

// --- Numbers as text, locales ---

std::string language_of(Run& run, const NodePtr& given, bool& good) {
  Value scratch;
  if (given) {
    const std::string* text = text_of(run, given, scratch);
    good = text != nullptr;
    if (text && !text->empty()) return *text;
  }
  return run.context.language.empty() ? "en" : std::string(run.context.language);
}

class NumberFormat final : public Node {
 public:
  struct Parts {
    NodePtr number, locale, currency, unit, least, most;
  };
  explicit NumberFormat(Parts parts) : Node(of(Kind::String)), parts_(std::move(parts)) {
    each_child([this](const NodePtr& child) { adopt(*child); });
    if (!parts_.locale) flags |= kOther;  // the language of the map
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    for (const NodePtr& part : {parts_.number, parts_.locale, parts_.currency, parts_.unit, parts_.least, parts_.most})
      if (part) visit(part);
  }
  bool evaluate(Run& run, Value& out) const override {
    double number = 0, least = 0, most = 3;
    if (!parts_.number->number(run, number)) return false;
    if (parts_.currency) least = most = 2;
    if (parts_.least && !parts_.least->number(run, least)) return false;
    most = std::max(most, least);
    if (parts_.most && !parts_.most->number(run, most)) return false;
    if (!parts_.least) least = std::min(least, most);
    if (!(least >= 0 && most <= 100 && least <= most))
      return run.fail([] { return std::string("the fraction digits must be between 0 and 100, the least first"); });
    bool good = true;
    UErrorCode status = U_ZERO_ERROR;
    const icu::Locale locale = icu::Locale::forLanguageTag(language_of(run, parts_.locale, good), status);
    if (!good) return false;
    auto formatter = icu::number::NumberFormatter::withLocale(locale)
                         .precision(icu::number::Precision::minMaxFraction(static_cast<int>(least), static_cast<int>(most)))
                         .roundingMode(UNUM_ROUND_HALFUP);
    Value scratch;
    if (parts_.currency) {
      const std::string* code = text_of(run, parts_.currency, scratch);
      if (!code) return false;
      formatter = formatter.unit(icu::CurrencyUnit(icu::UnicodeString::fromUTF8(*code).getTerminatedBuffer(), status));
    } else if (parts_.unit) {
      const std::string* name = text_of(run, parts_.unit, scratch);
      if (!name) return false;
      formatter = formatter.unit(icu::MeasureUnit::forIdentifier(*name, status)).unitWidth(UNUM_UNIT_WIDTH_SHORT);
    }
    const icu::UnicodeString text = formatter.formatDouble(number, status).toString(status);
    if (U_FAILURE(status)) return run.fail([&] { return fmt::format("cannot format a number: {}", u_errorName(status)); });
    return out = utf8(text), true;
  }

 private:
  Parts parts_;
};

NodePtr number_format(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 2, 2)) return nullptr;
  NodePtr number = parser.argument(list, 1, at, Kind::Number);
  const JsonNode json = list.at(2);
  if (!json.is_object())
    return parser.fail(json, at.inside(2, nullptr), fmt::format("expected the options of 'number-format', found {}", json.describe()));
  Option options[] = {{"locale", of(Kind::String)},
                      {"currency", of(Kind::String)},
                      {"unit", of(Kind::String)},
                      {"min-fraction-digits", of(Kind::Number)},
                      {"max-fraction-digits", of(Kind::Number)}};
  if (!read_options(parser, json, at.inside(2, nullptr), options) || !number) return nullptr;
  if (options[1].node && options[2].node)
    return parser.fail(json, at.inside(2, nullptr), "'currency' and 'unit' cannot both be given");
  return std::make_shared<NumberFormat>(NumberFormat::Parts{std::move(number), options[0].node, options[1].node,
                                                            options[2].node, options[3].node, options[4].node});
}

// A collator is an object of its options.
class Collator final : public Node {
 public:
  Collator(NodePtr case_sensitive, NodePtr diacritic_sensitive, NodePtr locale)
      : Node(of(Kind::Collator)), parts_{std::move(case_sensitive), std::move(diacritic_sensitive), std::move(locale)} {
    each_child([this](const NodePtr& child) { adopt(*child); });
    flags |= kOther;
  }
  void each_child(const std::function<void(const NodePtr&)>& visit) const override {
    for (const NodePtr& part : parts_)
      if (part) visit(part);
  }
  bool evaluate(Run& run, Value& out) const override {
    bool cases = false, marks = false, good = true;
    if (parts_[0] && !parts_[0]->boolean(run, cases)) return false;
    if (parts_[1] && !parts_[1]->boolean(run, marks)) return false;
    std::string locale = language_of(run, parts_[2], good);
    if (!good) return false;
    return out = Object{{"case-sensitive", cases}, {"diacritic-sensitive", marks}, {"locale", std::move(locale)}}, true;
  }

 private:
  NodePtr parts_[3];
};

NodePtr collator(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  const JsonNode json = list.at(1);
  if (!json.is_object())
    return parser.fail(json, at.inside(1, nullptr), fmt::format("expected the options of 'collator', found {}", json.describe()));
  Option options[] = {{"case-sensitive", of(Kind::Boolean)}, {"diacritic-sensitive", of(Kind::Boolean)}, {"locale", of(Kind::String)}};
  if (!read_options(parser, json, at.inside(1, nullptr), options)) return nullptr;
  return std::make_shared<Collator>(options[0].node, options[1].node, options[2].node);
}

NodePtr resolved_locale(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1)) return nullptr;
  auto args = parser.arguments(list, 1, at, Kind::Collator);
  if (!args) return nullptr;
  return std::make_shared<FunctionNode>(of(Kind::String), std::move(*args),
                                        [](Run& run, const std::vector<NodePtr>& inputs, Value& out) {
                                          Value made;
                                          if (!inputs[0]->evaluate(run, made)) return false;
                                          Value locale = made.object()->at("locale");
                                          return out = std::move(locale), true;
                                        });
}

NodePtr is_supported_script(Parser& parser, const JsonNode& list, const Place& at) {
  if (!parser.count(list, at, 1, 1) || !parser.argument(list, 1, at, Kind::String)) return nullptr;
  return std::make_shared<Literal>(Value(true));  // Pango shapes every script
}

}  // namespace

bool collate(Run& run, const Node& collator_node, const std::string& a, const std::string& b, int& order) {
  Value options;
  if (!collator_node.evaluate(run, options)) return false;
  const bool cases = *options.object()->at("case-sensitive").get_if<bool>();
  const bool marks = *options.object()->at("diacritic-sensitive").get_if<bool>();
  UErrorCode status = U_ZERO_ERROR;
  const icu::Locale locale = icu::Locale::forLanguageTag(*options.object()->at("locale").get_if<std::string>(), status);
  const std::unique_ptr<icu::Collator> made(icu::Collator::createInstance(locale, status));
  if (U_FAILURE(status) || !made)
    return run.fail([&] { return fmt::format("no collation for this locale: {}", u_errorName(status)); });
  made->setStrength(marks ? (cases ? icu::Collator::TERTIARY : icu::Collator::SECONDARY) : icu::Collator::PRIMARY);
  if (cases && !marks) made->setAttribute(UCOL_CASE_LEVEL, UCOL_ON, status);
  order = made->compareUTF8(a, b, status);
  return true;
}

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
      {"number-format", number_format},
      {"collator", collator},
      {"resolved-locale", resolved_locale},
      {"is-supported-script", is_supported_script},
  };
}

}  // namespace sitmap::expression
