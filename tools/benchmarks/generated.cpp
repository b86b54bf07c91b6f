#include "tools/benchmarks/generated.hpp"

#include "formats/registry.hpp"

namespace brygga::bench {

std::string generated(std::string_view format_id, std::uint32_t bad_percent) {
    constexpr std::size_t wanted_bytes = 200'000'000;
    const format& which = *find_format(format_id);
    generate_settings settings;
    settings.seed = 7;
    settings.day = date{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};
    settings.bad_percent = bad_percent;
    settings.count = 10'000;
    std::size_t sample = 0;
    static_cast<void>(which.generate(settings, [&](std::string_view part) { sample += part.size(); }));
    settings.count = settings.count * wanted_bytes / sample;
    std::string bytes;
    bytes.reserve(wanted_bytes + wanted_bytes / 50);
    static_cast<void>(which.generate(settings, [&](std::string_view part) { bytes.append(part); }));
    return bytes;
}

}  // namespace brygga::bench
