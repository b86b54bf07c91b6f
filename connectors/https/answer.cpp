#include "connectors/https/detail/answer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <openssl/evp.h>

namespace brygga::https::detail {

using transfer::failed;
using transfer::fault;
using transfer::outcome;
using transfer::remote_entry;

namespace {

constexpr std::size_t hash_bytes = 32, hash_base64 = 44;
constexpr std::string_view algorithm = "sha-256=";
constexpr std::string_view blanks = " \t";

bool is_algorithm(std::string_view text) {
    return std::equal(text.begin(), text.end(), algorithm.begin(), algorithm.end(),
                      [](char a, char b) { return (a >= 'A' && a <= 'Z' ? static_cast<char>(a - 'A' + 'a') : a) == b; });
}

tl::unexpected<transfer::transfer_error> no_listing(std::string_view why) {
    return failed(fault::bad_answer, fmt::format("list: the server's answer {}", why));
}

}  // namespace

outcome<std::vector<remote_entry>> read_listing(std::string_view text) {
    const nlohmann::json all = nlohmann::json::parse(text, nullptr, false);
    if (!all.is_array()) return no_listing("is no JSON list");
    if (all.size() > transfer::max_remote_entries)
        return failed(fault::too_large, fmt::format("the folder holds more than {} names", transfer::max_remote_entries));
    std::vector<remote_entry> found;
    for (const nlohmann::json& each : all) {
        if (!each.is_object()) return no_listing("lists something else than objects");
        const auto name = each.find("name"), size = each.find("size"), modified = each.find("modified");
        if (name == each.end() || !name->is_string()) return no_listing("has a file without name");
        if (size == each.end() || !size->is_number_unsigned()) return no_listing("has a file without size");
        if (modified == each.end() || !modified->is_number_integer()) return no_listing("has a file without time of change");
        auto plain = name->get<std::string>();
        if (plain.empty() || plain == "." || plain == ".." || plain.find('/') != std::string::npos) continue;
        found.push_back({std::move(plain), {true, size->get<std::uint64_t>(), modified->get<std::int64_t>(), {}}});
    }
    return found;
}

outcome<std::string> read_digest(std::string_view header) {
    while (!header.empty()) {
        const std::size_t end = std::min(header.find(','), header.size());
        std::string_view each = header.substr(0, end);
        header.remove_prefix(std::min(end + 1, header.size()));
        each.remove_prefix(std::min(each.find_first_not_of(blanks), each.size()));
        if (!is_algorithm(each.substr(0, algorithm.size()))) continue;
        each.remove_prefix(algorithm.size());
        each = each.substr(0, each.find_last_not_of(blanks) + 1);
        if (each.size() == hash_base64 + 2 && each.front() == ':' && each.back() == ':') each = each.substr(1, hash_base64);
        std::array<unsigned char, hash_bytes + 1> bytes{};
        const auto* const from = reinterpret_cast<const unsigned char*>(each.data());
        const bool good = each.size() == hash_base64 && each.back() == '=' &&
                          EVP_DecodeBlock(bytes.data(), from, static_cast<int>(each.size())) == hash_bytes + 1;
        if (!good) return failed(fault::bad_answer, "the server tells a SHA-256 that is none");
        std::string digits;
        for (std::size_t i = 0; i < hash_bytes; ++i)
            digits += fmt::format("{:02x}", bytes[i]);
        return digits;
    }
    return std::string();
}

std::string digest_of(std::string_view sha256) {
    std::array<unsigned char, hash_bytes> bytes{};
    for (std::size_t i = 0; i < hash_bytes; ++i)
        static_cast<void>(std::from_chars(sha256.data() + 2 * i, sha256.data() + 2 * i + 2, bytes[i], 16));
    std::array<unsigned char, hash_base64 + 1> text{};
    EVP_EncodeBlock(text.data(), bytes.data(), static_cast<int>(bytes.size()));
    return fmt::format("sha-256=:{}:", reinterpret_cast<const char*>(text.data()));
}

}  // namespace brygga::https::detail
