// Speed of the LB and SUS codecs; `tools/bench` prints them as ratios of the plain scan of bgmax_bench.cpp.
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/bankgirot/supplier_payment/writer.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

template <auto Read>
void read_payments(benchmark::State& state, const char* format_id) {
    const std::string bytes = bench::generated(format_id, 0);
    for (auto _ : state) {
        const auto file = Read(bytes, {}, nullptr);
        if (file.findings.total() != 0) state.SkipWithError("a clean file has findings");
    }
    count_bytes(state, bytes.size());
}

void read_lb(benchmark::State& state) {
    read_payments<supplier_payment::read>(state, "lb");
}

void read_sus(benchmark::State& state) {
    read_payments<sus::read>(state, "sus");
}

// A million refunds to as many accounts as a section of 10 000 has, drained as they come.
void write_lb(benchmark::State& state) {
    constexpr date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    constexpr int sections = 100, refunds = 10'000;
    std::vector<supplier_payment::to_account_out> items(refunds);
    for (int i = 0; i != refunds; ++i) {
        auto& item = items[static_cast<std::size_t>(i)];
        item.amount_ore = 30'050 + i;
        item.pays.day = day;
        item.reference = "KREDIT 20261100012";
        item.own_reference = "REFUND-" + std::to_string(1'000'000 + i);
        item.account = {"5000", std::to_string(1'000'000 + i)};
    }
    std::erase_if(items, [](const auto& item) { return test_account(item.account) != account_verdict::valid; });
    std::size_t size = 0;
    for (auto _ : state) {
        supplier_payment::writer out({.written = day, .bankgiro = "9912346"});
        size = 0;
        bool written = true;
        for (int section = 0; section != sections; ++section) {
            written = written && out.open({}).has_value();
            for (const auto& item : items)
                written = written && out.to_account(item).has_value();
            written = written && out.close().has_value();
            benchmark::DoNotOptimize(out.bytes().data());
            size += out.bytes().size();
            out.bytes().clear();
        }
        if (!written) state.SkipWithError("a payment was refused");
    }
    count_bytes(state, size);
}

}  // namespace

BENCHMARK(read_lb)->Name("read_payments/lb")->Unit(benchmark::kMillisecond);
BENCHMARK(read_sus)->Name("read_payments/sus")->Unit(benchmark::kMillisecond);
BENCHMARK(write_lb)->Unit(benchmark::kMillisecond);
