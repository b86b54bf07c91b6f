// One BgMax payment as a camt transaction.
#pragma once

#include <deque>
#include <string>

#include "formats/bankgirot/bgmax/reader.hpp"
#include "formats/iso20022/camt/records.hpp"

namespace brygga::convert::detail {

// Keeps the texts that the values of camt records point at.
class texts {
 public:
    [[nodiscard]] camt::value keep(std::string text);
    void clear() noexcept { kept_.clear(); }

 private:
    std::deque<std::string> kept_;
};

// Fills `made`, whose texts live in `in`, with a payment to this bankgiro.
void fill_transaction(const bgmax::payment_view& item, std::string_view bankgiro, std::string_view currency, texts& in,
                      camt::transaction& made);

}  // namespace brygga::convert::detail
