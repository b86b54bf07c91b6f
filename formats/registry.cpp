#include "formats/registry.hpp"

#include <set>

#include <fmt/format.h>

#include "formats/bankgirot/autogiro/format.hpp"
#include "formats/bankgirot/bgmax/format.hpp"
#include "formats/bankgirot/supplier_payment/format.hpp"
#include "formats/bankgirot/sus/format.hpp"
#include "formats/einvoice/peppol/format.hpp"
#include "formats/einvoice/registration/format.hpp"
#include "formats/einvoice/svefaktura/format.hpp"
#include "formats/iso20022/camt/format.hpp"
#include "formats/iso20022/pain/format.hpp"
#include "formats/mail/format.hpp"
#include "formats/print/batch/format.hpp"
#include "formats/print/receipt/format.hpp"

namespace brygga {

std::string_view name(direction which) noexcept {
    switch (which) {
        case direction::incoming:
            return "in";
        case direction::outgoing:
            return "out";
        case direction::both:
            return "in, out";
    }
    return "unknown";
}

namespace {

std::vector<const format*>& known_formats() {
    static std::vector<const format*> list{
        &bgmax::registered_format(),
        &autogiro::registered_format(),
        &supplier_payment::registered_format(),
        &sus::registered_format(),
        &camt::registered_format(camt::message_kind::report),
        &camt::registered_format(camt::message_kind::statement),
        &camt::registered_format(camt::message_kind::notification),
        &pain::registered_format(pain::message_kind::initiation),
        &pain::registered_format(pain::message_kind::status_report),
        &einvoice::peppol::registered_format(),
        &einvoice::svefaktura::registered_format(),
        &einvoice::registration::registered_format(),
        &print::batch::registered_format(),
        &print::receipt::registered_format(),
        &mail::registered_format(),
    };
    return list;
}

}  // namespace

std::span<const format* const> formats() noexcept {
    return known_formats();
}

result<void> add_formats(std::vector<std::unique_ptr<const format>> described) {
    static std::vector<std::unique_ptr<const format>> kept;
    std::set<std::string_view> ids;
    for (const format* each : formats())
        ids.insert(each->id());
    for (const auto& each : described)
        if (!ids.insert(each->id()).second)
            return fail(error_code::conflict, fmt::format("there is a format {} already", each->id()));
    for (auto& each : described) {
        known_formats().push_back(each.get());
        kept.push_back(std::move(each));
    }
    return {};
}

const format* find_format(std::string_view id) noexcept {
    for (const format* each : formats())
        if (each->id() == id) return each;
    return nullptr;
}

const format* sniff(std::string_view head) noexcept {
    for (const format* each : formats())
        if (each->sniff(head)) return each;
    for (const format* each : formats())
        if (each->refuses(head)) return each;
    return nullptr;
}

}  // namespace brygga
