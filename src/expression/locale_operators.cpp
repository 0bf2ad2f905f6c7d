// What depends on a language: numbers as text, collation.

#include <fmt/format.h>
#include <unicode/coll.h>
#include <unicode/locid.h>
#include <unicode/numberformatter.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <memory>

#include "expression/collate.hpp"
#include "expression/text_helpers.hpp"

namespace sitmap::expression {
namespace {

Type of(Kind kind) { return {.kind = kind, .item = {}, .length = {}}; }

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
    std::string result;
    text.toUTF8String(result);
    return out = std::move(result), true;
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

std::vector<Operator> locale_operators() {
  return {
      {"number-format", number_format},
      {"collator", collator},
      {"resolved-locale", resolved_locale},
  };
}

}  // namespace sitmap::expression
