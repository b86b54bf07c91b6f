// Follows a message element by element: understands entries and payments, applies the rules, and tells the sink.
#pragma once

#include <array>
#include <vector>

#include "formats/iso20022/camt/detail/reporter.hpp"

namespace brygga::camt::detail {

// The values of an entry that are used when its first payment comes.
inline constexpr std::size_t entry_header_size = 11;
using entry_header_presence = std::array<bool, entry_header_size>;

// In öre; at most 18 digits in all, zeros on both sides not counted, as the schemas say.
[[nodiscard]] result<std::int64_t> decimal_amount(const value& item);
// Whether it is an amount but for the third of its decimals, as some currencies have.
[[nodiscard]] bool is_finer_than_ore(const value& item);

// A day as it is written, whatever offset stands behind it; of a moment its swedish_day().
[[nodiscard]] std::optional<date> day_of(const value& day, const value& moment) noexcept;
// container_facts::about.
[[nodiscard]] std::optional<date> day_about(const container& report) noexcept;

class reading : public xml::listener {
 public:
    reading(std::string_view bytes, const read_options& options, sink* into, message_file& file, reporter& report, root& document)
        : bytes_(bytes), options_(options), into_(into), file_(file), report_(report), document_(document) {}

    void opened(std::uint16_t level, std::size_t offset) override;
    void closed(std::uint16_t level, std::size_t begin, std::size_t end) override;
    void repeated(std::string_view name, std::size_t offset) override;
    void foreign(std::string_view name, std::size_t offset) override;
    [[nodiscard]] bool saw_message() const noexcept { return saw_message_; }
    // Of the innermost element that has begun and not ended.
    [[nodiscard]] position at_innermost() const noexcept;

 private:
    // A payment without an amount is handed on only when it is known whether the entry has another one.
    struct waiting_payment {
        const transaction* data = nullptr;
        std::size_t begin{}, end{};
    };
    // Of the container's entries, for its summary and balances.
    struct container_sums {
        std::uint64_t credit_count{}, debit_count{};
        ore_sum credits, debits, booked_net;
        bool amounts_known = true;
        bool one_currency = true;
        std::string currency;
    };
    struct batch_sums {
        std::uint64_t payments{};
        ore_sum net;
        bool amounts_known = true;
    };

    [[nodiscard]] const container& here() const noexcept { return document_.message.container; }
    [[nodiscard]] const entry& entry_here() const noexcept { return document_.message.container.entry; }
    [[nodiscard]] position at_container() const noexcept;
    [[nodiscard]] position at_entry() const noexcept;
    [[nodiscard]] position at_details() const noexcept;
    [[nodiscard]] position at_payment() const noexcept;

    // Where a value stands, or the element that lacks it.
    [[nodiscard]] std::size_t place_of(const value& item, const position& at) const noexcept;
    // R10, where both are currencies.
    void compare_currency(const value& found, std::string_view expected, const position& at, std::string_view path);

    // R02 and R03. No amount where the message is refused, nor where öre cannot hold one of a currency with three decimals.
    [[nodiscard]] std::optional<std::int64_t> amount(const value& text, const value& currency, const position& at,
                                                     std::string_view path);
    [[nodiscard]] bool is_credit(const value& indicator, const position& at, std::string_view path, bool otherwise);

    void container_closed(std::size_t begin);
    void summary_rules();
    void summary_count(const value& stated, std::uint64_t counted, std::string_view path);
    [[nodiscard]] bool may_be_finer_than_ore() const noexcept;
    void summary_sum(const value& stated, const ore_sum& counted, std::string_view path);
    void balance_rule();
    void balance_rule(const balance& opening, const balance& closing);
    [[nodiscard]] std::string path_of(const balance& item, std::string_view child) const;
    [[nodiscard]] std::optional<std::int64_t> signed_balance(const balance& item);
    [[nodiscard]] static const value* sign_of_pages(const value& page, const value& last) noexcept;
    [[nodiscard]] bool one_of_several_pages();

    void open_entry();
    void plausible_date(const value& day, const value& moment, std::string_view path);
    void close_entry(std::size_t begin, std::size_t end);
    void header_order();
    void entry_rules();
    void batch_rules();

    void close_payment(const transaction& item, std::size_t begin, std::size_t end);
    void settle_waiting(bool alone);
    void hand_on(const transaction& item, std::size_t begin, std::size_t end, bool alone);
    void count_payment(const payment_view& item);
    [[nodiscard]] std::optional<std::int64_t> part_amount(const value& stated, const value& currency, const std::string& path);
    void understand_parts(const transaction& item, const ocr_agreement* agreement);
    void payment_rules(payment_view& item, const transaction& data);
    void receiving_bankgiro(payment_view& item, const transaction& data);
    void split_rule(payment_view& item, const transaction& data);

    std::string_view bytes_;
    const read_options& options_;
    sink* into_;
    message_file& file_;
    reporter& report_;
    root& document_;

    bool saw_message_ = false;
    message_kind kind_{};
    std::string_view container_name_;
    std::uint32_t container_no_ = 0, entry_in_container_ = 0, ordinal_ = 0;
    bool entry_open_ = false;
    entry_view entry_;
    entry_header_presence header_{};  // when the entry was understood
    bool not_ours_told_ = false;      // R16, of this entry
    std::size_t container_begin_ = 0;
    level inside_{};
    container_sums sums_;
    batch_sums batch_;
    payment_place place_;  // of the details and the payment that began last
    std::uint32_t details_in_entry_ = 0, direct_payments_ = 0;
    waiting_payment waiting_;
    std::vector<part> parts_;
    std::string bankgiro_digits_, payer_digits_;
};

}  // namespace brygga::camt::detail
