// The last look at what leaves: sealed values of protected persons in the bytes of a document (PRO-R03, PRO-R09; the canary scan
// of protected-identity.md section 4).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/canary/scan.hpp"
#include "mapping/ledger/store.hpp"

namespace brygga::protection {

class door {
 public:
    // With what is sealed now; that it was read is logged with `why` (PRO-R15). Needs a transaction that may write.
    [[nodiscard]] static result<door> open(std::string_view why, ledger::transaction& into);

    struct objection {
        std::string_view rule;  // PRO-R03, or PRO-R09 of who lives at the place of somebody protected
        std::string place;      // never the value
    };
    // Of a document to this customer: their own name and address may be in it, though somebody protected has the same. Who shares
    // a facility with somebody protected gets no document that names the place until a person has looked at it (`is_reviewed`).
    // In the letter of a protected person stands their identity number, and nothing else of them. Empty when it may leave.
    [[nodiscard]] result<std::vector<objection>> objections(std::string_view bytes, std::string_view customer_id,
                                                            bool is_reviewed, ledger::transaction& in) const;

 private:
    canary::needles sealed_;
    std::vector<std::string> customers_;  // by subject
};

}  // namespace brygga::protection
