// Speed of the Autogiro codec beside a plain memchr scan of the same bytes (bgmax_bench.cpp), and that it grows with the number
// of records alone: the bytes per second of the smallest and the largest file are much the same.
#include <algorithm>
#include <cstring>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/autogiro/generator.hpp"
#include "formats/bankgirot/autogiro/reader.hpp"
#include "formats/bankgirot/autogiro/report_writer.hpp"
#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/core/bank_days.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

std::string made(std::string layout, std::uint64_t payers, std::uint32_t bad_percent = 0) {
    generate_settings settings;
    settings.seed = 7;
    settings.count = payers;
    settings.bad_percent = bad_percent;
    settings.layout = std::move(layout);
    std::string out;
    static_cast<void>(autogiro::generate(settings, [&](std::string_view part) { out += part; }));
    return out;
}

const std::string& clean_file() {
    static const std::string bytes = bench::generated("autogiro", 0);
    return bytes;
}

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

void read_all(benchmark::State& state, const std::string& bytes) {
    std::uint64_t findings = 0;
    for (auto _ : state) {
        const auto file = autogiro::read(bytes);
        findings = file.findings.total();
        benchmark::DoNotOptimize(findings);
    }
    state.counters["findings"] = static_cast<double>(findings);
    count_bytes(state, bytes.size());
}

void autogiro_scan_memchr(benchmark::State& state) {
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

void autogiro_read_clean(benchmark::State& state) {
    read_all(state, clean_file());
}

void autogiro_read_half_bad(benchmark::State& state) {
    static const std::string bytes = bench::generated("autogiro", 50);
    read_all(state, bytes);
}

void autogiro_read_layout(benchmark::State& state, const char* layout) {
    read_all(state, made(layout, 200'000));
}

void autogiro_read_payers(benchmark::State& state) {
    read_all(state, made("PAYSPEC_NEW", static_cast<std::uint64_t>(state.range(0))));
}

std::vector<autogiro::payment_out> payments(std::uint64_t count) {
    std::vector<autogiro::payment_out> out;
    const date day = add_bank_days(autogiro::default_generated_day, 10);
    for (std::uint64_t i = 0; i != count; ++i)
        out.push_back({.day = day,
                       .payer_number = std::to_string(10'000'000 + i),
                       .amount_ore = static_cast<std::int64_t>(10'000 + i),
                       .reference = std::to_string(2'000'000'000 + i)});
    return out;
}

void autogiro_write_payments(benchmark::State& state) {
    const std::int64_t count = state.range(0);
    const auto items = payments(static_cast<std::uint64_t>(std::min<std::int64_t>(count, 10'000)));
    std::size_t size = 0;
    for (auto _ : state) {
        autogiro::writer out({.written = autogiro::default_generated_day, .customer_number = "471117", .bankgiro = "9912346"});
        size = 0;
        bool written = true;
        for (std::int64_t left = count; left != 0; left -= std::ssize(items)) {
            for (const auto& each : items)
                written = out.payment(each).has_value() && written;
            benchmark::DoNotOptimize(out.bytes().data());
            size += out.bytes().size();
            out.bytes().clear();
        }
        if (!written) state.SkipWithError("a payment was refused");
    }
    count_bytes(state, size);
}

void autogiro_write_specification(benchmark::State& state) {
    const auto items = payments(10'000);
    std::size_t size = 0;
    for (auto _ : state) {
        autogiro::report_writer out;
        out.open(autogiro::layout_id::payspec_new, {"20261130", "471117", "0009912346"});
        out.entry("15", {"00000000000000000005841000001009823", "20261130", "00001", 0, {}, 0});
        autogiro::payment_record record;
        record.payment_day = "20261130";
        record.period = record.status = '0';
        record.bankgiro = "0009912346";
        for (const auto& each : items) {
            record.payer_number = each.payer_number;
            record.amount_ore = each.amount_ore;
            record.reference = {each.reference, encoding::iso_8859_1};
            out.payment(autogiro::payment_direction::collection, record);
        }
        out.close();
        size = out.bytes().size();
        benchmark::DoNotOptimize(out.bytes().data());
    }
    count_bytes(state, size);
}

}  // namespace

BENCHMARK(autogiro_scan_memchr)->Unit(benchmark::kMillisecond);
BENCHMARK(autogiro_read_clean)->Unit(benchmark::kMillisecond);
BENCHMARK(autogiro_read_half_bad)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(autogiro_read_layout, mandates, "mandates")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(autogiro_read_layout, MANDADV_NEW, "MANDADV_NEW")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(autogiro_read_layout, EMANDATE, "EMANDATE")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(autogiro_read_layout, MANDREG_NEW, "MANDREG_NEW")->Unit(benchmark::kMillisecond);
BENCHMARK(autogiro_read_payers)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(autogiro_write_payments)->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
BENCHMARK(autogiro_write_specification)->Unit(benchmark::kMillisecond);
