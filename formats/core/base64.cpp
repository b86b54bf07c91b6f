#include "formats/core/base64.hpp"

#include <algorithm>
#include <cstddef>

#include <openssl/evp.h>

namespace brygga {

namespace {

constexpr std::size_t bytes_of_group = 3, letters_of_group = 4;
// OpenSSL counts in int, and both sizes are multiples of a group so that pieces can be joined.
constexpr std::size_t piece_bytes = bytes_of_group << 20, piece_letters = letters_of_group << 20;

const unsigned char* bytes_of(std::string_view text) {
    return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

std::string in_base64(std::string_view bytes) {
    // OpenSSL writes a zero behind each piece; the next one, or the string's own end, takes its place.
    std::string text((bytes.size() + bytes_of_group - 1) / bytes_of_group * letters_of_group, '\0');
    for (std::size_t from = 0, to = 0; from < bytes.size(); from += piece_bytes, to += piece_letters) {
        const std::string_view piece = bytes.substr(from, piece_bytes);
        EVP_EncodeBlock(reinterpret_cast<unsigned char*>(text.data() + to), bytes_of(piece), static_cast<int>(piece.size()));
    }
    return text;
}

std::optional<std::string> from_base64(std::string_view text) {
    constexpr std::string_view letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    if (text.size() % letters_of_group != 0) return std::nullopt;
    const std::size_t padding = text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
    const std::string_view body = text.substr(0, text.size() - padding);
    const bool alphabet = std::all_of(body.begin(), body.end(), [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '+' || c == '/';
    });
    if (!alphabet) return std::nullopt;
    if (padding != 0) {
        const std::size_t unused = padding == 1 ? 4 : 16;
        if (letters.find(body.back()) % unused != 0) return std::nullopt;
    }
    std::string bytes(text.size() / letters_of_group * bytes_of_group, '\0');
    for (std::size_t from = 0, to = 0; from < text.size(); from += piece_letters, to += piece_bytes) {
        const std::string_view piece = text.substr(from, piece_letters);
        if (EVP_DecodeBlock(reinterpret_cast<unsigned char*>(bytes.data() + to), bytes_of(piece),
                            static_cast<int>(piece.size())) < 0)
            return std::nullopt;
    }
    bytes.resize(bytes.size() - padding);
    return bytes;
}

}  // namespace brygga
