#include "connectors/transfer/remote_files.hpp"

#include "formats/core/sha256.hpp"

namespace brygga::transfer {

namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;

}  // namespace

bool same_version(const remote_facts& a, const remote_facts& b) noexcept {
    return a.regular == b.regular && a.size_bytes == b.size_bytes && a.modified_s == b.modified_s &&
           (a.sha256.empty() || b.sha256.empty() || a.sha256 == b.sha256);
}

outcome<std::string> sha256_of(remote_files& from, const std::string& path) {
    auto in = from.read(path, 0);
    if (!in) return tl::unexpected(in.error());
    sha256 hash;
    std::vector<char> block(block_bytes);
    while (true) {
        const auto got = (*in)->read(block);
        if (!got) return tl::unexpected(got.error());
        if (*got == 0) return hash.hex();
        hash.add({block.data(), *got});
    }
}

std::string joined(std::string_view folder, std::string_view name) {
    if (folder.empty()) return std::string(name);
    std::string path(folder);
    if (path.back() != '/') path += '/';
    return path.append(name);
}

}  // namespace brygga::transfer
