// Any bytes as a layout: no crash, each fault lies within the text and is told in three lines, and what was read is the same when
// it was written and read again. The text also stands for every file that it includes.
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "tests/layout_language/oracles.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string text(reinterpret_cast<const char*>(data), size);
    const std::string wrong = brygga::layout::language::testing::wrong_with_reading(text);
    if (wrong.empty()) return 0;
    std::fprintf(stderr, "%s\n", wrong.c_str());
    std::abort();
}
