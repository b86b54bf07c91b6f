// Writing what Bankgirot sends (autogiro.md sections 3.3 to 3.10): for the generator and for whoever plays Bankgirot in a test.
// Counters and sums are computed; values are taken as they are.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "formats/bankgirot/autogiro/records.hpp"

namespace brygga::autogiro {

struct report_sender {
    std::string_view written;          // CCYYMMDD; PAYSPEC_NEW adds a time and a number that makes each opening record another
    std::string_view customer_number;  // 6 digits
    std::string_view bankgiro;         // 10 digits
};

// Views need to live during each call only. May be drained between sections.
class report_writer {
 public:
    // TK01 or TK51. A mandate register has no opening record.
    void open(layout_id layout, const report_sender& from);

    // TK15, TK16 or TK17; amount and number are those of the approved records that follow.
    void entry(std::string_view code, const entry_record& item);
    void payment(payment_direction direction, const payment_record& item);
    void refund(const refund_record& item);
    void advice(const advice_record& item);
    void amendment(std::string_view code, const amendment_record& item);
    // TK53 to TK56 as far as there is something in them.
    void internet_mandate(const internet_mandate_record& item, std::span<const encoded_text> texts,
                          std::span<const encoded_text, 4> address, const town_record& town);
    void register_entry(const register_record& item);

    void close();  // TK09 or TK59, with the date of the opening record

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }

 private:
    template <class Layout>
    void write(const typename Layout::value_type& record);
    void finish_entry();
    void count(payment_direction direction, bool counts, std::int64_t amount_ore);

    layout_id layout_{};
    std::string written_;
    unsigned specifications_ = 0;  // opened
    closing_record totals_;
    std::string entry_code_;
    std::size_t entry_at_ = 0;  // of its line in bytes_
    std::int64_t entry_ore_ = 0, entry_payments_ = 0;
    std::string bytes_;
};

}  // namespace brygga::autogiro
