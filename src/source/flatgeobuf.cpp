#include "source/flatgeobuf.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <bit>
#include <vector>

#include "source/filter.hpp"
#include "source/flatbuffer.hpp"

namespace sitmap::source {
namespace {

// The tables' fields, in the order of header.fbs and feature.fbs.
enum HeaderField : unsigned { kName, kEnvelope, kGeometryType, kHasZ, kHasM, kHasT, kHasTm, kColumns, kCount, kNodeSize, kCrs };
enum ColumnField : unsigned { kColumnName, kColumnType };
enum CrsField : unsigned { kOrganization, kCode };
enum FeatureField : unsigned { kGeometry, kProperties, kOwnColumns };
enum GeometryField : unsigned { kEnds, kXy, kType = 6, kParts };

enum class Kind : std::uint8_t { Unknown, Point, Line, Polygon, MultiPoint, MultiLine, MultiPolygon };
enum class Type : std::uint8_t { Byte, UByte, Bool, Short, UShort, Int, UInt, Long, ULong, Float, Double, String, Json, DateTime, Binary };

constexpr std::string_view kMagic{"fgb\3fgb", 7};  // then a patch version
constexpr std::size_t kNodeBytes = 40;             // four doubles and an offset
constexpr std::size_t kMostColumns = 1000;         // more are for GDAL

// A feature that only GDAL can read.
struct Unusual {};

class MappedFile {
 public:
  explicit MappedFile(const std::filesystem::path& path) {
    const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
    if (file < 0) return;
    struct stat info {};
    if (::fstat(file, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0) {
      const auto size = static_cast<std::size_t>(info.st_size);
      void* start = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
      if (start != MAP_FAILED) bytes_ = {static_cast<const char*>(start), size};
    }
    ::close(file);
  }
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile() {
    if (!bytes_.empty()) ::munmap(const_cast<char*>(bytes_.data()), bytes_.size());
  }
  std::string_view bytes() const { return bytes_; }

 private:
  std::string_view bytes_;
};

// A block with its size in front.
std::string_view sized_block(std::string_view bytes, std::size_t at) {
  const std::size_t size = load<std::uint32_t>(bytes, at);
  if (size > bytes.size() - at - 4) throw DamagedBuffer("the file ends early");
  return bytes.substr(at + 4, size);
}

struct Column {
  Type type = Type::String;
  std::size_t value = kMostColumns;  // its place among the values; kMostColumns: not wanted
};

struct Layer {
  Kind kind = Kind::Unknown;
  std::vector<Column> columns;
  std::shared_ptr<const Schema> schema;
  std::uint64_t count = 0;     // 0: not known
  std::uint64_t node_size = 0;  // 0: no index
  std::size_t index = 0;        // where the index starts
};

std::optional<Layer> read_header(std::string_view bytes, const std::filesystem::path& path, const ReadOptions& options) {
  const std::string_view block = sized_block(bytes, 8);
  const FlatTable header = FlatTable::root(block);
  const std::string name = header.text(kName).empty() ? path.stem().string() : std::string(header.text(kName));
  if (!options.layer.empty() && options.layer != name) return std::nullopt;
  if (const auto crs = header.table(kCrs)) {
    const std::string_view organization = crs->text(kOrganization);
    if ((!organization.empty() && organization != "EPSG") || crs->scalar<std::int32_t>(kCode, 0) != 4326) return std::nullopt;
  }
  Layer layer;
  layer.kind = static_cast<Kind>(header.scalar<std::uint8_t>(kGeometryType, 0));
  if (layer.kind > Kind::MultiPolygon || header.scalar<std::uint8_t>(kHasT, 0) != 0 || header.scalar<std::uint8_t>(kHasTm, 0) != 0)
    return std::nullopt;
  layer.count = header.scalar<std::uint64_t>(kCount, 0);
  layer.node_size = layer.count == 0 ? 0 : header.scalar<std::uint16_t>(kNodeSize, 16);
  layer.index = 12 + block.size();

  std::vector<std::string> names;
  const std::size_t columns = header.size(kColumns);
  if (columns > kMostColumns) return std::nullopt;
  std::size_t name_bytes = 0;
  for (std::size_t i = 0; i < columns; ++i) {
    const FlatTable definition = header.element(kColumns, i);
    const std::string column(definition.text(kColumnName));
    name_bytes += column.size();
    if (name_bytes > block.size()) throw DamagedBuffer("the names of its columns overlap");
    Column& out = layer.columns.emplace_back();
    out.type = static_cast<Type>(definition.scalar<std::uint8_t>(kColumnType, 0));
    if (out.type > Type::Binary) return std::nullopt;
    if (!options.columns.empty() && std::ranges::find(options.columns, column) == options.columns.end()) continue;
    if (out.type == Type::DateTime || out.type == Type::Binary) return std::nullopt;
    out.value = names.size();
    names.push_back(column);
  }
  layer.schema = std::make_shared<const Schema>(std::move(names));
  return layer;
}

struct Found {
  std::uint64_t row = 0;     // in the file's order
  std::uint64_t offset = 0;  // from the first feature
};

// The packed Hilbert R-tree: levels from the root to the leaves, each node's children side by side, so their places
// follow from the node's own and what the file says is only checked against them.
class Index {
 public:
  Index(std::string_view bytes, const Layer& layer) : node_size_(layer.node_size) {
    if (node_size_ < 2) throw DamagedBuffer("its index is not one");
    if (layer.count > bytes.size() / kNodeBytes) throw DamagedBuffer("its index ends early");
    std::vector<std::uint64_t> sizes{layer.count};
    do sizes.push_back((sizes.back() + node_size_ - 1) / node_size_);
    while (sizes.back() != 1);
    std::uint64_t nodes = 0;
    for (auto size = sizes.rbegin(); size != sizes.rend(); ++size) {
      levels_.push_back({nodes, nodes + *size});
      nodes += *size;
    }
    if (layer.index > bytes.size() || nodes > (bytes.size() - layer.index) / kNodeBytes) throw DamagedBuffer("its index ends early");
    bytes_ = bytes.substr(layer.index, nodes * kNodeBytes);
  }

