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

// splitmix64: the same mutations everywhere.
class mutator {
 public:
    explicit mutator(const std::vector<std::string>& corpus) : corpus_(corpus) {}

    std::string next() {
        std::string bytes = pick();
        for (std::uint64_t changes = 1 + below(6); changes != 0; --changes)
            change(bytes);
        return bytes;
    }

 private:
    std::uint64_t random() noexcept {
        state_ += 0x9E3779B97F4A7C15u;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
        return z ^ (z >> 31);
    }
    std::size_t below(std::size_t limit) noexcept { return limit == 0 ? 0 : random() % limit; }
    const std::string& pick() noexcept { return corpus_[below(corpus_.size())]; }

    char byte() noexcept {
        constexpr std::string_view telling =
            "\t\r\n \x1A"
            "0129\xC3\xA5\xEF\xBB\xBF\x84\xE5";
        return below(3) == 0 ? static_cast<char>(random() & 0xFF) : telling[below(telling.size())];
    }

    void change(std::string& bytes) {
        const std::size_t at = below(bytes.size() + 1);
        switch (below(5)) {
            case 0:
                if (at < bytes.size()) bytes[at] = byte();
                break;
            case 1:
                bytes.insert(at, 1 + below(9), byte());
                break;
            case 2:
                bytes.erase(at, 1 + below(90));
                break;
            case 3:
                bytes.insert(at, pick().substr(0, 400));
                break;
            default:
                bytes.resize(at);
                break;
        }
    }

    const std::vector<std::string>& corpus_;
    std::uint64_t state_ = 1;
};

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
    mutator mutate(corpus);
    for (unsigned i = 0; i < mutations; ++i)
        run(mutate.next());
    std::printf("%zu files and %u mutations\n", corpus.size(), mutations);
    return 0;
}
