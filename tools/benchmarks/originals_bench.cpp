// How fast originals are kept and proved, encrypted against plain: the same file, the same store, in memory where there is a
// file system in it, so that no disk is measured.
#include <filesystem>
#include <fstream>

#include <benchmark/benchmark.h>

#include "connectors/intake/original_store.hpp"

namespace {

namespace fs = std::filesystem;
using namespace brygga;

constexpr std::size_t original_bytes = std::size_t{200} << 20;

encryption::key_ring keys(bool encrypted) {
    if (!encrypted) return {};
    return {{{"bench", *encryption::parse_key("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")}}, "bench"};
}

class original {
 public:
    original() : folder_((fs::exists("/dev/shm") ? fs::path("/dev/shm") : fs::temp_directory_path()) / "brygga-originals-bench") {
        fs::remove_all(folder_);
        fs::create_directories(folder_);
        std::ofstream file(delivered(), std::ios::binary);
        for (std::size_t i = 0; i < original_bytes; i += sizeof(i))
            file.write(reinterpret_cast<const char*>(&i), sizeof(i));
    }
    original(const original&) = delete;
    original& operator=(const original&) = delete;
    ~original() { fs::remove_all(folder_); }

    [[nodiscard]] fs::path delivered() const { return folder_ / "delivered"; }
    [[nodiscard]] fs::path kept() const { return folder_ / "originals"; }
    [[nodiscard]] auto store(bool encrypted) const {
        return intake::open_folder_store(filedrop::posix_file_system(), kept(), keys(encrypted));
    }
    [[nodiscard]] intake::fingerprint is() const { return *intake::fingerprint_of(filedrop::posix_file_system(), delivered()); }

 private:
    fs::path folder_;
};

void original_keep(benchmark::State& state, bool encrypted) {
    const original item;
    const auto is = item.is();
    for (auto _ : state) {
        state.PauseTiming();
        fs::remove_all(item.kept());
        state.ResumeTiming();
        if (!item.store(encrypted)->keep(item.delivered(), is, "K")) state.SkipWithError("not kept");
    }
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(original_bytes));
}

void original_prove(benchmark::State& state, bool encrypted) {
    const original item;
    const auto is = item.is();
    if (!item.store(encrypted)->keep(item.delivered(), is, "K")) state.SkipWithError("not kept");
    for (auto _ : state)
        if (!item.store(encrypted)->prove(is)) state.SkipWithError("not proved");
    state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(original_bytes));
}

BENCHMARK_CAPTURE(original_keep, plain, false);
BENCHMARK_CAPTURE(original_keep, encrypted, true);
BENCHMARK_CAPTURE(original_prove, plain, false);
BENCHMARK_CAPTURE(original_prove, encrypted, true);

}  // namespace
