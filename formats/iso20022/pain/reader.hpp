// Reads pain.001 of any version, one payment at a time, with the rules of supplier-payments.md section 4 that a file alone can
// break: P1-R01 and P1-R02.
//
//     struct printer : pain::sink {
//         void payment(const pain::payment_view& each) override { std::cout << each.what.amount_ore << '\n'; }
//     } print;
//     const pain::initiation_file file = pain::read(bytes, {}, &print);
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/core/finding.hpp"
#include "formats/core/money.hpp"
#include "formats/iso20022/pain/payment.hpp"
#include "formats/iso20022/pain/records.hpp"
#include "formats/iso20022/pain/rules.hpp"

namespace brygga::pain {

enum class message_kind : std::uint8_t { initiation, status_report };

[[nodiscard]] std::string_view format_id(message_kind kind) noexcept;  // "pain.001", "pain.002"

struct message_version {
    message_kind kind{};
    std::uint16_t number{};  // 3 for pain.001.001.03; 0 when the document has no namespace
};
// By the namespace of the root element, else by the name of its first child.
[[nodiscard]] std::optional<message_version> version_of(std::string_view namespace_uri, std::string_view first_child) noexcept;

struct read_options {
    rule_policy policy;
    payment_limits limits;
};

// A payment as it was read. Views live as long as the call that hands them out.
struct payment_view {
    std::uint32_t ordinal{};        // 1-based within the message
    std::uint32_t group_no{};       // 1-based PmtInf
    std::uint32_t group_ordinal{};  // 1-based within the PmtInf
    const instruction* group{};
    const transfer* data{};
    std::size_t begin{}, end{};  // bytes of the document
    pain::payment what;          // amount_ore 0 where has_amount is false
    bool has_amount = false;
    std::string_view currency;
    bool held = false;  // by P1-R02
};

// A payment that waits for a person. ordinal is 1-based within the message.
struct hold_mark {
    std::uint32_t ordinal{};
    rule broken{};

    [[nodiscard]] bool operator==(const hold_mark&) const = default;
};

struct initiation_file {
    std::uint16_t version{};
    bool recognised = false;
    std::string id, created;
    std::map<std::string, std::uint64_t> records;  // by repeating element: PmtInf, CdtTrfTxInf
    ore_sum payments_ore;                          // whatever their currencies, as CtrlSum is
    std::vector<hold_mark> holds;                  // complete, not capped
    finding_list findings;

    [[nodiscard]] bool accepted() const noexcept { return !findings.refused(); }
};

// Events come in document order, also for messages that turn out to be refused at the end.
class sink {
 public:
    virtual ~sink() = default;
    virtual void payment(const payment_view&) {}
};

[[nodiscard]] initiation_file read(std::string_view bytes, const read_options& options = {}, sink* into = nullptr);

// PmtInf whose ids are kept; a message with more is refused by P1-R01.
inline constexpr std::size_t max_groups = 100'000;

}  // namespace brygga::pain
