#pragma once
// Values of the MapLibre Style Specification's expression language (v8).

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/color.hpp"

namespace sitmap::expression {

class Value;
using Array = std::vector<Value>;
using Object = std::map<std::string, Value, std::less<>>;

// ["format", …]: sections of text or image, each with its own overrides.
struct FormattedSection {
  std::string text;
  std::string image;                       // when not empty: an image instead of text
  std::optional<double> scale;             // of the text size
  std::vector<std::string> fonts;
  std::optional<base::Color> color;
};
struct Formatted {
  std::vector<FormattedSection> sections;
  std::string plain() const;               // all text
};
struct ImageName {
  std::string name;
};

class Value {
 public:
  using Storage = std::variant<std::monostate, bool, double, std::string, base::Color, std::shared_ptr<const Array>,
                               std::shared_ptr<const Object>, std::shared_ptr<const Formatted>, ImageName>;
  Value() = default;
  Value(bool v) : storage_(v) {}
  Value(double v) : storage_(v) {}
  Value(std::string v) : storage_(std::move(v)) {}
  Value(const char* v) : storage_(std::string(v)) {}
  Value(base::Color v) : storage_(v) {}
  Value(Array v) : storage_(std::make_shared<const Array>(std::move(v))) {}
  Value(Object v) : storage_(std::make_shared<const Object>(std::move(v))) {}
  Value(Formatted v) : storage_(std::make_shared<const Formatted>(std::move(v))) {}
  Value(ImageName v) : storage_(std::move(v)) {}

  bool is_null() const { return std::holds_alternative<std::monostate>(storage_); }
  template <class T>
  const T* get_if() const {
    return std::get_if<T>(&storage_);
  }
  const Array* array() const;      // nullptr when it is none
  const Object* object() const;
  const Formatted* formatted() const;
  const Storage& storage() const { return storage_; }
  bool operator==(const Value& other) const;  // deep

 private:
  Storage storage_;
};

std::string to_text(const Value& value);  // as the spec's to-string does
std::string type_name(const Value& value);

}  // namespace sitmap::expression
