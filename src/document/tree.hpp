#pragma once
// Inside this module: what a Node points into, and how the readers fill it. Flat, so that reading is one pass with few
// allocations and dropping a document needs no recursion.

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/problem.hpp"
#include "document/node.hpp"

namespace sitmap::document {

// Text that stands in the source as it is, or, when it had escapes, in the arena.
struct TextRef {
  std::uint32_t begin = 0, size = 0;
  bool in_arena = false;
};

struct Cell {
  Kind kind = Kind::Null;
  bool quoted = false;
  bool flag = false;               // the value of a Bool
  std::uint32_t offset = 0;        // where it begins in the source
  std::uint32_t parent = kNoCell;
  TextRef text;                    // scalars: as written; lists and objects: begin and size of their children
  double number = 0;
  static constexpr std::uint32_t kNoCell = 0xffffffffU;
};

struct MemberCell {
  TextRef key;
  std::uint32_t key_offset = 0;
  std::uint32_t value = 0;
};

struct Tree {
  std::string file, source, arena;
  std::vector<Cell> cells;                // the root is the first
  std::vector<std::uint32_t> items;       // cells of the items of lists, each list's together
  std::vector<MemberCell> members;        // of objects, each object's together
  std::vector<std::uint32_t> by_key;      // beside `members`: each object's members sorted by key
  std::vector<std::uint32_t> line_starts;

  std::string_view text(TextRef ref) const {
    return std::string_view(ref.in_arena ? arena : source).substr(ref.begin, ref.size);
  }
  void index_lines();
  base::Location location(std::size_t offset) const;
};

// Positions of a text that is not (yet) a tree.
base::Location locate(const std::string& file, std::string_view source, std::size_t offset);

class TreeBuilder {
 public:
  TreeBuilder(std::string file, std::string source);

  const std::string& source() const { return tree_->source; }
  const Tree& tree() const { return *tree_; }
  TextRef keep(std::string_view text);  // into the arena
  std::string& arena() { return tree_->arena; }

  // Before each value of an object. A merge key's value gives its members to the object when that is closed.
  void key(TextRef text, std::size_t offset, bool merge = false);
  std::uint32_t scalar(Cell cell);
  std::uint32_t open(Kind kind, std::size_t offset);  // InputError beyond kMaxDepth
  void close();
  bool is_open(std::uint32_t cell) const;
  std::optional<std::size_t> innermost() const;  // where the innermost open list or object begins

  Node finish();  // InputError with all duplicate keys
  [[noreturn]] void fail(std::size_t offset, std::string message, std::string hint = {}) const;

 private:
  struct Open {
    std::uint32_t cell;
    std::size_t first;  // in pending_
    bool merges = false;
  };
  struct Pending {
    MemberCell member;
    bool merge = false;
  };
  std::uint32_t add(Cell cell);
  void expand_merges(const Open& open);
  void close_object(const Open& open, Cell& cell);

  std::shared_ptr<Tree> tree_;
  std::vector<Open> open_;
  std::vector<Pending> pending_;
  Pending next_;
  base::Problems problems_;
};

// The text without byte order mark, checked: size, UTF-8, control characters other than tab and line ends.
std::string checked_source(std::string text, const std::string& file);

}  // namespace sitmap::document
