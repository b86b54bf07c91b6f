// The rules on one document, as far as manifest and ledger tell: PRB-R05, R07 to R10, R12 to R16, W01, and the sizes of R06.
#pragma once

#include <cstddef>
#include <string>
#include <unordered_map>

#include "formats/print/batch/detail/reading.hpp"

namespace brygga::print::batch::detail {

class document_judge {
 public:
    // The header must be read before the first document is judged.
    document_judge(reading& into, const header& of) : into_(into), header_(of) {}

    // `at` has the places of the values of `item`.
    void judge(const document& item, const layout::document& at, std::size_t index, std::size_t begin);

 private:
    void kind_and_flow();
    void conditional_elements();
    void conditional_payment();
    void identity();
    void payment();
    void code_line();
    void handling();
    void protected_document();
    void group();
    void dispatch();
    void ledger();
    void files();
    void letters();
    void letters_of(const layout::value& text, std::string_view path);

    void tell(rule broken, severity level, std::string_view path, const layout::value* where, std::string_view found,
              std::string_view expected);
    void hold(rule broken, std::string_view path, const layout::value* where, std::string_view found, std::string_view expected) {
        tell(broken, severity::hold, path, where, found, expected);
    }

    struct joined {
        std::string customer_number;
        std::optional<postal_address> address;
        batch::postage postage{};
    };

    reading& into_;
    const header& header_;
    std::unordered_map<std::string, joined> groups_;
    const document* item_ = nullptr;
    const layout::document* at_ = nullptr;
    std::size_t index_ = 0, begin_ = 0;
};

// The first letter of a text that Latin-1 does not have, as "U+20AC".
[[nodiscard]] std::optional<std::string> beyond_latin_1(std::string_view utf8);

}  // namespace brygga::print::batch::detail
