// Speed of the BgMax codec against a plain memchr scan of the same bytes; `tools/bench` prints the ratios.
#include <cstring>
#include <string>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/bankgirot/bgmax/rewrite.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

const std::string& clean_file() {
    static const std::string bytes = bench::generated("bgmax", 0);
    return bytes;
}

const std::string& bad_file() {
    static const std::string bytes = bench::generated("bgmax", 50);
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
