#include "connectors/transfer/remote_files.hpp"

#include "formats/core/sha256.hpp"

namespace brygga::transfer {

namespace {

constexpr std::size_t block_bytes = std::size_t{256} << 10;

}  // namespace

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
