#include <cairo.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <mutex>
#include <set>
#include <span>
#include <utility>

#include "base/problem.hpp"
#include "base/workers.hpp"
#include "draw/draw.hpp"
#include "draw/layer_canvas.hpp"
#include "draw/pixels.hpp"

namespace sitmap::draw {
namespace {

using scene::SharedLayer;

constexpr int kLargest = 32000;  // device pixels a side; Cairo ends at 32767

int opacity_of(const scene::Layer& layer) {
  return static_cast<int>(std::lround(std::clamp(static_cast<double>(layer.opacity), 0.0, 1.0) * 255));
}

struct Size {
  int width = 0, height = 0;
  auto operator<=>(const Size&) const = default;
};

// What several frames begin with: their background and their first layers.
struct PrefixKey {
  Size size;
  std::uint32_t background = 0;
  std::vector<const scene::Layer*> layers;
  auto operator<=>(const PrefixKey&) const = default;
};

enum class Keep { No, Yes };

// Made by the first that asks, others wait.
template <class T>
struct Once {
  std::mutex guard;
  std::shared_ptr<const T> value;
  template <class Make>
  std::shared_ptr<const T> get(Make make) {
    const std::scoped_lock lock(guard);
    if (!value) value = make();
    return value;
  }
};

struct Uses {
  std::weak_ptr<const scene::Layer> layer;
  std::size_t expected = 0;  // frames that will still draw it; 0 when nothing was told
  bool told = false;
  std::size_t seen = 0;
  std::map<Size, std::shared_ptr<Once<Kept>>> pictures{};
};

struct Prefix {
  std::size_t scenes = 0, left = 0;  // that begin so; that are still to be drawn
  std::vector<SharedLayer> layers;  // keeps the key's pointers alive
  std::shared_ptr<Once<encode::Picture>> picture = std::make_shared<Once<encode::Picture>>();
};

}  // namespace

// Every layer is drawn on a sheet of its own and laid over what is below. So a layer kept from an earlier frame, a
// layer drawn now, and a prefix of layers kept as one picture give the same bits, however frames are shared out.
struct Painter::Impl {
  const text::FontSet& fonts;
  double scale;
  bool transparent;
  int jobs = 1;
  ImageCache images{};

  std::mutex guard{};
  std::map<const scene::Layer*, Uses> uses{};
  std::set<const scene::Layer*> repeated{};  // told to stand in several scenes
  std::map<PrefixKey, Prefix> prefixes{};
  std::vector<std::unique_ptr<Sheet>> sheets{};

  Impl(const text::FontSet& f, double s, bool t) : fonts(f), scale(s), transparent(t) {}

  Size size_of(const scene::Scene& scene) const {
    const double width = std::round(scene.width * scale), height = std::round(scene.height * scale);
    if (!(width >= 1 && height >= 1 && width <= kLargest && height <= kLargest))
      throw base::InputError(fmt::format("a picture of {} × {} pixels cannot be drawn", width, height),
                             fmt::format("sizes from 1 to {} pixels can", kLargest));
    return {static_cast<int>(width), static_cast<int>(height)};
  }

  std::uint32_t background_of(const scene::Scene& scene) const {
    const scene::Color& c = scene.background;
    return transparent ? 0 : premultiplied(c.r, c.g, c.b, c.a);
  }

  std::unique_ptr<Sheet> take_sheet(Size size) {
    {
      const std::scoped_lock lock(guard);
      const auto fits = [&](const auto& sheet) { return sheet->width() == size.width && sheet->height() == size.height; };
      const auto found = std::ranges::find_if(sheets, fits);
      if (found != sheets.end()) {
        std::unique_ptr<Sheet> sheet = std::move(*found);
        sheets.erase(found);
        return sheet;
      }
    }
    return std::make_unique<Sheet>(size.width, size.height);
  }
  void give_back(std::unique_ptr<Sheet> sheet) {
    sheet->clear();
    const std::scoped_lock lock(guard);
    if (sheets.size() < 16) sheets.push_back(std::move(sheet));
  }

  std::unique_ptr<Sheet> drawn(const scene::Layer& layer, Size size) {
    std::unique_ptr<Sheet> sheet = take_sheet(size);
    draw_layer(layer, Tools{fonts, images, scale}, *sheet);
    return sheet;
  }

  // A slot when the layer is worth keeping.
  std::shared_ptr<Once<Kept>> slot(const SharedLayer& layer, Size size) {
    const std::scoped_lock lock(guard);
    Uses& use = uses[layer.get()];
    if (use.layer.expired() || use.layer.lock() != layer) use = Uses{.layer = layer};
    ++use.seen;
    const bool again = use.told ? use.expected > 1 || !use.pictures.empty() : use.seen > 1;
    if (!again || layer->items.empty()) return nullptr;
    auto& picture = use.pictures[size];
    if (!picture) picture = std::make_shared<Once<Kept>>();
    return picture;
  }
  void used(const SharedLayer& layer) {  // lets go of what no later frame needs
    const std::scoped_lock lock(guard);
    const auto found = uses.find(layer.get());
    if (found == uses.end() || !found->second.told || found->second.expected == 0) return;
    if (--found->second.expected == 0) found->second.pictures.clear();
  }

