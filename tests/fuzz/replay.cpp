// Runs a fuzz entry point without libFuzzer: on each file of the kept corpus, and on seeded mutations of them, so that every
// build repeats what the fuzzer has found. An input that breaks an oracle is left in the current directory.
//
//     bgmax_replay MUTATIONS FOLDER...
#include <algorithm>
#include <charconv>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/fuzz/mutator.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

std::string at_hand;

// The oracles abort where they stand, so files can be written here.
void keep_input(int) {
    std::ofstream("replay-failed-input", std::ios::binary) << at_hand;
    std::fprintf(stderr, "the input is in replay-failed-input\n");
}

void run(const std::string& bytes) {
    at_hand = bytes;
    static_cast<void>(LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()));
}

std::vector<std::string> corpus_of(const std::vector<std::filesystem::path>& folders) {
    std::vector<std::filesystem::path> files;
    for (const std::filesystem::path& folder : folders)
        for (const auto& entry : std::filesystem::directory_iterator(folder))
            if (entry.is_regular_file()) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<std::string> out;
    for (const std::filesystem::path& file : files) {
        std::ostringstream bytes;
        bytes << std::ifstream(file, std::ios::binary).rdbuf();
        out.push_back(bytes.str());
    }
    return out;
}

}  // namespace

int main(int count, char** arguments) {
    const std::vector<std::string> words(arguments + 1, arguments + count);
    unsigned mutations = 0;
    if (words.size() < 2 || std::from_chars(words[0].data(), words[0].data() + words[0].size(), mutations).ec != std::errc()) {
        std::fprintf(stderr, "usage: replay MUTATIONS FOLDER...\n");
        return 2;
    }
    const std::vector<std::string> corpus = corpus_of({words.begin() + 1, words.end()});
    if (corpus.empty()) {
        std::fprintf(stderr, "replay: the corpus is empty\n");
        return 2;
    }
    static_cast<void>(std::signal(SIGABRT, keep_input));
    for (const std::string& bytes : corpus)
        run(bytes);
    brygga::fuzz::mutator mutate(corpus);
    for (unsigned i = 0; i < mutations; ++i)
        run(mutate.next());
    std::printf("%zu files and %u mutations\n", corpus.size(), mutations);
    return 0;
}
