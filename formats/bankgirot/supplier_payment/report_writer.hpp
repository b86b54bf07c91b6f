// Writing what Bankgirot sends (supplier-payments.md 3.2): for the generator and for whoever plays Bankgirot in a test. Numbers
// and sums of the closing record are computed; values are taken as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>

#include "formats/bankgirot/supplier_payment/layout.hpp"
#include "formats/bankgirot/supplier_payment/records.hpp"

namespace brygga::supplier_payment {

struct report_sender {
    std::string_view written;   // YYMMDD
    std::string_view day;       // of which the report tells, YYMMDD
    std::string_view bankgiro;  // that pays, 10 digits
};

// Views need to live during each call only. May be drained at any time.
class report_writer {
 public:
    void open(layout_id layout, const report_sender& from);  // TK11, or record 1

    // A record of the layout that is open: add<layouts::reported_payment>(...).
    template <class Layout>
    void add(const typename Layout::value_type& record) {
        using value = typename Layout::value_type;
        if constexpr (std::is_same_v<value, payment_record>)
            count(Layout::info().code, record.amount_ore);
        else if constexpr (std::is_same_v<value, returned_order_record>)
            sum_ore_ += record.amount_ore;
        else if constexpr (std::is_same_v<value, watch_total_record> || std::is_same_v<value, watched_day_record>)
            ++records_;
        write<Layout>(record);
    }

    // A record of the file to Bankgirot as it was; its TK49 follows by add().
    void echo(std::string_view line);

    void close();  // TK29 or record 3

    [[nodiscard]] std::string& bytes() noexcept { return bytes_; }
    [[nodiscard]] std::int64_t records() const noexcept { return records_; }  // that the closing record counts

 private:
    template <class Layout>
    void write(const typename Layout::value_type& record) {
        const std::size_t at = bytes_.size();
        bytes_.resize(at + layouts::width + 2, '\n');
        bytes_[at + layouts::width] = '\r';
        Layout::write(bytes_.data() + at, record);
    }
    void count(std::string_view code, std::int64_t amount_ore) noexcept;

    layout_id layout_{};
    std::string day_, bankgiro_;
    std::int64_t records_ = 0, sum_ore_ = 0;
    std::string bytes_;
};

}  // namespace brygga::supplier_payment