  void forget_expired() {
    const std::scoped_lock lock(guard);
    std::erase_if(uses, [](const auto& entry) { return entry.second.layer.expired(); });
  }

  struct Rendered {
    std::shared_ptr<const Kept> kept;
    std::unique_ptr<Sheet> sheet;
  };
  Rendered render(const SharedLayer& layer, Size size, Keep keeping) {
    const std::shared_ptr<Once<Kept>> keep = keeping == Keep::Yes ? slot(layer, size) : nullptr;
    if (!keep) return {nullptr, drawn(*layer, size)};
    return {keep->get([&] {
              std::unique_ptr<Sheet> sheet = drawn(*layer, size);
              auto kept = std::make_shared<const Kept>(*sheet, opacity_of(*layer));
              give_back(std::move(sheet));
              return kept;
            }),
            nullptr};
  }

  void lay(std::span<const SharedLayer> layers, encode::Picture& page, Keep keeping) {
    const Size size{page.width, page.height};
    std::vector<Rendered> rendered(layers.size());
    base::ordered_parallel(
        layers.size(), jobs,
        [&](std::size_t i, int) {
          if (layers[i] && opacity_of(*layers[i]) > 0) rendered[i] = render(layers[i], size, keeping);
        },
        [&](std::size_t i) {
          Rendered& r = rendered[i];
          if (r.kept) r.kept->composite_onto(page);
          if (r.sheet) {
            r.sheet->composite_onto(page, opacity_of(*layers[i]));
            give_back(std::move(r.sheet));
          }
          if (layers[i] && keeping == Keep::Yes) used(layers[i]);
          r = {};
        });
  }

  std::size_t prefix_length(const scene::Scene& scene) {  // layers at the bottom that come again
    const std::scoped_lock lock(guard);
    std::size_t length = 0;
    while (length < scene.layers.size()) {
      const auto found = uses.find(scene.layers[length].get());
      if (found == uses.end() || !found->second.told || found->second.layer.lock() != scene.layers[length] ||
          !repeated.contains(scene.layers[length].get()))
        break;
      ++length;
    }
    return length;
  }

  PrefixKey key_of(const scene::Scene& scene, std::size_t length) const {
    PrefixKey key{size_of(scene), background_of(scene), {}};
    for (std::size_t i = 0; i < length; ++i) key.layers.push_back(scene.layers[i].get());
    return key;
  }

  encode::Picture empty_page(const scene::Scene& scene) const {
    const Size size = size_of(scene);
    encode::Picture page(size.width, size.height);
    const std::uint32_t background = background_of(scene);
    if (background != 0) std::ranges::fill(page.pixels, background);
    return page;
  }
};

Painter::Painter(const text::FontSet& fonts, double scale, bool transparent)
    : impl_(std::make_unique<Impl>(fonts, scale > 0 ? scale : 1, transparent)) {}
Painter::~Painter() = default;

void Painter::set_jobs(int jobs) { impl_->jobs = std::max(1, jobs); }

void Painter::expect(const std::vector<scene::Scene>& scenes) {
  {
    const std::scoped_lock lock(impl_->guard);
    for (const scene::Scene& scene : scenes)
      for (const SharedLayer& layer : scene.layers) {
        if (!layer) continue;
        Uses& use = impl_->uses[layer.get()];
        if (use.layer.lock() != layer) use = Uses{.layer = layer};
        use.told = true;
        if (++use.expected > 1) impl_->repeated.insert(layer.get());
      }
  }
  for (const scene::Scene& scene : scenes) {
    const std::size_t length = impl_->prefix_length(scene);
    if (length == 0) continue;
    PrefixKey key = impl_->key_of(scene, length);
    const std::scoped_lock lock(impl_->guard);
    Prefix& prefix = impl_->prefixes[std::move(key)];
    ++prefix.scenes;
    ++prefix.left;
    prefix.layers.assign(scene.layers.begin(), scene.layers.begin() + static_cast<std::ptrdiff_t>(length));
  }
}

encode::Picture Painter::draw(const scene::Scene& scene) {
  Impl& self = *impl_;
  std::span<const SharedLayer> layers(scene.layers);
  const std::size_t length = self.prefix_length(scene);
  std::shared_ptr<Once<encode::Picture>> once;
  if (length > 0) {
    const std::scoped_lock lock(self.guard);
    const auto found = self.prefixes.find(self.key_of(scene, length));
    if (found != self.prefixes.end() && found->second.scenes > 1) once = found->second.picture;
  }
  encode::Picture page;
  if (once) {
    page = *once->get([&] {
      encode::Picture below = self.empty_page(scene);
      self.lay(layers.first(length), below, Keep::No);
      return std::make_shared<const encode::Picture>(std::move(below));
    });
    for (const SharedLayer& layer : layers.first(length)) self.used(layer);
    layers = layers.subspan(length);
  } else {
    page = self.empty_page(scene);
  }
  self.lay(layers, page, Keep::Yes);
  if (once) {
    const std::scoped_lock lock(self.guard);
    const auto found = self.prefixes.find(self.key_of(scene, length));
    if (found != self.prefixes.end() && --found->second.left == 0) self.prefixes.erase(found);
  }
  self.forget_expired();
  return page;
}

std::string cairo_version() { return cairo_version_string(); }

}  // namespace sitmap::draw
