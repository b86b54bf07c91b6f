// Speed of the LB and SUS codecs; `tools/bench` prints them as ratios of the plain scan of bgmax_bench.cpp. They grow with the
// number of payments alone: the bytes per second of the smallest and the largest file are much the same.
#include <algorithm>
#include <iterator>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include "formats/bankgirot/supplier_payment/reader.hpp"
#include "formats/bankgirot/supplier_payment/writer.hpp"
#include "formats/bankgirot/sus/reader.hpp"
#include "formats/bankgirot/sus/writer.hpp"
#include "formats/core/bank_days.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

template <auto Read>
void read_all(benchmark::State& state, const std::string& bytes) {
    for (auto _ : state) {
        const auto file = Read(bytes, {}, nullptr);
        if (file.findings.total() != 0) state.SkipWithError("a clean file has findings");
    }
    count_bytes(state, bytes.size());
}

template <auto Read>
void read_payments(benchmark::State& state, const char* format_id) {
    read_all<Read>(state, bench::generated(format_id, 0));
}

template <auto Read>
void read_count(benchmark::State& state, const char* format_id) {
    read_all<Read>(state, bench::generated_items(format_id, static_cast<std::uint64_t>(state.range(0))));
}

constexpr auto read_lb = read_payments<supplier_payment::read>;
constexpr auto read_sus = read_payments<sus::read>;
constexpr auto read_lb_count = read_count<supplier_payment::read>;
constexpr auto read_sus_count = read_count<sus::read>;

constexpr date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
constexpr std::int64_t section_payments = 10'000;  // drained as they come

// Refunds to as many accounts as a section has.
void write_lb(benchmark::State& state) {
    const std::int64_t payments = state.range(0);
    std::vector<supplier_payment::to_account_out> items;
    for (int i = 0; items.size() != static_cast<std::size_t>(std::min(payments, section_payments)); ++i) {
        supplier_payment::to_account_out item;
        item.amount_ore = 30'050 + i;
        item.pays.day = day;
        item.reference = "KREDIT 20261100012";
        item.own_reference = "REFUND-" + std::to_string(1'000'000 + i);
        item.account = {"5000", std::to_string(1'000'000 + i)};
        if (test_account(item.account) == account_verdict::valid) items.push_back(std::move(item));
    }
    std::size_t size = 0;
    for (auto _ : state) {
        supplier_payment::writer out({.written = day, .bankgiro = "9912346"});
        size = 0;
        bool written = true;
        for (std::int64_t left = payments; left != 0; left -= std::ssize(items)) {
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

void write_sus(benchmark::State& state) {
    const std::int64_t payments = state.range(0);
    std::vector<sus::payment_out> items;
    for (std::int64_t i = 0; i != std::min(payments, section_payments); ++i)
        items.push_back({.identification = "REFUND-" + std::to_string(1'000'000 + i),
                         .civic_number = "191212121212",
                         .name = "PROV PROVSSON",
                         .clearing = "5000",
                         .account = std::to_string(1'000'000 + i),
                         .amount_ore = 30'050 + i,
                         .street = "PROVGATAN 7",
                         .care_of = {},
                         .town = "PROVKÖPING",
                         .postcode = "12345"});
    sus::agreement under;
    under.number = "123456";
    under.payment_day = add_bank_days(day, 2);
    std::size_t size = 0;
    for (auto _ : state) {
        sus::writer out(under);
        size = 0;
        bool written = true;
        for (std::int64_t left = payments; left != 0; left -= std::ssize(items)) {
            for (const auto& item : items)
                written = written && out.payment(item).has_value();
            benchmark::DoNotOptimize(out.bytes().data());
            size += out.bytes().size();
            out.bytes().clear();
        }
        written = written && out.close().has_value();
        size += out.bytes().size();
        if (!written) state.SkipWithError("a payment was refused");
    }
    count_bytes(state, size);
}

void grow(benchmark::internal::Benchmark* each) {
    each->Arg(1'000)->Arg(100'000)->Arg(1'000'000)->Unit(benchmark::kMillisecond);
}

}  // namespace

BENCHMARK_CAPTURE(read_lb, , "lb")->Name("read_payments/lb")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_sus, , "sus")->Name("read_payments/sus")->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_lb_count, , "lb")->Name("read_count/lb")->Apply(grow);
BENCHMARK_CAPTURE(read_sus_count, , "sus")->Name("read_count/sus")->Apply(grow);
BENCHMARK(write_lb)->Name("write_payments/lb")->Apply(grow);
BENCHMARK(write_sus)->Name("write_payments/sus")->Apply(grow);
