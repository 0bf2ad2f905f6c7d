#pragma once
// Files to nodes. Both readers are strict, and fit for files from strangers: no input crashes them, exhausts the stack
// or expands without bound; what they can't read is a base::InputError with line, column and what to do.
//
// YAML 1.2, core schema: `no` and `2022-09-13` are text, `010` is ten, `0x1F` and `0o17` are numbers; anchors, aliases
// and merge keys (`<<: *base`) work, up to kMaxAliasCells expanded values. Errors: a key that stands twice (with both
// places), a key that is no scalar, several documents in one file, tags other than YAML's own (!!str, !!int, …).
// JSON: RFC 8259, nothing more (no comments, no trailing commas); duplicate keys are errors, a number beyond a double's
// range too.
// Both: UTF-8, a byte order mark is skipped; invalid UTF-8, NUL and other control characters are errors.

#include <cstddef>
#include <filesystem>
#include <string>
#include <string_view>

#include "document/node.hpp"

namespace sitmap::document {

inline constexpr int kMaxDepth = 200;                   // of lists and objects within each other
inline constexpr std::size_t kMaxAliasCells = 200'000;  // values that come from aliases
inline constexpr std::size_t kMaxBytes = 512u << 20;

// `file` is the name that stands in messages. An empty YAML text is a null; an empty JSON text is an error.
Node parse_yaml(std::string text, std::string file);
Node parse_json(std::string text, std::string file);

// By the ending: .yaml .yml → YAML; .json .geojson → JSON; others are an InputError. IoError when it can't be read.
Node read_document(const std::filesystem::path& path);

}  // namespace sitmap::document
