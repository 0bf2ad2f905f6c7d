// A strict RFC 8259 parser that knows where it is; recursion is bounded by kMaxDepth.

#include <charconv>
#include <cmath>

#include <fmt/format.h>

#include "base/text.hpp"
#include "document/read.hpp"
#include "document/tree.hpp"

namespace sitmap::document {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

class JsonParser {
 public:
  JsonParser(std::string file, std::string source)
      : builder_(std::move(file), std::move(source)), text_(builder_.source()) {}

  Node parse() {
    skip_space();
    if (at_end()) fail("the file is empty", "JSON needs at least one value, such as {}");
    value();
    skip_space();
    if (!at_end()) fail("the document ends before this", unexpected_hint());
    return builder_.finish();
  }

 private:
  bool at_end() const { return at_ >= text_.size(); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }

  void skip_space() {
    while (at_ < text_.size() && (text_[at_] == ' ' || text_[at_] == '\n' || text_[at_] == '\t' || text_[at_] == '\r')) ++at_;
  }

  [[noreturn]] void fail(std::string message, std::string hint = {}) const {
    builder_.fail(at_, std::move(message), std::move(hint));
  }
  [[noreturn]] void fail_expecting(std::string_view what) const {
    if (at_end()) fail(fmt::format("the file ends where {} should stand", what));
    fail(fmt::format("expected {}, found '{}'", what, base::code_point_prefix(text_.substr(at_), 1)), unexpected_hint());
  }
  std::string unexpected_hint() const {
    const std::string_view rest = text_.substr(std::min(at_, text_.size()));
    if (rest.starts_with("//") || rest.starts_with("/*") || rest.starts_with('#')) return "JSON has no comments; remove it";
    if (rest.starts_with('\'')) return "JSON text stands in double quotes";
    for (const std::string_view word : {"True", "False", "None", "NaN", "Infinity", "nan", "undefined", "TRUE", "FALSE"})
      if (rest.starts_with(word)) return "JSON knows true, false, null and plain numbers";
    return {};
  }

  void value() {
    switch (peek()) {
      case '{': return object();
      case '[': return array();
      case '"': {
        Cell cell = begin(Kind::String);
        cell.quoted = true;
        cell.text = string();
        builder_.scalar(cell);
        return;
      }
      case 't': return word("true", Kind::Bool, true);
      case 'f': return word("false", Kind::Bool, false);
      case 'n': return word("null", Kind::Null, false);
      default:
        if (peek() == '-' || is_digit(peek())) return number();
        fail_expecting("a value");
    }
  }

  Cell begin(Kind kind) const {
    Cell cell;
    cell.kind = kind;
    cell.offset = static_cast<std::uint32_t>(at_);
    return cell;
  }
  TextRef since(std::size_t start) const {
    return {static_cast<std::uint32_t>(start), static_cast<std::uint32_t>(at_ - start), false};
  }

  void word(std::string_view name, Kind kind, bool flag) {
    if (!text_.substr(at_).starts_with(name)) fail_expecting("a value");
    Cell cell = begin(kind);
    const std::size_t start = at_;
    at_ += name.size();
    cell.text = since(start);
    cell.flag = flag;
    builder_.scalar(cell);
  }

  void object() {
    builder_.open(Kind::Object, at_++);
    skip_space();
    if (peek() == '}') return ++at_, builder_.close();
    for (;;) {
      if (peek() != '"') fail_expecting("a key in double quotes");
      const std::size_t key_at = at_;
      const TextRef key = string();
      skip_space();
      if (peek() != ':') fail_expecting("':' after the key");
      ++at_;
      skip_space();
      builder_.key(key, key_at);
      value();
      if (!next('}')) return;
    }
  }

  void array() {
    builder_.open(Kind::Array, at_++);
    skip_space();
    if (peek() == ']') return ++at_, builder_.close();
    for (;;) {
      value();
      if (!next(']')) return;
    }
  }

  // After a member or an item: true when a comma leads to another.
  bool next(char bracket) {
    skip_space();
    if (peek() == bracket && !at_end()) {
      ++at_;
      builder_.close();
      return false;
    }
    if (peek() != ',') fail_expecting(bracket == '}' ? "',' or '}'" : "',' or ']'");
    const std::size_t comma = at_++;
    skip_space();
    if (peek() == bracket) {
      at_ = comma;
      fail("a comma stands after the last value", "remove it");
    }
    return true;
  }

  void number() {
    const std::size_t start = at_;
    Cell cell = begin(Kind::Number);
    if (peek() == '-') ++at_;
    const std::size_t digits = at_;
    if (!is_digit(peek())) fail_expecting("a digit");
    while (is_digit(peek())) ++at_;
    if (text_[digits] == '0' && at_ - digits > 1) {
      at_ = start;
      fail("a number can't begin with 0", "remove the zero");
    }
    bool whole = true;
    if (peek() == '.') {
      whole = false;
      ++at_;
      if (!is_digit(peek())) fail_expecting("a digit after the point");
      while (is_digit(peek())) ++at_;
    }
    if (peek() == 'e' || peek() == 'E') {
      whole = false;
      ++at_;
      if (peek() == '+' || peek() == '-') ++at_;
      if (!is_digit(peek())) fail_expecting("a digit of the exponent");
      while (is_digit(peek())) ++at_;
    }
    cell.text = since(start);
    if (whole && at_ - digits <= 15) {
      std::int64_t exact = 0;
      for (std::size_t i = digits; i < at_; ++i) exact = exact * 10 + (text_[i] - '0');
      cell.number = static_cast<double>(exact);
      if (digits != start) cell.number = -cell.number;
    } else {
      const auto result = std::from_chars(text_.data() + start, text_.data() + at_, cell.number);
      if (result.ec == std::errc::result_out_of_range) cell.number = out_of_range(start);
    }
    builder_.scalar(cell);
  }

