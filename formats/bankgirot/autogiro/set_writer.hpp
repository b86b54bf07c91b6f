// Writes one file of a generated set, a section at a time. Internal to the generator.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/bankgirot/autogiro/invented_set.hpp"
#include "formats/bankgirot/autogiro/records.hpp"
#include "formats/bankgirot/autogiro/report_writer.hpp"
#include "formats/bankgirot/autogiro/writer.hpp"
#include "formats/invented/bad_records.hpp"
#include "formats/invented/payers.hpp"

namespace brygga::autogiro::detail {

inline constexpr std::string_view generated_customer_number = "471117";
inline constexpr std::string_view generated_bank_account = "00000000000000000005841000001009823";

class set_writer {
 public:
    set_writer(std::uint64_t seed, std::uint32_t bad_percent, const set_days& days);

    // The section of the payers from `first` on, before `end`; `requests` chooses among those to Bankgirot.
    void section(layout_id layout, request_kind requests, std::string_view bankgiro, std::uint64_t first, std::uint64_t end);

    // Whole sections; may be drained between them.
    [[nodiscard]] std::string& bytes() noexcept { return reports_.bytes(); }

 private:
    using writes_payer = void (set_writer::*)(const invented_payer&);

    void requests(request_kind kind, std::string_view bankgiro);
    void report(layout_id layout, std::string_view bankgiro);
    void specification(bool has_entries);
    [[nodiscard]] std::string_view written_on(layout_id layout) const noexcept;

    // Of each payer with such a story. `opens_entry` is the code of the entry that the first of them opens, or empty.
    void each(bool (*has)(story), writes_payer write, std::string_view opens_entry = {});

    void ask_mandate(const invented_payer& payer);
    void instruct(const invented_payer& payer);
    void ask_change(const invented_payer& payer);
    void propose(const invented_payer& payer);
    void advise(const invented_payer& payer);
    void advise(const invented_payer& payer, const std::string& number, std::string_view information, std::string_view comment);
    void reject(const invented_payer& payer);
    void amend(const invented_payer& payer);
    void watch(const invented_payer& payer);
    void collect(const invented_payer& payer);
    void pay_out(const invented_payer& payer);
    void take_back(const invented_payer& payer);
    void enter(const invented_payer& payer);

    [[nodiscard]] payment_record collection_of(const invented_payer& payer) const;
    [[nodiscard]] payment_record payout_of(const invented_payer& payer) const;
    // A main record was written: the last line of `bytes`.
    void written(std::string& bytes, bool is_reported_payment = false);

    std::uint64_t seed_;
    invented::bad_share bad_;
    const set_days& days_;
    std::vector<invented::payer> names_;
    report_writer reports_;
    std::optional<writer> requests_;  // of the section
    layout_id layout_{};
    std::string bankgiro_;
    std::uint64_t first_ = 0, end_ = 0, sections_ = 0, bad_records_ = 0;
};

}  // namespace brygga::autogiro::detail
