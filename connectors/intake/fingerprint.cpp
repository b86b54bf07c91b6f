#include "connectors/intake/fingerprint.hpp"

#include <vector>

#include "formats/core/sha256.hpp"

namespace brygga::intake {

result<fingerprint> fingerprint_of(filedrop::file_system& files, const std::filesystem::path& path) {
    const auto file = files.open(path);
    if (!file) return tl::unexpected<error>(file.error());
    sha256 sum;
    fingerprint out;
    std::vector<char> block(file_block_bytes);
    for (;;) {
        const auto got = (*file)->read(block);
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) break;
        sum.add({block.data(), *got});
        out.size_bytes += *got;
    }
    out.sha256 = sum.hex();
    return out;
}

}  // namespace brygga::intake
