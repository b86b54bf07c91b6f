#include "tools/benchmarks/generated.hpp"

#include "formats/registry.hpp"

namespace brygga::bench {

namespace {

generate_settings settings_of(std::uint64_t count) {
    generate_settings settings;
    settings.seed = 7;
    settings.day = date{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};
    settings.count = count;
    return settings;
}

}  // namespace

std::string generated(std::string_view format_id, std::uint32_t bad_percent) {
    constexpr std::size_t wanted_bytes = 200'000'000;
    const format& which = *find_format(format_id);
    generate_settings settings = settings_of(10'000);
    settings.bad_percent = bad_percent;
    std::size_t sample = 0;
    static_cast<void>(which.generate(settings, [&](std::string_view part) { sample += part.size(); }));
    settings.count = settings.count * wanted_bytes / sample;
    std::string bytes;
    bytes.reserve(wanted_bytes + wanted_bytes / 50);
    static_cast<void>(which.generate(settings, [&](std::string_view part) { bytes.append(part); }));
    return bytes;
}

std::string generated_items(std::string_view format_id, std::uint64_t count) {
    std::string bytes;
    static_cast<void>(find_format(format_id)->generate(settings_of(count), [&](std::string_view part) { bytes.append(part); }));
    return bytes;
}

}  // namespace brygga::bench
