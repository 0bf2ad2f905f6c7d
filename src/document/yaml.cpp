#include <charconv>
#include <cmath>
#include <limits>
#include <sstream>
#include <unordered_map>

#include <fmt/format.h>
#include <yaml-cpp/depthguard.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/mark.h>
#include <yaml-cpp/parser.h>

#include "base/file.hpp"
#include "base/text.hpp"
#include "document/read.hpp"
#include "document/tree.hpp"

namespace sitmap::document {
namespace {

bool one_of_words(std::string_view text, std::initializer_list<std::string_view> words) {
  for (const std::string_view word : words)
    if (text == word) return true;
  return false;
}
bool is_null_word(std::string_view text) { return one_of_words(text, {"", "~", "null", "Null", "NULL"}); }

std::optional<double> whole_number(std::string_view digits, int base) {
  if (digits.empty()) return std::nullopt;
  double number = 0;
  for (const char c : digits) {
    const int digit = c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : c >= 'A' && c <= 'F' ? c - 'A' + 10 : 99;
    if (digit >= base) return std::nullopt;
    number = number * base + digit;
  }
  return number;
}

// The numbers of YAML 1.2's core schema (section 10.3.2); nothing for all else.
std::optional<double> core_number(std::string_view text) {
  if (text.starts_with("0x")) return whole_number(text.substr(2), 16);
  if (text.starts_with("0o")) return whole_number(text.substr(2), 8);
  if (one_of_words(text, {".nan", ".NaN", ".NAN"})) return std::numeric_limits<double>::quiet_NaN();
  const bool negative = text.starts_with('-');
  std::string_view body = text;
  if (text.starts_with('-') || text.starts_with('+')) body.remove_prefix(1);
  if (one_of_words(body, {".inf", ".Inf", ".INF"})) return negative ? -INFINITY : INFINITY;
  std::size_t at = 0, digits = 0;
  const auto run = [&] {
    const std::size_t start = at;
    while (at < body.size() && body[at] >= '0' && body[at] <= '9') ++at;
    return at - start;
  };
  digits = run();
  if (at < body.size() && body[at] == '.') {
    ++at;
    digits += run();
  }
  if (digits == 0) return std::nullopt;
  bool small = false;
  if (at < body.size() && (body[at] == 'e' || body[at] == 'E')) {
    ++at;
    small = at < body.size() && body[at] == '-';
    if (at < body.size() && (body[at] == '+' || body[at] == '-')) ++at;
    if (run() == 0) return std::nullopt;
  }
  if (at != body.size()) return std::nullopt;
  double number = 0;
  if (std::from_chars(body.data(), body.data() + body.size(), number).ec == std::errc::result_out_of_range)
    number = small || body.starts_with("0.") || body.starts_with('.') ? 0 : INFINITY;
  return negative ? -number : number;
}

constexpr std::string_view kMisfit = "this doesn't fit what stands above";
constexpr std::string_view kMisfitHint = "look at the indentation, and for a quote or bracket that closes too early";
constexpr std::string_view kYamlTag = "tag:yaml.org,2002:";

class Handler final : public YAML::EventHandler {
 public:
  explicit Handler(TreeBuilder& builder) : builder_(builder) {}

