// Follows a pain.001 element by element: understands payments, applies the rules, and tells the sink.
#pragma once

#include <set>
#include <string>

#include "formats/iso20022/pain/detail/reporter.hpp"
#include "formats/iso20022/pain/reader.hpp"

namespace brygga::pain::detail {

class reading : public xml::listener {
 public:
    reading(const read_options& options, sink* into, initiation_file& file, reporter& report, const root& document)
        : options_(options), into_(into), file_(file), report_(report), document_(document) {}

    void opened(std::uint16_t level, std::size_t offset) override;
    void closed(std::uint16_t level, std::size_t begin, std::size_t end) override;
    [[nodiscard]] bool saw_message() const noexcept { return saw_message_; }

 private:
    // Of the payments of a message or a group.
    struct totals {
        std::uint64_t count{};
        ore_sum sum;
        bool amounts_known = true;
    };

    [[nodiscard]] const initiation& message() const noexcept { return document_.initiation; }
    [[nodiscard]] const instruction& group() const noexcept { return document_.initiation.instruction; }
    // The places of the group and of the payment at hand, with a path in it.
    [[nodiscard]] std::string in_group(std::string_view path) const;
    [[nodiscard]] std::string in_payment(std::string_view path) const;

    void close_payment(std::size_t begin, std::size_t end);
    void amount(payment_view& item);
    void judge(payment_view& item);
    void close_group(std::size_t begin);
    void close_message(std::size_t begin);
    void compare(const value& count, const value& sum, const totals& counted, const std::string& within);

    const read_options& options_;
    sink* into_;
    initiation_file& file_;
    reporter& report_;
    const root& document_;

    bool saw_message_ = false;
    totals of_message_, of_group_;
    std::uint32_t group_no_ = 0;
    std::set<std::string, std::less<>> group_ids_;
};

}  // namespace brygga::pain::detail
