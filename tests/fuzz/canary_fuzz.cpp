// Any bytes before a sealed value: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does not hold: what the
// value stands behind does not hide it, and looking again tells the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <string_view>

#include "formats/canary/scan.hpp"
#include "formats/core/base64.hpp"

namespace {

using namespace brygga;

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "canary_fuzz: %s\n", what);
    std::abort();
}

const canary::needles& sealed() {
    static const canary::needles all = [] {
        canary::needles out;
        require(out.add(canary::value_kind::name, 0, "Berit Åsa Björkén"), "a name is too short");
        require(out.add(canary::value_kind::telephone, 0, "0707654321"), "a number is too short");
        return out;
    }();
    return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string bytes(reinterpret_cast<const char*>(data), size);
    const canary::report once = canary::scan(bytes, sealed()), again = canary::scan(bytes, sealed());
    require(once.seen.size() == again.seen.size() && once.unreadable == again.unreadable, "looking again tells something else");
    for (const std::string hidden : {"Berit Åsa Björkén", "0707654321"}) {
        require(!canary::scan(bytes + "\n" + hidden + "\n", sealed()).may_leave(), "what stands before hides a value");
        require(
            !canary::scan(bytes + "\n\n" + in_base64(hidden + " och litet mer text, så att det är lång Base64") + "\n", sealed())
                 .may_leave(),
            "what stands before hides a value in Base64");
    }
    return 0;
}
