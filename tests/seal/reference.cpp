#include "tests/seal/reference.hpp"

#include <charconv>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include <fmt/format.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

namespace brygga::seal::testing {

namespace {

int normalised(unsigned byte) {
    switch (byte) {
        case 0x0A:
        case 0x0D:
            return -1;
        case 0xC9:
            return 0x40;
        case 0xC4:
            return 0x5B;
        case 0xD6:
            return 0x5C;
        case 0xC5:
            return 0x5D;
        case 0xDC:
            return 0x5E;
        case 0xE9:
            return 0x60;
        case 0xE4:
            return 0x7B;
        case 0xF6:
            return 0x7C;
        case 0xE5:
            return 0x7D;
        case 0xFC:
            return 0x7E;
        default:
            return byte >= 0x20 && byte <= 0x7E ? static_cast<int>(byte) : 0xC3;
    }
}

}  // namespace

std::string reference_normalised(std::string_view bytes) {
    std::string out;
    for (const char each : bytes)
        if (const int byte = normalised(static_cast<unsigned char>(each)); byte >= 0) out += static_cast<char>(byte);
    return out;
}

std::string reference_hmac(std::string_view key_digits, std::string_view bytes) {
    std::string key;
    for (std::size_t i = 0; i < key_digits.size(); i += 2) {
        unsigned byte = 0;
        std::from_chars(key_digits.data() + i, key_digits.data() + i + 2, byte, 16);
        key += static_cast<char>(byte);
    }
    const std::string input = reference_normalised(bytes);
    unsigned char code[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (HMAC(EVP_sha256(), key.data(), static_cast<int>(key.size()), reinterpret_cast<const unsigned char*>(input.data()),
             input.size(), code, &size) == nullptr)
        throw std::runtime_error("HMAC");
    std::string out;
    for (unsigned i = 0; i < size; ++i)
        out += fmt::format("{:02X}", code[i]);
    return out;
}

std::string reference_mac(std::string_view key_digits, std::string_view bytes) {
    return reference_hmac(key_digits, bytes).substr(0, 32);
}

std::string sealed_by_reference(std::string_view key_digits, std::string_view data, std::string_view day) {
    const std::string content = fmt::format("00{}HMAC{:68}\r\n{}", day, "", data);
    return fmt::format("{}99{}{}{}{:8}\r\n", content, day, reference_mac(key_digits, "00000000"),
                       reference_mac(key_digits, content), "");
}

key key_of(std::string_view digits) {
    auto made = key::from_digits(digits);
    if (!made) throw std::runtime_error(made.error().text);
    return *made;
}

std::string file_bytes(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    if (!in) throw std::runtime_error("cannot read " + path.string());
    std::ostringstream out;
    out << in.rdbuf();
    return out.str();
}

std::string example(const std::string& number) {
    return file_bytes(std::filesystem::path(BRYGGA_SOURCE_DIR) / "fixtures/seal" / fmt::format("example-{}.txt", number));
}

std::string unsealed(const std::string& sealed) {
    const std::size_t first = sealed.find("\r\n") + 2;
    const std::size_t last = sealed.rfind("\r\n", sealed.size() - 3) + 2;
    return sealed.substr(first, last - first);
}

std::string replaced(std::string text, std::string_view what, std::string_view by) {
    for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + by.size()))
        text.replace(at, what.size(), by);
    return text;
}

}  // namespace brygga::seal::testing
