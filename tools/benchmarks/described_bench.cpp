// Speed of formats that layout files describe: a fixed-width one beside the compiled reader of the same format, on the same
// bytes, and one of separated text; `tools/bench` prints the ratios.
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/sus/reader.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/language/parser.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

std::unique_ptr<const format> shipped(const std::string& name) {
    const std::filesystem::path file = std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/layouts" / (name + ".layout");
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    auto read = layout::language::parse_layout(text.str(), file.filename().string(), {});
    if (!read) throw std::runtime_error(describe(read.error().front()));
    return layout::described::make_format(std::move(*read));
}

void check_all(benchmark::State& state, const format& with, const std::string& bytes) {
    for (auto _ : state)
        with.check(bytes, {}, [&](const check_report& file) {
            if (!file.accepted) state.SkipWithError("a generated file is refused");
        });
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes.size()));
}

constexpr std::uint64_t payments = 300'000;

void read_described_sus(benchmark::State& state) {
    check_all(state, *shipped("swedbank-sus"), bench::generated_items("sus", payments));
}
void read_compiled_sus(benchmark::State& state) {
    const std::string bytes = bench::generated_items("sus", payments);
    for (auto _ : state)
        benchmark::DoNotOptimize(sus::read(bytes, {}, nullptr).findings.total());
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(bytes.size()));
}

// Rows like those of the shipped example, over and over under one header.
void read_described_rows(benchmark::State& state) {
    std::ostringstream example;
    example << std::ifstream(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/layouts/kundfakturor-exempel.csv",
                             std::ios::binary)
                   .rdbuf();
    std::string bytes = example.str();
    const std::string rows = bytes.substr(bytes.find('\n') + 1);
    while (bytes.size() < std::size_t{50'000'000})
        bytes += rows;
    check_all(state, *shipped("kundfakturor"), bytes);
}

BENCHMARK(read_described_sus)->Unit(benchmark::kMillisecond);
BENCHMARK(read_compiled_sus)->Unit(benchmark::kMillisecond);
BENCHMARK(read_described_rows)->Unit(benchmark::kMillisecond);

}  // namespace
