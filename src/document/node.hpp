#pragma once
// One value tree for YAML and JSON that remembers where everything stands.
//
//   document::Node root = document::read_document("map.yaml");     // read.hpp
//   if (auto title = root.find("title"); title && title->is_string()) use(title->as_string());
//   for (const document::Node& item : root.find("layers")->items()) item.path();        // "layers[3]"
//   for (const document::Member& m : root.members()) m.key, m.value, m.key_location();
//   throw base::InputError(node.location(), "expected a number, found " + node.describe());
//
// A Node is a handle (shared tree + index): copying is cheap, the tree is immutable and safe to read from several
// threads. Views returned by as_string(), text() and Member::key live as long as any Node of the same document.
// To turn documents into C++ structs with checked keys and a published schema, see declare.hpp.

#include <cstddef>
#include <cstdint>
#include <iterator>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/problem.hpp"

namespace sitmap::document {

struct Tree;
struct Member;
template <class Value>
class Children;

enum class Kind : std::uint8_t { Null, Bool, Number, String, Array, Object };

std::string_view name_of(Kind kind);  // "nothing", "a boolean", "a number", "text", "a list", "an object"

class Node {
 public:
  Node() = default;  // a null that stands in no file
  Node(std::shared_ptr<const Tree> tree, std::uint32_t cell) : tree_(std::move(tree)), cell_(cell) {}

  Kind kind() const;
  bool is_null() const { return kind() == Kind::Null; }
  bool is_bool() const { return kind() == Kind::Bool; }
  bool is_number() const { return kind() == Kind::Number; }
  bool is_string() const { return kind() == Kind::String; }
  bool is_array() const { return kind() == Kind::Array; }
  bool is_object() const { return kind() == Kind::Object; }
  bool is_scalar() const { return kind() < Kind::Array; }

  // Each asks for exactly its kind; std::logic_error otherwise (a mistake of the caller, not of the file).
  bool as_bool() const;
  double as_number() const;            // may be infinite or NaN from YAML (".inf", ".nan", "1e999"), never from JSON
  std::string_view as_string() const;
  // A number with no fraction that a long long holds exactly ("12", "12.0", "1e3"); nothing for all else.
  std::optional<long long> as_integer() const;

  // A scalar as written, without quotes and with escapes resolved ("010", "~", "2022-09-13"); "" for lists, objects.
  std::string_view text() const;
  bool quoted() const;  // stood in quotes or as a block scalar (always true for JSON strings)

  std::size_t size() const;         // items or members; 0 for scalars
  Node at(std::size_t index) const;  // item of a list or value of a member; std::out_of_range
  std::optional<Node> find(std::string_view key) const;  // nothing when absent or when this is no object
  bool has(std::string_view key) const { return find(key).has_value(); }

  Member member(std::size_t index) const;                // of an object; std::out_of_range
  Children<Node> items() const;      // the items of a list; empty for all else
  Children<Member> members() const;  // the members of an object in the order of the file; empty for all else

  base::Location location() const;   // where the value begins; line_text is left empty for lines over 400 bytes
  const std::string& file() const;
  std::string path() const;          // "layers[3].paint.fill-color", "names[\"a b\"].x"; "" for the root
  std::string describe() const;      // what stands here, for messages: "text 'abc'", "number 12", "a list of 3 items"

  // JSON text with members in the order of the file. indent < 0: one line without spaces. Numbers are printed by
  // value (010 → 10, 1.50 → 1.5); YAML's infinities and NaN, which JSON lacks, as text (".inf").
  std::string to_json(int indent = -1) const;

  // Same kind and value, wherever it stands. Objects compare without regard to the order of members; NaN == NaN.
  friend bool operator==(const Node& a, const Node& b);

 private:
  friend struct Member;
  std::shared_ptr<const Tree> tree_;
  std::uint32_t cell_ = 0;
};

struct Member {
  std::string_view key;
  Node value;
  base::Location key_location() const;

  std::uint32_t key_offset = 0;  // bytes into the text of the document
};

// The items or members of a node, for range-based for; keeps the document alive.
template <class Value>
class Children {
 public:
  class iterator {
   public:
    using value_type = Value;
    using reference = Value;
    using pointer = void;
    using difference_type = std::ptrdiff_t;
    using iterator_category = std::input_iterator_tag;
    iterator() = default;
    iterator(const Node* parent, std::size_t index) : parent_(parent), index_(index) {}
    Value operator*() const {
      if constexpr (std::is_same_v<Value, Member>) return parent_->member(index_);
      else return parent_->at(index_);
    }
    iterator& operator++() { return ++index_, *this; }
    iterator operator++(int) { return {parent_, index_++}; }
    bool operator==(const iterator& other) const { return index_ == other.index_; }

   private:
    const Node* parent_ = nullptr;
    std::size_t index_ = 0;
  };

  Children(Node parent, std::size_t size) : parent_(std::move(parent)), size_(size) {}
  iterator begin() const { return {&parent_, 0}; }
  iterator end() const { return {&parent_, size_}; }
  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

 private:
  Node parent_;
  std::size_t size_;
};

inline Children<Node> Node::items() const { return {*this, is_array() ? size() : 0}; }
inline Children<Member> Node::members() const { return {*this, is_object() ? size() : 0}; }

}  // namespace sitmap::document
