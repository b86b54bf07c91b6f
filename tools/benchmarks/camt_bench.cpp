// Speed of reading camt.054 with details against a memchr scan and a plain pugixml tree of the same bytes, and of converting it
// to BgMax; `tools/bench` prints the ratios.
#include <cstring>
#include <string>

#include <benchmark/benchmark.h>
#include <pugixml.hpp>

#include "formats/convert/camt_to_bgmax.hpp"
#include "formats/iso20022/camt/reader.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

const std::string& message() {
    static const std::string bytes = bench::generated("camt.054", 0);
    return bytes;
}

void count_bytes(benchmark::State& state) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(message().size()));
}

void camt_scan_memchr(benchmark::State& state) {
    const std::string& bytes = message();
    for (auto _ : state) {
        std::size_t tags = 0;
        const char* at = bytes.data();
        const char* const end = at + bytes.size();
        while ((at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at)))) != nullptr) {
            ++tags;
            if (++at == end) break;
        }
        benchmark::DoNotOptimize(tags);
    }
    count_bytes(state);
}

// The tree alone: nobody has looked at a value in it yet.
void camt_pugixml_tree(benchmark::State& state) {
    const std::string& bytes = message();
    for (auto _ : state) {
        pugi::xml_document tree;
        const auto done = tree.load_buffer(bytes.data(), bytes.size());
        if (!done) state.SkipWithError("pugixml does not read it");
        benchmark::DoNotOptimize(tree.first_child());
    }
    count_bytes(state);
}

void camt_read_every_check(benchmark::State& state) {
    camt::read_options options;
    for (const char* bankgiro : {"9912346", "59990119", "5999024"})
        options.receivers.push_back({bankgiro, {ocr_level::variable_length, {}}});
    for (auto _ : state) {
        const camt::message_file file = camt::read(message(), options);
        if (file.findings.total() != 0) state.SkipWithError("the generated message has findings");
        benchmark::DoNotOptimize(file.credits_ore);
    }
    count_bytes(state);
}

void camt_to_bgmax(benchmark::State& state) {
    for (auto _ : state) {
        std::size_t size = 0;
        const auto done = convert::camt_to_bgmax(message(), {}, [&](std::string_view part) { size += part.size(); });
        if (!done || done->entries_left_out != 0) state.SkipWithError("not everything was converted");
        benchmark::DoNotOptimize(size);
    }
    count_bytes(state);
}

}  // namespace

BENCHMARK(camt_scan_memchr)->Unit(benchmark::kMillisecond);
BENCHMARK(camt_pugixml_tree)->Unit(benchmark::kMillisecond);
BENCHMARK(camt_read_every_check)->Unit(benchmark::kMillisecond);
BENCHMARK(camt_to_bgmax)->Unit(benchmark::kMillisecond);