  std::size_t size() const { return bytes_.size(); }

  // Rows whose envelope touches one of the boxes, in ascending order.
  std::vector<Found> search(const std::vector<geom::Box>& boxes) const {
    std::vector<std::uint64_t> nodes{0}, children;
    for (std::size_t level = 0; level + 1 < levels_.size(); ++level) {
      children.clear();
      for (const std::uint64_t node : nodes) {
        if (!touches(node, boxes)) continue;
        const std::uint64_t first = levels_[level + 1].start + (node - levels_[level].start) * node_size_;
        if (offset(node) != first) throw DamagedBuffer("its index contradicts itself");
        for (std::uint64_t child = first; child < std::min(first + node_size_, levels_[level + 1].end); ++child)
          children.push_back(child);
      }
      nodes.swap(children);
    }
    std::vector<Found> found;
    for (const std::uint64_t leaf : nodes)
      if (touches(leaf, boxes)) found.push_back({leaf - levels_.back().start, offset(leaf)});
    return found;
  }

 private:
  struct Level {
    std::uint64_t start = 0, end = 0;
  };
  std::uint64_t offset(std::uint64_t node) const { return load<std::uint64_t>(bytes_, node * kNodeBytes + 32); }
  bool touches(std::uint64_t node, const std::vector<geom::Box>& boxes) const {
    double ends[4];
    std::memcpy(ends, bytes_.data() + node * kNodeBytes, sizeof ends);
    const geom::Box own{ends[0], ends[1], ends[2], ends[3]};
    return std::ranges::any_of(boxes, [&](const geom::Box& box) { return own.intersects(box); });
  }