  void OnDocumentStart(const YAML::Mark& mark) override {
    if (documents_++ == 0) return;
    const std::size_t at = offset(mark);
    if (!std::string_view(builder_.source()).substr(at).starts_with("---")) builder_.fail(at, std::string(kMisfit), std::string(kMisfitHint));
    builder_.fail(at, "a second document begins here", "a file holds one; remove what follows '---'");
  }
  void OnDocumentEnd() override {}

  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Cell cell;
    cell.offset = static_cast<std::uint32_t>(offset(mark));
    const std::string_view source = builder_.source();
    for (const std::string_view word : {"~", "null", "Null", "NULL"})
      if (source.substr(cell.offset).starts_with(word)) cell.text = {cell.offset, static_cast<std::uint32_t>(word.size()), false};
    if (cell.text.size == 0 && !frames_.empty() && frames_.back().has_key) {
      check_colon();
      cell.offset = static_cast<std::uint32_t>(frames_.back().key_offset);
    }
    value(cell, anchor, false);
  }

  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    const std::size_t at = offset(mark);
    const auto found = anchors_.find(anchor);
    if (found == anchors_.end()) builder_.fail(at, "the alias stands before its anchor");
    if (builder_.is_open(found->second)) builder_.fail(at, "the alias stands within the value that it repeats");
    const Cell& cell = builder_.tree().cells[found->second];
    if (expects_key()) {
      if (cell.kind >= Kind::Array) builder_.fail(at, "a key must be text");
      return key(cell.text, at, false);
    }
    copy(found->second, at);
    value_done();
  }

  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& text) override {
    Cell cell;
    cell.kind = Kind::String;
    cell.offset = static_cast<std::uint32_t>(offset(mark));
    cell.text = builder_.keep(text);
    cell.quoted = tag == "!";
    if (tag == "!") check_quote(cell.offset);
    if (tag == "?") type_plain(cell, text);
    else if (tag != "!") type_tagged(cell, tag, text);
    value(cell, anchor, tag == "?" && text == "<<");
  }

  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value) override {
    open(Kind::Array, mark, tag, "seq", anchor, false);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Kind::Object, mark, tag, "map", anchor, style == YAML::EmitterStyle::Block);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    bool object = false;
    bool has_key = false;
    bool block = false;
    std::size_t key_offset = 0;
    TextRef key{};
  };

  std::size_t offset(const YAML::Mark& mark) const {
    return std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), builder_.source().size());
  }
  bool expects_key() const { return !frames_.empty() && frames_.back().object && !frames_.back().has_key; }

  void key(TextRef text, std::size_t at, bool merge) {
    builder_.key(text, at, merge);
    frames_.back().has_key = true;
    frames_.back().key_offset = at;
    frames_.back().key = text;
  }
  void value_done() {
    if (!frames_.empty()) frames_.back().has_key = false;
  }
  void value(const Cell& cell, YAML::anchor_t anchor, bool merge) {
    if (expects_key()) {
      if (cell.kind == Kind::Null && cell.text.size == 0) builder_.fail(cell.offset, "a key is missing here");
      if (anchor != YAML::NullAnchor) builder_.fail(cell.offset, "an anchor on a key is not supported");
      return key(cell.text, cell.offset, merge);
    }
    const std::uint32_t index = builder_.scalar(cell);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = index;
    value_done();
  }
  void open(Kind kind, const YAML::Mark& mark, const std::string& tag, std::string_view own, YAML::anchor_t anchor, bool block) {
    const std::size_t at = offset(mark);
    if (expects_key()) builder_.fail(at, "a list or an object can't be a key", "is its closing bracket missing? Text that begins with a bracket wants quotes");
    if (tag != "?" && tag != "!" && !tag.empty() && tag != fmt::format("{}{}", kYamlTag, own)) unknown_tag(at, tag);
    const std::uint32_t index = builder_.open(kind, at);
    if (anchor != YAML::NullAnchor) anchors_[anchor] = index;
    frames_.push_back({.object = kind == Kind::Object, .block = block});
  }
  void close() {
    builder_.close();
    frames_.pop_back();
    value_done();
  }

  // yaml-cpp takes a line without ':' in an object as a key without value, and lets a quote end with the file.
  void check_colon() const {
    const Frame& frame = frames_.back();
    const std::string_view key = builder_.tree().text(frame.key);
    std::string_view rest = std::string_view(builder_.source()).substr(frame.key_offset);
    if (!frame.block || !rest.starts_with(key)) return;
    rest.remove_prefix(key.size());
    rest.remove_prefix(std::min(rest.find_first_not_of(" \t\n"), rest.size()));
    if (!rest.starts_with(':')) builder_.fail(frame.key_offset, fmt::format("a ':' is missing after '{}'", base::code_point_prefix(key, 40)));
  }
  void check_quote(std::size_t at) const {
    const std::string_view source = builder_.source();
    const char quote = at < source.size() ? source[at] : '\0';
    if (quote != '"' && quote != '\'') return;
    for (std::size_t i = at + 1; i < source.size(); ++i) {
      const bool escaped = quote == '"' ? source[i] == '\\' : source.substr(i).starts_with("''");
      if (escaped) ++i;
      else if (source[i] == quote) return;
    }
    builder_.fail(at, "the text that begins here has no end", "close the quote");
  }
  [[noreturn]] void unknown_tag(std::size_t at, const std::string& tag) const {
    builder_.fail(at, fmt::format("the tag '{}' is not known", tag), "remove it, or put the text in quotes if it begins with '!'");
  }
  static void type_plain(Cell& cell, std::string_view text) {
    if (is_null_word(text)) {
      cell.kind = Kind::Null;
    } else if (one_of_words(text, {"true", "True", "TRUE"})) {
      cell.kind = Kind::Bool;
      cell.flag = true;
    } else if (one_of_words(text, {"false", "False", "FALSE"})) {
      cell.kind = Kind::Bool;
    } else if (const auto number = core_number(text)) {
      cell.kind = Kind::Number;
      cell.number = *number;
    }
  }
  void type_tagged(Cell& cell, std::string_view tag, std::string_view text) const {
    if (!tag.starts_with(kYamlTag)) unknown_tag(cell.offset, std::string(tag));
    const std::string_view name = tag.substr(kYamlTag.size());
    if (name == "str") {
      cell.quoted = true;
      return;
    }
    if (!one_of_words(name, {"int", "float", "bool", "null"})) unknown_tag(cell.offset, std::string(tag));
    type_plain(cell, text);
    const Kind wanted = name == "bool" ? Kind::Bool : name == "null" ? Kind::Null : Kind::Number;
    if (cell.kind != wanted || (name == "int" && cell.number != std::trunc(cell.number)))
      builder_.fail(cell.offset, fmt::format("'{}' can't be read as !!{}", text, name));
  }

  void copy(std::uint32_t from, std::size_t alias_at) {
    if (++alias_cells_ > kMaxAliasCells)
      builder_.fail(alias_at, fmt::format("aliases expand to more than {} values", kMaxAliasCells), "write the values out, or use fewer aliases");
    const Tree& tree = builder_.tree();
    const Cell cell = tree.cells[from];
    if (cell.kind < Kind::Array) return void(builder_.scalar(cell));
    builder_.open(cell.kind, cell.offset);
    for (std::uint32_t i = cell.text.begin; i < cell.text.begin + cell.text.size; ++i) {
      if (cell.kind == Kind::Array) {
        copy(tree.items[i], alias_at);
      } else {
        const MemberCell member = tree.members[i];
        builder_.key(member.key, member.key_offset);
        copy(member.value, alias_at);
      }
    }
    builder_.close();
  }

  TreeBuilder& builder_;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, std::uint32_t> anchors_;
  std::size_t alias_cells_ = 0;
  int documents_ = 0;
};

