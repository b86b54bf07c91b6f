// Any bytes as a ZIP archive: the entry point of libFuzzer and of replay.cpp. Aborts where an oracle does not hold: names stay in
// their folder and come once, limits hold, and reading again gives the same.
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <set>
#include <string>
#include <string_view>

#include "formats/archive/zip.hpp"

namespace {

constexpr brygga::archive::zip_limits limits{.members = 100, .member_bytes = 1 << 20, .bytes = 4 << 20, .ratio = 200};

void require(bool holds, const char* what) {
    if (holds) return;
    std::fprintf(stderr, "zip_fuzz: %s\n", what);
    std::abort();
}

std::string read(std::string_view bytes) {
    std::string out;
    std::set<std::string> names;
    std::uint64_t size = 0;
    const auto done =
        brygga::archive::read_zip(bytes, limits, [&](const brygga::archive::zip_member& each) -> brygga::result<void> {
            const std::string name = "/" + std::string(each.name) + "/";
            require(name.find("/../") == std::string::npos && name.find("//") == std::string::npos, "a name leaves its folder");
            require(names.insert(name).second, "a name comes twice");
            require(each.bytes.size() <= limits.member_bytes, "a member is too large");
            size += each.bytes.size();
            require(names.size() <= limits.members && size <= limits.bytes, "the archive is too large");
            out += name + std::string(each.bytes);
            return {};
        });
    return out + (done ? "" : done.error().text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    require(read(bytes) == read(bytes), "reading again gives something else");
    return 0;
}