  std::string_view bytes_;
  std::uint64_t node_size_;
  std::vector<Level> levels_;
};

// One feature's geometry. Parts of a damaged buffer may overlap; `left_` holds what comes out to the size of what came in.
class GeometryReader {
 public:
  explicit GeometryReader(std::size_t feature_bytes) : left_(feature_bytes) {}

  geom::Geometry read(const FlatTable& table, Kind kind) {
    if (kind == Kind::Unknown) kind = static_cast<Kind>(table.scalar<std::uint8_t>(kType, 0));
    switch (kind) {
      case Kind::Point:
      case Kind::MultiPoint: return geom::MultiPoint{points(table.vector(kXy, 8))};
      case Kind::Line:
      case Kind::MultiLine: return geom::MultiLine{paths(table)};
      case Kind::Polygon: {
        geom::MultiPolygon out;
        add_polygon(table, out);
        return out;
      }
      case Kind::MultiPolygon: {
        geom::MultiPolygon out;
        const std::size_t parts = table.size(kParts);
        for (std::size_t i = 0; i < parts; ++i) add_polygon(table.element(kParts, i), out);
        return out;
      }
      default: throw Unusual();
    }
  }

 private:
  void spend(std::size_t bytes) {
    if (bytes > left_) throw DamagedBuffer("the parts of a feature overlap");
    left_ -= bytes;
  }

  geom::Path points(std::string_view numbers) {
    static_assert(sizeof(geom::Point) == 16 && std::is_trivially_copyable_v<geom::Point>);
    spend(numbers.size());
    geom::Path out(numbers.size() / 16);
    if (!out.empty()) std::memcpy(out.data(), numbers.data(), numbers.size());
    return out;
  }

  std::vector<geom::Path> paths(const FlatTable& table) {
    const std::string_view numbers = table.vector(kXy, 8), ends = table.vector(kEnds, 4);
    std::vector<geom::Path> out;
    if (ends.size() <= 4) {
      out.push_back(points(numbers));
      return out;
    }
    spend(ends.size());
    std::size_t start = 0;
    for (std::size_t i = 0; i < ends.size(); i += 4) {
      const std::size_t end = load<std::uint32_t>(ends, i);
      if (end < start || end > numbers.size() / 16) throw DamagedBuffer("a line ends before it starts");
      out.push_back(points(numbers.substr(16 * start, 16 * (end - start))));
      start = end;
    }
    return out;
  }

  void add_polygon(const FlatTable& table, geom::MultiPolygon& out) {
    spend(4);
    std::vector<geom::Path> rings = paths(table);
    if (rings.front().empty()) return;
    geom::Polygon& polygon = out.polygons.emplace_back();
    polygon.outer = std::move(rings.front());
    polygon.holes.assign(std::make_move_iterator(rings.begin() + 1), std::make_move_iterator(rings.end()));
  }