std::string with_unix_line_ends(std::string text) {
  if (text.find('\r') == std::string::npos) return text;
  std::string out;
  out.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '\r') out += text[i];
    else if (i + 1 == text.size() || text[i + 1] != '\n') out += '\n';
  }
  return out;
}

constexpr std::string_view kCloseIt = "close it";  // such an error points at what is open
struct Explained {
  std::string_view said, message, hint;
};
constexpr Explained kExplained[] = {
    {"illegal map value", "a ':' can't stand here", "text that holds ': ' wants quotes; else look at the indentation"},
    {"end of map not found", kMisfit, kMisfitHint},
    {"end of map flow not found", "the '{' has no '}'", kCloseIt},
    {"end of sequence not found", kMisfit, kMisfitHint},
    {"end of sequence flow not found", "the '[' has no ']'", kCloseIt},
    {"illegal flow end", "a bracket closes that was not opened", "remove it, or put the text in quotes"},
    {"illegal block entry", "a list item can't stand here", "look at the indentation"},
    {"illegal map key", "a key can't stand here", "look at the indentation"},
    {"unknown token", "this character can't begin a value", "put the text in quotes"},
    {"illegal EOF in scalar", "a text in quotes has no end", "close the quote"},
    {"illegal document indicator in scalar", "a text in quotes has no end before '---'", "close the quote"},
    {"illegal tab when looking for indentation", "a tab stands in the indentation", "indent with spaces"},
    {"the referenced anchor is not defined", "the alias has no anchor before it", "text that begins with '*' wants quotes"},
};

}  // namespace

Node parse_yaml(std::string text, std::string file) {
  TreeBuilder builder(file, with_unix_line_ends(checked_source(std::move(text), file)));
  Handler handler(builder);
  try {
    std::istringstream stream(builder.source());
    YAML::Parser parser(stream);
    while (parser.HandleNextDocument(handler)) {
    }
  } catch (const YAML::Exception& error) {
    const std::size_t at = error.mark.is_null() ? 0 : static_cast<std::size_t>(std::max(error.mark.pos, 0));
    if (dynamic_cast<const YAML::DeepRecursion*>(&error))
      builder.fail(at, fmt::format("lists and objects stand more than {} deep within each other", kMaxDepth));
    for (const Explained& known : kExplained)
      if (error.msg.starts_with(known.said)) builder.fail(known.hint == kCloseIt ? builder.innermost().value_or(at) : at, std::string(known.message), std::string(known.hint));
    builder.fail(at, "this is not valid YAML: " + error.msg);
  }
  return builder.finish();
}

Node read_document(const std::filesystem::path& path) {
  const std::string ending = base::ascii_lower(path.extension().string());
  if (ending == ".yaml" || ending == ".yml") return parse_yaml(base::read_file(path), path.string());
  if (ending == ".json" || ending == ".geojson") return parse_json(base::read_file(path), path.string());
  throw base::InputError(base::Location{path.string(), 0, 0, {}}, "the file is neither YAML nor JSON by its ending",
                         "name it .yaml or .json");
}

}  // namespace sitmap::document