  // Too small is zero, too large an error. from_chars doesn't say which, so the decimal exponent of the first
  // significant digit is reckoned from the text.
  double out_of_range(std::size_t start) {
    const std::string_view digits = text_.substr(start, at_ - start);
    long long exponent = 0, before_point = 0, leading_zeros = 0;
    bool point = false, significant = false;
    for (std::size_t i = 0; i < digits.size(); ++i) {
      const char c = digits[i];
      if (c == '.') point = true;
      else if (c == 'e' || c == 'E') {
        const auto written = base::parse_integer(digits.substr(i + 1));
        exponent = written ? *written : (digits[i + 1] == '-' ? -1'000'000'000'000 : 1'000'000'000'000);
        break;
      } else if (is_digit(c)) {
        significant = significant || c != '0';
        if (!point) before_point += significant ? 1 : 0;
        else leading_zeros += significant ? 0 : 1;
      }
    }
    if (!significant || exponent + before_point - (before_point == 0 ? leading_zeros : 0) < 0) return digits[0] == '-' ? -0.0 : 0.0;
    at_ = start;
    fail("the number is too large", "the largest is about 1.8e308");
  }

  TextRef string() {
    const std::size_t quote = at_++;
    const std::size_t start = at_;
    for (;; ++at_) {
      if (at_end()) return unterminated(quote);
      const char c = text_[at_];
      if (c == '"') {
        const TextRef ref = since(start);
        ++at_;
        return ref;
      }
      if (c == '\\') break;
      if (static_cast<unsigned char>(c) < 0x20) control(c, quote);
    }
    std::string& arena = builder_.arena();
    TextRef ref{static_cast<std::uint32_t>(arena.size()), 0, true};
    arena.append(text_, start, at_ - start);
    for (;;) {
      if (at_end()) return unterminated(quote);
      const char c = text_[at_];
      if (c == '"') break;
      if (static_cast<unsigned char>(c) < 0x20) control(c, quote);
      if (c == '\\') {
        escape(arena);
      } else {
        arena += c;
        ++at_;
      }
    }
    ++at_;
    ref.size = static_cast<std::uint32_t>(arena.size() - ref.begin);
    return ref;
  }

  [[noreturn]] TextRef unterminated(std::size_t quote) {
    at_ = quote;
    fail("the text that begins here has no end", "close it with '\"'");
  }
  [[noreturn]] void control(char c, std::size_t quote) {
    if (c == '\n') unterminated(quote);
    fail("a control character stands in the text", c == '\t' ? "write it as \\t" : "write it as an escape");
  }

  void escape(std::string& out) {
    const std::size_t start = at_++;
    const char c = peek();
    ++at_;
    switch (c) {
      case '"': case '\\': case '/': out += c; return;
      case 'b': out += '\b'; return;
      case 'f': out += '\f'; return;
      case 'n': out += '\n'; return;
      case 'r': out += '\r'; return;
      case 't': out += '\t'; return;
      case 'u': break;
      default:
        at_ = start;
        fail("unknown escape in the text", "a backslash is written \\\\");
    }
    std::uint32_t code = hex4(start);
    if (code >= 0xD800 && code < 0xDC00 && text_.substr(at_).starts_with("\\u")) {
      at_ += 2;
      const std::uint32_t low = hex4(start);
      if (low < 0xDC00 || low > 0xDFFF) lone(start);
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
    } else if (code >= 0xD800 && code <= 0xDFFF) {
      lone(start);
    }
    if (code < 0x80) {
      out += static_cast<char>(code);
    } else if (code < 0x800) {
      out += static_cast<char>(0xC0 | (code >> 6));
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
      out += static_cast<char>(0xE0 | (code >> 12));
      out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    } else {
      out += static_cast<char>(0xF0 | (code >> 18));
      out += static_cast<char>(0x80 | ((code >> 12) & 0x3F));
      out += static_cast<char>(0x80 | ((code >> 6) & 0x3F));
      out += static_cast<char>(0x80 | (code & 0x3F));
    }
  }
  [[noreturn]] void lone(std::size_t start) {
    at_ = start;
    fail("half of a surrogate pair stands alone", "write both halves, or the character itself");
  }
  std::uint32_t hex4(std::size_t start) {
    std::uint32_t code = 0;
    const char* first = text_.data() + std::min(at_, text_.size());
    const char* last = text_.data() + std::min(at_ + 4, text_.size());
    const auto result = std::from_chars(first, last, code, 16);
    if (result.ptr != first + 4) {
      at_ = start;
      fail("\\u needs four hexadecimal digits");
    }
    at_ += 4;
    return code;
  }

  TreeBuilder builder_;
  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace

Node parse_json(std::string text, std::string file) {
  std::string source = checked_source(std::move(text), file);
  return JsonParser(std::move(file), std::move(source)).parse();
}

}  // namespace sitmap::document
