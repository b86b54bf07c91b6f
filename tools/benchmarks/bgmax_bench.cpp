// Speed of the BgMax codec against a plain memchr scan of the same bytes; `tools/bench` prints the ratios.
#include <cstring>
#include <string>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/bankgirot/bgmax/rewrite.hpp"
#include "formats/registry.hpp"

namespace {

using namespace brygga;

constexpr std::size_t wanted_bytes = 200'000'000;

// One generated file of about 200 MB, made once.
std::string generated(std::uint32_t bad_percent) {
    const format& bgmax = *find_format("bgmax");
    generate_settings settings;
    settings.seed = 7;
    settings.day = date{std::chrono::year{2026}, std::chrono::March, std::chrono::day{2}};
    settings.bad_percent = bad_percent;
    settings.count = 10'000;
    std::size_t sample = 0;
    static_cast<void>(bgmax.generate(settings, [&](std::string_view part) { sample += part.size(); }));
    settings.count = settings.count * wanted_bytes / sample;
    std::string bytes;
    bytes.reserve(wanted_bytes + wanted_bytes / 50);
    static_cast<void>(bgmax.generate(settings, [&](std::string_view part) { bytes.append(part); }));
    return bytes;
}

const std::string& clean_file() {
    static const std::string bytes = generated(0);
    return bytes;
}

const std::string& bad_file() {
    static const std::string bytes = generated(50);
    return bytes;
}

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

void scan_memchr(benchmark::State& state) {
    const std::string& bytes = clean_file();
    for (auto _ : state) {
        std::size_t lines = 0;
        const char* at = bytes.data();
        const char* const end = at + bytes.size();
        while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
            ++lines;
            if (++at == end) break;
        }
        benchmark::DoNotOptimize(lines);
    }
    count_bytes(state, bytes.size());
}

void read_every_check(benchmark::State& state, const std::string& (*file)()) {
    const std::string& bytes = file();
    std::uint64_t findings = 0;
    for (auto _ : state) {
        const auto files = bgmax::read(bytes);
        findings = files.front().findings.total();
        benchmark::DoNotOptimize(findings);
    }
    state.counters["findings"] = static_cast<double>(findings);
    count_bytes(state, bytes.size());
}

// Reads every record into its value, writes the value and compares with what was read.
void round_trip(benchmark::State& state) {
    const std::string& bytes = clean_file();
    for (auto _ : state) {
        std::size_t at = 0;
        bool same = true;
        bgmax::rewrite(bytes, std::nullopt, [&](std::string_view part) {
            same = same && bytes.compare(at, part.size(), part) == 0;
            at += part.size();
        });
        if (!same || at != bytes.size()) state.SkipWithError("the round trip changed bytes");
    }
    count_bytes(state, bytes.size());
}

}  // namespace

BENCHMARK(scan_memchr)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_every_check, clean, clean_file)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_every_check, half_bad, bad_file)->Unit(benchmark::kMillisecond);
BENCHMARK(round_trip)->Unit(benchmark::kMillisecond);
