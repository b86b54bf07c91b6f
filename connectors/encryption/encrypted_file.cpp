#include "connectors/encryption/encrypted_file.hpp"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <openssl/crypto.h>
#include <openssl/rand.h>

#include "connectors/encryption/detail/cipher.hpp"

namespace brygga::encryption {

namespace {

constexpr std::string_view magic =
    "\x89"
    "BRYGGA\n";
constexpr char version = 1;
constexpr std::size_t version_at = 8, id_length_at = 9, id_at = 10, size_at = 42, hash_at = 50, salt_at = 82, check_at = 114;
constexpr std::size_t hash_bytes = 32, size_bytes = 8;
static_assert(id_at + max_key_id_bytes == size_at && size_at + size_bytes == hash_at && hash_at + hash_bytes == salt_at);
static_assert(salt_at + detail::salt_bytes == check_at && check_at + detail::check_bytes == header_bytes);

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hex_of(std::string_view bytes) {
    std::string out;
    for (const char each : bytes) {
        const auto value = static_cast<unsigned char>(each);
        out += hex_digits[value >> 4U];
        out += hex_digits[value & 15U];
    }
    return out;
}

// Of an even number of lower-case digits, as all our fingerprints are.
std::string bytes_of_hex(std::string_view digits) {
    std::string out;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2)
        out += static_cast<char>(hex_digits.find(digits[i]) << 4U | hex_digits.find(digits[i + 1]));
    return out;
}

void append_number(std::string& to, std::uint64_t value) {
    for (std::size_t i = size_bytes; i-- != 0;)
        to += static_cast<char>(value >> (8 * i));
}

std::uint64_t number_in(std::string_view bytes) {
    std::uint64_t out = 0;
    for (const char each : bytes)
        out = out << 8U | static_cast<unsigned char>(each);
    return out;
}

std::string_view text_of(std::span<const std::uint8_t> bytes) {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

std::string header_of(std::string_view key_id, const content& of, std::string_view salt, std::string_view check) {
    std::string out(magic);
    out += version;
    out += static_cast<char>(key_id.size());
    out.append(key_id).append(max_key_id_bytes - key_id.size(), '\0');
    append_number(out, of.size_bytes);
    return out.append(bytes_of_hex(of.sha256)).append(salt).append(check);
}

bool belongs_in_id(char c) noexcept {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

result<detail::file_key> key_of_file(const secret_key& key, std::string_view salt) {
    std::array<std::uint8_t, detail::salt_bytes> bytes{};
    std::copy_n(salt.begin(), bytes.size(), bytes.begin());
    return detail::derive(key, bytes);
}

}  // namespace

bool system_random(std::span<std::uint8_t> into) {
    return RAND_bytes(into.data(), static_cast<int>(into.size())) == 1;
}

result<std::string> read_head(filedrop::open_file& from) {
    std::string head(header_bytes, '\0');
    std::size_t filled = 0;
    while (filled < head.size()) {
        const auto got = from.read(std::span(head).subspan(filled));
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) break;
        filled += *got;
    }
    head.resize(filled);
    return head;
}

bool is_encrypted(std::string_view head, std::string_view sha256) {
    return head.size() >= header_bytes && head.starts_with(magic) && hex_of(head.substr(hash_at, hash_bytes)) == sha256;
}

result<file_header> parse_header(std::string_view head) {
    if (head.size() < header_bytes || !head.starts_with(magic))
        return fail(error_code::corrupt, "the file does not begin as an encrypted one");
    if (head[version_at] != version)
        return fail(error_code::invalid_content,
                    "the file is encrypted in a version of the format that this program does not know");
    const auto length = static_cast<unsigned char>(head[id_length_at]);
    const std::string_view field = head.substr(id_at, max_key_id_bytes);
    if (length == 0 || length > max_key_id_bytes || !std::all_of(field.begin(), field.begin() + length, belongs_in_id) ||
        field.find_first_not_of('\0', length) != std::string_view::npos)
        return fail(error_code::corrupt, "the header of the encrypted file is damaged");
    return file_header{std::string(field.substr(0, length)),
                       {hex_of(head.substr(hash_at, hash_bytes)), number_in(head.substr(size_at, size_bytes))}};
}

std::uint64_t encrypted_size(std::uint64_t plain_bytes) noexcept {
    const std::uint64_t blocks = std::max<std::uint64_t>(1, plain_bytes / block_bytes + (plain_bytes % block_bytes != 0 ? 1 : 0));
    return header_bytes + plain_bytes + blocks * detail::tag_bytes;
}

writer::writer(filedrop::open_file& to, std::string header, std::uint64_t size, detail::block_cipher cipher)
    : to_(&to),
      header_(std::move(header)),
      left_bytes_(size),
      cipher_(std::make_unique<detail::block_cipher>(std::move(cipher))),
      block_(block_bytes + detail::tag_bytes) {}

writer::writer(writer&&) noexcept = default;
writer::~writer() = default;

result<writer> writer::begin(filedrop::open_file& to, const named_key& key, const content& of, const random_source& random) {
    std::array<std::uint8_t, detail::salt_bytes> salt{};
    if (!random(salt)) return fail(error_code::io, "there is no random number to be had");
    const auto derived = detail::derive(key.key, salt);
    if (!derived) return tl::unexpected<error>(derived.error());
    auto cipher = detail::block_cipher::make(derived->key, detail::direction::encrypt);
    if (!cipher) return tl::unexpected<error>(cipher.error());
    std::string header = header_of(key.id, of, text_of(salt), text_of(derived->check));
    if (auto written = to.write(header); !written) return tl::unexpected<error>(written.error());
    return writer(to, std::move(header), of.size_bytes, std::move(*cipher));
}

result<void> writer::write_block(bool last) {
    const std::span<std::uint8_t> block(block_.data(), filled_ + detail::tag_bytes);
    if (auto done = cipher_->encrypt(number_, last, header_, block); !done) return done;
    ++number_;
    filled_ = 0;
    return to_->write(text_of(block));
}

result<void> writer::add(std::string_view plain) {
    if (plain.size() > left_bytes_) return fail(error_code::invalid_argument, "more bytes than were announced");
    while (!plain.empty()) {
        // Full, and not the last one: something follows.
        if (filled_ == block_bytes)
            if (auto written = write_block(false); !written) return written;
        const std::size_t taken = std::min(plain.size(), block_bytes - filled_);
        std::copy_n(plain.begin(), taken, block_.begin() + static_cast<std::ptrdiff_t>(filled_));
        filled_ += taken;
        left_bytes_ -= taken;
        plain.remove_prefix(taken);
    }
    return {};
}

result<void> writer::finish() {
    if (left_bytes_ != 0) return fail(error_code::invalid_argument, "fewer bytes than were announced");
    return write_block(true);
}

reader::reader(filedrop::open_file& from, std::string_view head, std::uint64_t size, detail::block_cipher cipher)
    : from_(&from),
      header_(head),
      left_bytes_(size),
      cipher_(std::make_unique<detail::block_cipher>(std::move(cipher))),
      block_(block_bytes + detail::tag_bytes) {}

reader::reader(reader&&) noexcept = default;
reader::~reader() = default;

result<reader> reader::begin(filedrop::open_file& from, std::string_view head, const key_ring& keys) {
    const auto header = parse_header(head);
    if (!header) return tl::unexpected<error>(header.error());
    const named_key* const key = keys.find(header->key_id);
    if (key == nullptr)
        return fail(error_code::invalid_config,
                    fmt::format("it is encrypted with the key {}, which the configuration does not name", header->key_id));
    const auto derived = key_of_file(key->key, head.substr(salt_at, detail::salt_bytes));
    if (!derived) return tl::unexpected<error>(derived.error());
    if (CRYPTO_memcmp(derived->check.data(), head.data() + check_at, detail::check_bytes) != 0)
        return fail(error_code::invalid_config,
                    fmt::format("it is encrypted with another key {} than the one that is configured, or its header is damaged",
                                header->key_id));
    auto cipher = detail::block_cipher::make(derived->key, detail::direction::decrypt);
    if (!cipher) return tl::unexpected<error>(cipher.error());
    return reader(from, head.substr(0, header_bytes), header->of.size_bytes, std::move(*cipher));
}

result<std::string_view> reader::next() {
    if (ended_) return std::string_view();
    const auto changed = [this] {
        return fail(error_code::corrupt, fmt::format("the encrypted file was changed or damaged, at block {}", number_ + 1));
    };
    const std::size_t plain = static_cast<std::size_t>(std::min<std::uint64_t>(left_bytes_, block_bytes));
    const bool last = left_bytes_ <= block_bytes;
    const std::size_t wanted = plain + detail::tag_bytes;
    const std::span<char> room(reinterpret_cast<char*>(block_.data()), block_.size());
    std::size_t filled = 0;
    while (filled < wanted) {
        const auto got = from_->read(room.subspan(filled, wanted - filled));
        if (!got) return tl::unexpected<error>(got.error());
        if (*got == 0) return changed();
        filled += *got;
    }
    const auto opened = cipher_->decrypt(number_, last, header_, std::span(block_).first(wanted));
    if (!opened && opened.error().code == error_code::corrupt) return changed();
    if (!opened) return tl::unexpected<error>(opened.error());
    ++number_;
    left_bytes_ -= plain;
    if (last) {
        char more = 0;
        const auto got = from_->read({&more, 1});
        if (!got) return tl::unexpected<error>(got.error());
        if (*got != 0) return fail(error_code::corrupt, "something was added to the encrypted file");
        ended_ = true;
    }
    return text_of(std::span(block_).first(plain));
}

}  // namespace brygga::encryption
