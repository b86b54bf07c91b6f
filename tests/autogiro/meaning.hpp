// Everything that a reading of Autogiro tells, as text: two files that mean the same give the same.
#pragma once

#include <string>

#include "formats/bankgirot/autogiro/reader.hpp"

namespace brygga::autogiro::testing {

class meaning : public sink {
 public:
    void section_opened(const section_view& section) override;
    void mandate_request(const mandate_request_view& item) override;
    void payment(const payment_view& item) override;
    void refund(const refund_view& item) override;
    void change(const change_view& item) override;
    void amendment(const amendment_view& item) override;
    void mandate_advice(const advice_view& item) override;
    void internet_mandate(const internet_mandate_view& item) override;
    void register_entry(const register_view& item) override;
    void section_closed(const section_view& section) override;

    std::string text;

 private:
    template <class... Parts>
    void add(const Parts&... parts);
    void payment_text(const payment_record& record);
    void entry_text(const entry_record* entry);
};

// Of a whole file, its totals and verdict included.
[[nodiscard]] std::string meaning_of(const std::string& bytes, const read_options& options = {});

}  // namespace brygga::autogiro::testing
