// What a document is on its way straight to its recipient: content for Kivra, or a message. Internal.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "connectors/dispatch/detail/desk.hpp"
#include "formats/print/letter/renderer.hpp"
#include "mapping/ledger/invoice_runs.hpp"
#include "mapping/outbound/letter.hpp"

namespace brygga::dispatch::detail {

class direct_form {
 public:
    virtual ~direct_form() = default;

    struct written {
        std::string bytes;
        std::string_view rule;  // not empty: there is no such form of it, and it goes on by the next channel for this
    };
    // What cannot be written for what is in it is invalid_content, and its text begins with a rule.
    [[nodiscard]] virtual result<written> write(const outbound::made_letter& made, const ledger::run_document_item& item,
                                                const print::renderer& drawn_by, ledger::transaction& in) = 0;
    // Why our own reader does not let these bytes go; empty when it does.
    [[nodiscard]] virtual std::string objection(std::string_view bytes) const = 0;
    [[nodiscard]] virtual std::string_view suffix() const noexcept = 0;  // of file names, with its point
};

// For a partner that delivers directly.
[[nodiscard]] std::unique_ptr<direct_form> form_for(const desk& on);

}  // namespace brygga::dispatch::detail
