#include "formats/iso20022/camt/reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/core/check_digit.hpp"
#include "formats/iso20022/camt/detail/reading.hpp"

namespace brygga::camt {

namespace {

constexpr std::array<std::string_view, 3> ids = {"camt.052", "camt.053", "camt.054"};
constexpr std::array<std::string_view, 3> first_children = {"BkToCstmrAcctRpt", "BkToCstmrStmt", "BkToCstmrDbtCdtNtfctn"};
constexpr std::uint16_t newest_version = 8;

void judge_version(const xml::root_tag& head, detail::reporter& to, message_file& into) {
    const auto known = version_of(head.uri, head.first_child);
    into.recognised = known.has_value();
    if (!known) {
        to.tell(rule::R01, severity::error, {}, {}, head.offset, head.uri.empty() ? head.first_child : head.uri,
                fmt::format("the namespace {}camt.052.001.VV, camt.053.001.VV or camt.054.001.VV, with VV from 01 to {:02}",
                            iso20022::namespace_stem, newest_version));
        return;
    }
    into.version = *known;
    if (known->number > newest_version || known->number == 0)
        to.tell(rule::R01, severity::warning, {}, {}, head.offset, head.uri.empty() ? "no namespace" : std::string_view(head.uri),
                fmt::format("version 01 to {:02}", newest_version));
}

}  // namespace

std::string_view format_id(message_kind kind) noexcept {
    return ids[static_cast<std::size_t>(kind)];
}

std::optional<message_version> version_of(std::string_view uri, std::string_view first_child) noexcept {
    if (const auto name = iso20022::parse_namespace(uri)) {
        const auto found = std::find(ids.begin(), ids.end(), name->message);
        if (found == ids.end()) return std::nullopt;
        return message_version{static_cast<message_kind>(found - ids.begin()), name->version};
    }
    if (!uri.empty()) return std::nullopt;
    for (std::size_t i = 0; i < first_children.size(); ++i)
        if (first_child.substr(0, first_child.find("V01")) == first_children[i])
            return message_version{static_cast<message_kind>(i), 0};
    return std::nullopt;
}

message_kind nearest_kind(std::string_view uri, std::string_view first_child) noexcept {
    for (std::size_t i = 0; i < ids.size(); ++i)
        if (uri.starts_with(iso20022::namespace_stem) && uri.substr(iso20022::namespace_stem.size()).starts_with(ids[i]))
            return static_cast<message_kind>(i);
    const auto by_child = version_of({}, first_child);
    return by_child ? by_child->kind : message_kind::notification;
}

// ^BG[0-9]{8} ([0-9]{5})-[0-9]{7}$
entry_reference parse_entry_reference(std::string_view text) noexcept {
    constexpr std::size_t size = 24;
    if (text.size() != size || !text.starts_with("BG") || text[10] != ' ' || text[16] != '-') return {};
    const std::string_view bankgiro = text.substr(2, 8);
    const std::string_view serial = text.substr(11, 5);
    if (!all_digits(bankgiro) || !all_digits(serial) || !all_digits(text.substr(17))) return {};
    return {bankgiro.substr(std::min(bankgiro.find_first_not_of('0'), bankgiro.size())), serial};
}

std::string payment_place::path() const {
    return details == 0 ? fmt::format("TxDtls[{}]", in_details) : fmt::format("NtryDtls[{}]/TxDtls[{}]", details, in_details);
}

message_file read(std::string_view bytes, const read_options& options, sink* into) {
    message_file file{{}, false, {}, {}, {}, {}, {}, {}, {}, {}, finding_list(rules(), options.policy)};
    detail::reporter report(bytes, file);
    const xml::root_tag head = xml::look_at_root(bytes);
    if (!head.name.empty() && head.name != "Document") {
        report.tell(rule::R01, severity::error, {}, head.name, head.offset, head.name, "Document as root element");
        return file;
    }
    if (!head.name.empty()) judge_version(head, report, file);
    if (file.findings.refused()) return file;
    xml::reader in(bytes);
    root document;
    detail::reading events(bytes, options, into, file, report, document);
    const xml::read_outcome done = xml::read(in, root_table(), &document, events);
    if (!done.whole)
        report.tell(rule::R01, severity::error, events.at_innermost(), {}, done.why.offset, done.why.text,
                    "a well-formed XML document");
    if (done.whole && !events.saw_message())
        report.tell(rule::R01, severity::error, {}, {}, head.offset, head.first_child, "a message below Document");
    return file;
}

}  // namespace brygga::camt
