// What an entry of an index means for a print batch, both ways (the second table of print-batch.md section 3.6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/date.hpp"
#include "formats/print/address/block.hpp"
#include "formats/print/index/records.hpp"

namespace brygga::print::index {

enum class flow : std::uint8_t { invoice, reminder };

// What the name of an archive says: "Faktura-pdf-250915_063000.zip.7z".
struct container_name {
    flow of{};
    date day{};
    std::string clock;  // "063000"
};

// Nothing for another name.
[[nodiscard]] std::optional<container_name> parse_container_name(std::string_view name);
[[nodiscard]] std::string write_container_name(const container_name& of);

enum class document_kind : std::uint8_t { invoice, credit_invoice, reminder };
enum class payment_method : std::uint8_t { slip, autogiro, none };
enum class postage : std::uint8_t { normal, economy };

enum class index_rule : std::uint8_t {
    element_missing,  // PRB-R08: an amount, a day or a country that is missing or none; the document is not sent
    recipient_id,     // PRB-W03: the recipient's id in the file name is unusual, or not the one of the index
};
[[nodiscard]] std::string_view id(index_rule rule) noexcept;

struct index_finding {
    index_rule rule{};
    std::string field;  // element name
    std::string expected;
};

struct document {
    document_kind kind{};
    std::string file_name;  // of the dialect; holds an identity number and is kept in the ledger only
    std::string number;
    std::optional<date> issued, due;
    std::string reference;
    std::optional<std::int64_t> amount_ore;
    std::string account;  // digits only
    payment_method method{};
    std::string customer_number;
    std::string identity_number;  // 12 digits of a person, 10 of an organisation; empty when the index has none that is valid
    address_parts address;
    index::postage postage = index::postage::economy;
    bool print_only = false;  // PRB-W03: whom the letter is for is not sure enough for a digital mailbox

    std::vector<index_finding> findings;
    [[nodiscard]] bool sendable() const noexcept;  // without findings of error level
};

// `today` decides the century of identity numbers of 10 digits. Values that are none leave their member empty.
[[nodiscard]] document read_entry(const r1_entry& from, flow of, date today);
[[nodiscard]] document read_entry(const r2_entry& from, flow of, date today);

// The same table backwards, empty where the document has nothing. The print house's own numbers are the caller's to fill in.
[[nodiscard]] r1_entry to_r1(const document& from);
[[nodiscard]] r2_entry to_r2(const document& from);

}  // namespace brygga::print::index