  std::size_t left_;
};

// A value; moves `at` behind it.
template <class T>
T next(std::string_view bytes, std::size_t& at) {
  const T value = load<T>(bytes, at);
  at += sizeof(T);
  return value;
}

template <class T>
Value next_number(std::string_view bytes, std::size_t& at) {
  return static_cast<double>(next<T>(bytes, at));
}

Value next_value(std::string_view bytes, std::size_t& at, Type type, bool wanted) {
  switch (type) {
    case Type::Byte: return next_number<std::int8_t>(bytes, at);
    case Type::UByte: return next_number<std::uint8_t>(bytes, at);
    case Type::Bool: return next<std::uint8_t>(bytes, at) != 0;
    case Type::Short: return next_number<std::int16_t>(bytes, at);
    case Type::UShort: return next_number<std::uint16_t>(bytes, at);
    case Type::Int: return next_number<std::int32_t>(bytes, at);
    case Type::UInt: return next_number<std::uint32_t>(bytes, at);
    case Type::Long: return next_number<std::int64_t>(bytes, at);
    case Type::ULong: return next_number<std::uint64_t>(bytes, at);
    case Type::Float: return next_number<float>(bytes, at);
    case Type::Double: return next_number<double>(bytes, at);
    default: {
      const std::string_view text = sized_block(bytes, at);
      at += 4 + text.size();
      if (!wanted) return {};
      return std::string(text);
    }
  }
}

void read_values(std::string_view bytes, const Layer& layer, Feature& feature) {
  feature.values.resize(layer.schema->size());
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t number = next<std::uint16_t>(bytes, at);
    if (number >= layer.columns.size()) throw DamagedBuffer("a value belongs to no column");
    const Column& column = layer.columns[number];
    const bool wanted = column.value != kMostColumns;
    Value value = next_value(bytes, at, column.type, wanted);
    if (wanted) feature.values[column.value] = std::move(value);
  }
}

// Adds the feature, unless a coordinate is no number.
void add_feature(std::string_view block, std::uint64_t row, const Layer& layer, const std::vector<geom::Box>* boxes, Table& table) {
  const FlatTable source = FlatTable::root(block);
  if (source.size(kOwnColumns) > 0) throw Unusual();
  Feature feature;
  feature.id = static_cast<std::int64_t>(row);
  if (const auto geometry = source.table(kGeometry)) feature.geometry = GeometryReader(block.size()).read(*geometry, layer.kind);
  if (geom::is_empty(feature.geometry)) feature.geometry = {};
  if (!finite_coordinates(feature.geometry)) return;
  if (boxes != nullptr && !touches(feature.geometry, *boxes)) return;
  feature.schema = layer.schema;
  read_values(source.vector(kProperties, 1), layer, feature);
  table.features.push_back(std::move(feature));
}

std::optional<Table> read_mapped(std::string_view bytes, const std::filesystem::path& path, const ReadOptions& options) {
  const auto layer = read_header(bytes, path, options);
  if (!layer) return std::nullopt;
  Table table;
  table.schema = layer->schema;
  std::optional<std::vector<geom::Box>> boxes;
  if (options.box) boxes = options.box->boxes();
  const auto* filter = boxes ? &*boxes : nullptr;

  std::optional<Index> index;
  if (layer->node_size > 0) index.emplace(bytes, *layer);
  const std::string_view features = bytes.substr(layer->index + (index ? index->size() : 0));
  if (index && filter != nullptr) {
    std::size_t behind = 0;  // the last feature read: features that share bytes would come out larger than the file
    for (const Found& found : index->search(*filter)) {
      if (found.offset < behind) throw DamagedBuffer("its index contradicts itself");
      if (found.offset > features.size()) throw DamagedBuffer("its index points behind its end");
      const std::string_view block = sized_block(features, found.offset);
      add_feature(block, found.row, *layer, filter, table);
      behind = found.offset + 4 + block.size();
    }
    return table;
  }
  std::size_t at = 0;
  for (std::uint64_t row = 0; layer->count > 0 ? row < layer->count : at < features.size(); ++row) {
    const std::string_view block = sized_block(features, at);
    add_feature(block, row, *layer, filter, table);
    at += 4 + block.size();
  }
  return table;
}

}  // namespace

std::optional<Table> read_flatgeobuf(const std::filesystem::path& path, const ReadOptions& options) {
  if (!options.where.empty() || std::endian::native != std::endian::little) return std::nullopt;
  const MappedFile file(path);
  if (!file.bytes().starts_with(kMagic)) return std::nullopt;
  try {
    return read_mapped(file.bytes(), path, options);
  } catch (const Unusual&) {
    return std::nullopt;
  } catch (const DamagedBuffer& damage) {
    throw base::InputError(fmt::format("cannot read '{}': the file is damaged ({})", path.string(), damage.what()),
                           "copy or download it again, or write it anew with ogr2ogr");
  }
}

}  // namespace sitmap::source
