#pragma once
// Writes JSON text in the order of the calls, the same bytes for the same calls.
//
//   JsonWriter w;                                    // JsonWriter(-1): one line without spaces
//   w.begin_object().key("name").value("Jermuk").key("lat").value(39.84).end_object();
//   w.take();                                        // "{\n  \"name\": \"Jermuk\",\n  …}"
//
// Lists and objects of which all values are scalars and that fit into 100 columns stay on one line.

#include <concepts>
#include <string>
#include <string_view>
#include <vector>

#include "document/node.hpp"

namespace sitmap::document {

std::string json_quoted(std::string_view text);  // with quotes; invalid UTF-8 becomes U+FFFD

class JsonWriter {
 public:
  explicit JsonWriter(int indent = 2) : indent_(indent) {}

  JsonWriter& begin_object() { return begin('{'); }
  JsonWriter& end_object() { return end('}'); }
  JsonWriter& begin_array() { return begin('['); }
  JsonWriter& end_array() { return end(']'); }
  JsonWriter& key(std::string_view name);

  JsonWriter& value(std::string_view text);
  JsonWriter& value(const std::string& text) { return value(std::string_view(text)); }
  JsonWriter& value(const char* text) { return value(std::string_view(text)); }
  JsonWriter& value(double number);  // the shortest text that reads back the same; not finite: null
  template <std::same_as<bool> Bool>
  JsonWriter& value(Bool flag) { return raw(flag ? "true" : "false"); }
  template <std::integral Integer>
    requires(!std::same_as<Integer, bool>)
  JsonWriter& value(Integer number) { return raw(std::to_string(number)); }
  JsonWriter& null() { return raw("null"); }
  JsonWriter& value(const Node& node);

  template <class Value>
  JsonWriter& member(std::string_view name, const Value& content) { return key(name).value(content); }

  std::string take();  // the text so far, without a newline at its end; the writer is empty afterwards

 private:
  struct Level {
    std::size_t start;                  // where its bracket stands in out_
    std::vector<std::size_t> elements;  // where its elements start
    bool nested = false;                // holds a list or an object
  };
  JsonWriter& begin(char bracket);
  JsonWriter& end(char bracket);
  JsonWriter& raw(std::string_view text);
  void element();

  int indent_;
  bool after_key_ = false;
  std::string out_;
  std::vector<Level> levels_;
};

}  // namespace sitmap::document
