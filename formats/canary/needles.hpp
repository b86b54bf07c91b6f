// The sealed values that are looked for in outgoing bytes (PRO-R03).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace brygga::canary {

enum class value_kind : std::uint8_t { name, street, place, email, telephone, identity_number };
[[nodiscard]] std::string_view name(value_kind kind) noexcept;

// As the index has it: a value that several persons have is there for each.
struct needle {
    value_kind kind{};
    std::uint32_t subject{};  // whose it is, by the caller's count
    std::string folded;
};

class needles {
 public:
    // False for a value that is too short to be told from anything else, of which nothing is looked for. A telephone number is
    // found with and without country code, an identity number (12 or 10 digits) with and without century and hyphen.
    bool add(value_kind kind, std::uint32_t subject, std::string_view text);
    [[nodiscard]] bool empty() const noexcept { return all_.empty(); }
    [[nodiscard]] const std::vector<needle>& all() const noexcept { return all_; }
    // Those that this text is.
    [[nodiscard]] std::vector<std::size_t> equal_to(value_kind kind, std::string_view text) const;

    // Calls with each needle that stands in a view (views.hpp), of letters or of numbers.
    template <class Visit>
    void each_in(std::string_view view, bool of_numbers, const Visit& visit) const {
        for (std::size_t at = 0; at + key_size <= view.size(); ++at) {
            const auto found = index_.find(key_of(view.substr(at)));
            if (found == index_.end()) continue;
            for (const std::size_t which : found->second)
                if (is_number(all_[which].kind) == of_numbers && stands_at(view, at, all_[which])) visit(which);
        }
    }

 private:
    static constexpr std::size_t key_size = 6;

    [[nodiscard]] static bool is_number(value_kind kind) noexcept {
        return kind == value_kind::telephone || kind == value_kind::identity_number;
    }
    [[nodiscard]] static std::uint64_t key_of(std::string_view text) noexcept {
        std::uint64_t out = 0;
        for (std::size_t i = 0; i != key_size; ++i)
            out = out << 8 | static_cast<unsigned char>(text[i]);
        return out;
    }
    [[nodiscard]] static bool stands_at(std::string_view view, std::size_t at, const needle& which) noexcept;
    [[nodiscard]] static std::string folded(value_kind kind, std::string_view text);

    std::vector<needle> all_;
    std::unordered_map<std::uint64_t, std::vector<std::size_t>> index_;  // by their first characters
};

}  // namespace brygga::canary
