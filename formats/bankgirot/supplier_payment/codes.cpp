#include "formats/bankgirot/supplier_payment/codes.hpp"

#include <array>

namespace brygga::supplier_payment {

namespace {

constexpr std::array<code_text, 5> rejections{{
    {"0000", "see the record before or after"},
    {"0013", "the recipient's bank account is wrong"},
    {"0042", "the recipient's bankgiro is wrong"},
    {"0064", "the date is unreasonable"},
    {"0110", "the recipient's name or address is missing"},
}};

constexpr std::array<code_text, 2> payment_types{{
    {"0", "seen in production files of 2016"},
    {"C", "seen in Bankgirot's example"},
}};

constexpr std::array<code_text, 3> report_kinds{{
    {"1", "payment specification"},
    {"2", "payments on watch"},
    {"6", "rejected"},
}};

}  // namespace

std::span<const code_text> codes_of(code_table which) noexcept {
    switch (which) {
        case code_table::rejection:
            return rejections;
        case code_table::payment_type:
            return payment_types;
        case code_table::report_kind:
            return report_kinds;
    }
    return {};
}

const code_text* find_code(code_table which, std::string_view code) noexcept {
    for (const code_text& each : codes_of(which))
        if (each.code == code) return &each;
    return nullptr;
}

}  // namespace brygga::supplier_payment
