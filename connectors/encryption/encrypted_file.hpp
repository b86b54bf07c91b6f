// Files encrypted at rest: our own format, version 1. Numbers are big-endian, positions count from 0.
//
//     position  size  header, in the clear
//            0     8  89 42 52 59 47 47 41 0A: the byte 89, "BRYGGA" and a line feed
//            8     1  version, 1
//            9     1  length of the key's id, 1 to 32
//           10    32  id of the key, then zeros
//           42     8  size of the plain bytes
//           50    32  SHA-256 of the plain bytes
//           82    32  salt, random for each file
//          114    16  check of the key
//          130        blocks: 1 MiB of the plain bytes each, the last one what is left (an empty file has one empty block),
//                     encrypted, and 16 bytes of tag behind each
//
// HKDF-SHA256 (RFC 5869) makes 48 bytes of the key, with the salt and the text "brygga original, version 1": a key of this
// file alone, and the check, which tells a wrong key from a damaged file. Each block is AES-256-GCM under the file's key with
// the nonce: number of the block (11 bytes, from 0), and 1 for the last block, 0 for any other (1 byte). The key is new with
// each file, so a nonce that counts cannot repeat under it. The whole header is associated data of every block.
//
// So no block can be changed, swapped, left out, added or cut off, in one file or between two, and no byte of the header
// changed, unseen. The format hides neither size, nor hash, nor which key.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "connectors/encryption/key.hpp"
#include "connectors/filedrop/file_system.hpp"
#include "formats/core/result.hpp"

namespace brygga::encryption {

inline constexpr std::size_t header_bytes = 130;
inline constexpr std::size_t block_bytes = std::size_t{1} << 20;  // of plain bytes

// What the header tells of the plain bytes.
struct content {
    std::string sha256;  // 64 lower-case digits
    std::uint64_t size_bytes{};
};

struct file_header {
    std::string key_id;
    content of;
};

// Fills it with bytes that nobody can foretell; false when it cannot.
using random_source = std::function<bool(std::span<std::uint8_t>)>;
[[nodiscard]] bool system_random(std::span<std::uint8_t> into);

// The first header_bytes of the file, or all that there is.
[[nodiscard]] result<std::string> read_head(filedrop::open_file& from);

// Whether a file that begins so is the encrypted form of the bytes with this hash. A delivered file never is, whatever it begins
// with: it would have to hold its own hash.
[[nodiscard]] bool is_encrypted(std::string_view head, std::string_view sha256);

// invalid_content for another version, corrupt for what no writer writes.
[[nodiscard]] result<file_header> parse_header(std::string_view head);

// Bytes of the encrypted form.
[[nodiscard]] std::uint64_t encrypted_size(std::uint64_t plain_bytes) noexcept;

namespace detail {
class block_cipher;
}

// Writes the encrypted form piece by piece, with one block in memory.
class writer {
 public:
    // `to` is empty, and outlives the writer. io when there is no random number to be had.
    [[nodiscard]] static result<writer> begin(filedrop::open_file& to, const named_key& key, const content& of,
                                              const random_source& random = system_random);
    writer(writer&&) noexcept;
    ~writer();

    // invalid_argument when it is more than was announced.
    [[nodiscard]] result<void> add(std::string_view plain);
    // The last block; not yet durable. invalid_argument when it is less than was announced.
    [[nodiscard]] result<void> finish();

 private:
    writer(filedrop::open_file& to, std::string header, std::uint64_t size, detail::block_cipher cipher);
    [[nodiscard]] result<void> write_block(bool last);

    filedrop::open_file* to_;
    std::string header_;
    std::uint64_t left_bytes_;  // that are still to be added
    std::unique_ptr<detail::block_cipher> cipher_;
    std::vector<std::uint8_t> block_;
    std::size_t filled_ = 0;
    std::uint64_t number_ = 0;
};

// Reads it block by block. That the plain bytes have the hash of the header is for the caller to compare: the tags say that
// they are what was written with it.
class reader {
 public:
    // `from` stands behind its header, which is `head`, and outlives the reader. Errors besides those of parse_header:
    // invalid_config when the ring does not have its key or has another one under that id; the text names the id.
    [[nodiscard]] static result<reader> begin(filedrop::open_file& from, std::string_view head, const key_ring& keys);
    reader(reader&&) noexcept;
    ~reader();

    // The next plain bytes, valid until the next call, each block after its tag held; nothing at the end. corrupt when the file
    // is not as it was written.
    [[nodiscard]] result<std::string_view> next();

 private:
    reader(filedrop::open_file& from, std::string_view head, std::uint64_t size, detail::block_cipher cipher);

    filedrop::open_file* from_;
    std::string header_;
    std::uint64_t left_bytes_;
    bool ended_ = false;
    std::unique_ptr<detail::block_cipher> cipher_;
    std::vector<std::uint8_t> block_;
    std::uint64_t number_ = 0;
};

}  // namespace brygga::encryption
