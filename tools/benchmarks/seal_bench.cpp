// Speed of the seal against a plain HMAC-SHA-256 of the same bytes; `tools/bench` prints the ratios.
#include <array>
#include <cstdint>
#include <string>

#include <benchmark/benchmark.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include "formats/bankgirot/seal/reader.hpp"
#include "formats/bankgirot/seal/writer.hpp"
#include "tools/benchmarks/generated.hpp"

namespace {

using namespace brygga;

// 80 columns, ISO 8859-1 with Swedish letters, CRLF: as much like Autogiro as any.
const std::string& data() {
    static const std::string bytes = bench::generated("bgmax", 0);
    return bytes;
}

const seal::key& key() {
    static const seal::key made = *seal::key::published_test_key();
    return made;
}

void count_bytes(benchmark::State& state, std::size_t size) {
    state.SetBytesProcessed(static_cast<std::int64_t>(state.iterations()) * static_cast<std::int64_t>(size));
}

void seal_plain_hmac(benchmark::State& state) {
    constexpr std::array<std::uint8_t, 16> any_key{1, 2, 3};
    std::array<std::uint8_t, EVP_MAX_MD_SIZE> code{};
    unsigned size = 0;
    for (auto _ : state) {
        if (HMAC(EVP_sha256(), any_key.data(), static_cast<int>(any_key.size()),
                 reinterpret_cast<const std::uint8_t*>(data().data()), data().size(), code.data(), &size) == nullptr)
            state.SkipWithError("no HMAC");
        benchmark::DoNotOptimize(code);
    }
    count_bytes(state, data().size());
}

void seal_mac(benchmark::State& state) {
    for (auto _ : state) {
        auto of = seal::authenticator::begin(key());
        if (!of || !of->update(data()) || !of->finish()) state.SkipWithError("no MAC");
    }
    count_bytes(state, data().size());
}

void seal_write(benchmark::State& state) {
    const date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    for (auto _ : state) {
        std::size_t size = 0;
        const auto done = seal::seal_file(data(), key(), {.day = day}, [&](std::string_view part) { size += part.size(); });
        if (!done || !done->accepted()) state.SkipWithError("not sealed");
        benchmark::DoNotOptimize(size);
    }
    count_bytes(state, data().size());
}

void seal_verify(benchmark::State& state) {
    const date day{std::chrono::year{2026}, std::chrono::November, std::chrono::day{23}};
    std::string sealed;
    if (!seal::seal_file(data(), key(), {.day = day}, [&](std::string_view part) { sealed += part; }))
        state.SkipWithError("not sealed");
    for (auto _ : state) {
        const auto what = seal::verify(sealed, {&key(), 1});
        if (!what || what->is != seal::verdict::ok) state.SkipWithError("not verified");
    }
    count_bytes(state, sealed.size());
}

BENCHMARK(seal_plain_hmac);
BENCHMARK(seal_mac);
BENCHMARK(seal_verify);
BENCHMARK(seal_write);

}  // namespace
