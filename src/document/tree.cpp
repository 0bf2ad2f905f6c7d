#include "document/tree.hpp"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

#include "base/text.hpp"
#include "document/read.hpp"

namespace sitmap::document {
namespace {

constexpr std::size_t kLongestShownLine = 400;
constexpr std::size_t kFewMembers = 8;

int count_code_points(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

base::Location make_location(const std::string& file, std::string_view source, std::size_t offset, int line,
                             std::size_t line_start) {
  const std::size_t line_end = std::min(source.find('\n', offset), source.size());
  base::Location where{file, line, count_code_points(source.substr(line_start, offset - line_start)) + 1, {}};
  std::string_view text = source.substr(line_start, line_end - line_start);
  if (text.ends_with('\r')) text.remove_suffix(1);
  if (text.size() <= kLongestShownLine && base::valid_utf8(text)) where.line_text = text;
  return where;
}

}  // namespace

base::Location locate(const std::string& file, std::string_view source, std::size_t offset) {
  offset = std::min(offset, source.size());
  const std::string_view before = source.substr(0, offset);
  const auto newline = before.rfind('\n');
  const auto line = static_cast<int>(std::count(before.begin(), before.end(), '\n')) + 1;
  return make_location(file, source, offset, line, newline == std::string_view::npos ? 0 : newline + 1);
}

void Tree::index_lines() {
  line_starts.assign(1, 0);
  for (std::size_t at = source.find('\n'); at != std::string::npos; at = source.find('\n', at + 1))
    line_starts.push_back(static_cast<std::uint32_t>(at + 1));
}

base::Location Tree::location(std::size_t offset) const {
  offset = std::min(offset, source.size());
  const auto next = std::upper_bound(line_starts.begin(), line_starts.end(), offset);
  const auto line = next - line_starts.begin();
  return make_location(file, source, offset, static_cast<int>(line), line_starts[static_cast<std::size_t>(line - 1)]);
}

TreeBuilder::TreeBuilder(std::string file, std::string source) : tree_(std::make_shared<Tree>()) {
  tree_->file = std::move(file);
  tree_->source = std::move(source);
  tree_->cells.reserve(tree_->source.size() / 16 + 1);
}

void TreeBuilder::fail(std::size_t offset, std::string message, std::string hint) const {
  throw base::InputError(locate(tree_->file, tree_->source, offset), std::move(message), std::move(hint));
}

TextRef TreeBuilder::keep(std::string_view text) {
  const TextRef ref{static_cast<std::uint32_t>(tree_->arena.size()), static_cast<std::uint32_t>(text.size()), true};
  tree_->arena += text;
  return ref;
}

void TreeBuilder::key(TextRef text, std::size_t offset, bool merge) {
  next_ = {{text, static_cast<std::uint32_t>(offset), 0}, merge};
  if (merge) open_.back().merges = true;
}

std::uint32_t TreeBuilder::add(Cell cell) {
  const auto index = static_cast<std::uint32_t>(tree_->cells.size());
  if (!open_.empty()) {
    cell.parent = open_.back().cell;
    next_.member.value = index;
    pending_.push_back(next_);
    next_ = {};
  }
  tree_->cells.push_back(cell);
  return index;
}

std::uint32_t TreeBuilder::scalar(Cell cell) { return add(cell); }

std::uint32_t TreeBuilder::open(Kind kind, std::size_t offset) {
  if (open_.size() >= static_cast<std::size_t>(kMaxDepth))
    fail(offset, fmt::format("lists and objects stand more than {} deep within each other", kMaxDepth));
  Cell cell;
  cell.kind = kind;
  cell.offset = static_cast<std::uint32_t>(offset);
  const std::uint32_t index = add(cell);
  open_.push_back({index, pending_.size(), false});
  return index;
}

bool TreeBuilder::is_open(std::uint32_t cell) const {
  return std::any_of(open_.begin(), open_.end(), [cell](const Open& open) { return open.cell == cell; });
}

std::optional<std::size_t> TreeBuilder::innermost() const {
  if (open_.empty()) return std::nullopt;
  return tree_->cells[open_.back().cell].offset;
}

void TreeBuilder::close() {
  const Open open = open_.back();
  open_.pop_back();
  if (tree_->cells[open.cell].kind == Kind::Array) {
    Cell& cell = tree_->cells[open.cell];
    cell.text.begin = static_cast<std::uint32_t>(tree_->items.size());
    cell.text.size = static_cast<std::uint32_t>(pending_.size() - open.first);
    for (std::size_t i = open.first; i < pending_.size(); ++i) tree_->items.push_back(pending_[i].member.value);
  } else {
    if (open.merges) expand_merges(open);
    close_object(open, tree_->cells[open.cell]);
  }
  pending_.resize(open.first);
}

// Replaces the merge keys of an object by the members they bring; the object's own win, then the first to bring one.
void TreeBuilder::expand_merges(const Open& open) {
  Tree& tree = *tree_;
  std::vector<Pending> own, brought;
  for (std::size_t i = open.first; i < pending_.size(); ++i) (pending_[i].merge ? brought : own).push_back(pending_[i]);
  std::vector<std::string_view> known;
  for (const Pending& pending : own) known.push_back(tree.text(pending.member.key));
  std::sort(known.begin(), known.end());

  const auto take = [&](std::uint32_t from) {
    const Cell& cell = tree.cells[from];
    if (cell.kind != Kind::Object) fail(cell.offset, "'<<' takes an object or a list of objects to merge");
    for (std::uint32_t i = 0; i < cell.text.size; ++i) {
      const MemberCell& member = tree.members[cell.text.begin + i];
      const std::string_view name = tree.text(member.key);
      const auto place = std::lower_bound(known.begin(), known.end(), name);
      if (place != known.end() && *place == name) continue;
      known.insert(place, name);
      tree.cells[member.value].parent = open.cell;
      own.push_back({member, false});
    }
  };
  for (const Pending& merge : brought) {
    const Cell cell = tree.cells[merge.member.value];
    if (cell.kind != Kind::Array) take(merge.member.value);
    else
      for (std::uint32_t i = 0; i < cell.text.size; ++i) take(tree.items[cell.text.begin + i]);
  }
  pending_.resize(open.first);
  pending_.insert(pending_.end(), own.begin(), own.end());
}

void TreeBuilder::close_object(const Open& open, Cell& cell) {
  Tree& tree = *tree_;
  const auto begin = static_cast<std::uint32_t>(tree.members.size());
  const auto size = static_cast<std::uint32_t>(pending_.size() - open.first);
  cell.text.begin = begin;
  cell.text.size = size;
  for (std::size_t i = open.first; i < pending_.size(); ++i) tree.members.push_back(pending_[i].member);
  for (std::uint32_t i = 0; i < size; ++i) tree.by_key.push_back(begin + i);

  const auto report = [&](std::uint32_t first, std::uint32_t second) {
    if (tree.members[first].key_offset > tree.members[second].key_offset) std::swap(first, second);
    const base::Location at = locate(tree.file, tree.source, tree.members[first].key_offset);
    problems_.error(locate(tree.file, tree.source, tree.members[second].key_offset),
                    fmt::format("key '{}' stands twice in the same object", tree.text(tree.members[second].key)),
                    fmt::format("the first is at line {}, column {}; remove one", at.line, at.column));
  };
  const auto name = [&](std::uint32_t member) { return tree.text(tree.members[member].key); };
  if (problems_.all().size() > 20) return;  // enough to work on
  if (size <= kFewMembers) {
    for (std::uint32_t i = 1; i < size; ++i)
      for (std::uint32_t j = 0; j < i; ++j)
        if (name(begin + i) == name(begin + j)) {
          report(begin + j, begin + i);
          break;
        }
    return;
  }
  const auto sorted = tree.by_key.begin() + begin;
  std::sort(sorted, tree.by_key.end(), [&](std::uint32_t a, std::uint32_t b) {
    const int order = name(a).compare(name(b));
    return order != 0 ? order < 0 : a < b;
  });
  for (std::uint32_t i = 1; i < size; ++i)
    if (name(sorted[i - 1]) == name(sorted[i])) report(sorted[i - 1], sorted[i]);
}

Node TreeBuilder::finish() {
  problems_.throw_if_errors();
  if (tree_->cells.empty()) tree_->cells.emplace_back();
  tree_->index_lines();
  return Node(std::move(tree_), 0);
}

std::string checked_source(std::string text, const std::string& file) {
  if (text.size() > kMaxBytes)
    throw base::InputError(base::Location{file, 0, 0, {}}, fmt::format("the file is larger than {} MB", kMaxBytes >> 20));
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  const auto control = std::find_if(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 && c != '\t' && c != '\n' && c != '\r';
  });
  if (control != text.end()) {
    const auto offset = static_cast<std::size_t>(control - text.begin());
    const auto byte = static_cast<unsigned char>(*control);
    base::Location where = locate(file, text, offset);
    where.line_text.clear();
    throw base::InputError(std::move(where), fmt::format("the file holds the control character U+{:04X}", byte),
                           byte == 0 ? "is it UTF-16, or no text at all? Save it as UTF-8" : "remove it");
  }
  if (!base::valid_utf8(text)) {
    // The longest valid prefix, by halving: a prefix cut inside a character is cut back to the character's start.
    std::size_t good = 0, bad = text.size();
    const auto whole = [&](std::size_t size) {
      while (size > 0 && size < text.size() && (static_cast<unsigned char>(text[size]) & 0xC0) == 0x80) --size;
      return size;
    };
    while (bad - good > 8) {
      const std::size_t middle = whole((good + bad) / 2);
      if (middle <= good) break;
      if (base::valid_utf8(std::string_view(text).substr(good, middle - good))) good = middle;
      else bad = middle;
    }
    std::size_t size = 1;
    while (good < text.size()) {
      for (size = 1; size <= 4 && good + size <= text.size(); ++size)
        if (base::valid_utf8(std::string_view(text).substr(good, size))) break;
      if (size > 4 || good + size > text.size()) break;
      good += size;
    }
    throw base::InputError(locate(file, text, good),
                           fmt::format("byte 0x{:02X} is not valid UTF-8 here", static_cast<unsigned char>(text[good])),
                           "save the file as UTF-8");
  }
  return text;
}

}  // namespace sitmap::document
