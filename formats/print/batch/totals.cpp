#include "formats/print/batch/totals.hpp"

#include <algorithm>
#include <vector>

#include "formats/core/money.hpp"
#include "formats/core/sha256.hpp"

namespace brygga::print::batch {

std::uint64_t sheets_of(const file_ref& file, const print_options& print) noexcept {
    return print.duplex ? (std::uint64_t{file.pages} + 1) / 2 : file.pages;
}

std::uint64_t pages_of(const document& item) noexcept {
    std::uint64_t pages = item.file.pages;
    for (const file_ref& each : item.attachments)
        pages += each.pages;
    return pages;
}

std::uint64_t sheets_of(const document& item) noexcept {
    std::uint64_t sheets = sheets_of(item.file, item.print);
    for (const file_ref& each : item.attachments)
        sheets += sheets_of(each, item.print);
    return sheets;
}

std::string digest_of(std::span<const document> documents) {
    std::vector<const document*> in_order;
    in_order.reserve(documents.size());
    for (const document& each : documents)
        in_order.push_back(&each);
    std::sort(in_order.begin(), in_order.end(), [](const document* a, const document* b) { return a->id < b->id; });
    sha256 hash;
    for (const document* each : in_order) {
        hash.add(each->id);
        hash.add(":");
        hash.add(each->file.sha256);
        hash.add("\n");
    }
    return hash.hex();
}

totals totals_of(std::span<const document> documents) {
    totals made;
    ore_sum payable;
    made.documents = documents.size();
    for (const document& each : documents) {
        made.pages += pages_of(each);
        made.sheets += sheets_of(each);
        if (!each.payment || each.payment->method != payment_method::slip) continue;
        ++made.payable_documents;
        payable += each.payment->amount_ore;
    }
    made.payable_ore = payable.value().value_or(payable.negative() ? INT64_MIN : INT64_MAX);
    made.digest = digest_of(documents);
    return made;
}

}  // namespace brygga::print::batch
