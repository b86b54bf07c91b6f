// Speed of e-invoices: a document read and judged by every rule, and combined invoices written; `tools/bench` prints them.
#include <benchmark/benchmark.h>

#include "formats/einvoice/generator.hpp"
#include "formats/einvoice/peppol/writer.hpp"
#include "formats/einvoice/rules/evaluate.hpp"

namespace {

using namespace brygga;

constexpr date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{5}};

void einvoice_check(benchmark::State& state) {
    einvoice::invoice_inventor inventor(1, day);
    const auto lines = static_cast<std::size_t>(state.range(0));
    const std::string bytes =
        written(einvoice::peppol::document_of(inventor.invent(lines, false), einvoice::peppol::flavour::network));
    for (auto _ : state) {
        const einvoice::tree document(bytes);
        finding_list findings(einvoice::rules());
        einvoice::evaluate(document, bytes, findings);
        if (findings.total() != 0) state.SkipWithError("a generated invoice has findings");
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(bytes.size()));
}

void einvoice_write(benchmark::State& state) {
    einvoice::invoice_inventor inventor(1, day);
    const einvoice::invoice made = inventor.invent(static_cast<std::size_t>(state.range(0)), false);
    std::size_t size = 0;
    for (auto _ : state) {
        const std::string bytes = written(einvoice::peppol::document_of(made, einvoice::peppol::flavour::network));
        size = bytes.size();
        benchmark::DoNotOptimize(bytes.data());
    }
    state.SetItemsProcessed(state.iterations());
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(size));
}

BENCHMARK(einvoice_check)->Arg(10)->Arg(100)->Arg(1000)->Unit(benchmark::kMicrosecond);
BENCHMARK(einvoice_write)->Arg(10)->Unit(benchmark::kMicrosecond);

}  // namespace
