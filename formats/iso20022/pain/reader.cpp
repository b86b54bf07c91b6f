#include "formats/iso20022/pain/reader.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "formats/iso20022/pain/detail/reading.hpp"
#include "formats/iso20022/pain/detail/structure.hpp"
#include "formats/iso20022/pain/detail/version.hpp"

namespace brygga::pain {

namespace {

// Of one kind of message.
struct kind_facts {
    std::string_view id, first_child;
    std::uint16_t older, newer;  // the versions in use in Sweden
};
constexpr std::array<kind_facts, 2> kinds = {{
    {"pain.001", "CstmrCdtTrfInitn", 3, 9},
    {"pain.002", "CstmrPmtStsRpt", 3, 10},
}};

}  // namespace

std::string_view format_id(message_kind kind) noexcept {
    return kinds[static_cast<std::size_t>(kind)].id;
}

std::optional<message_version> version_of(std::string_view uri, std::string_view first_child) noexcept {
    const auto name = iso20022::parse_namespace(uri);
    if (!name && !uri.empty()) return std::nullopt;
    for (std::size_t i = 0; i < kinds.size(); ++i) {
        if (name ? name->message == kinds[i].id : first_child == kinds[i].first_child)
            return message_version{static_cast<message_kind>(i), name ? name->version : std::uint16_t{0}};
    }
    return std::nullopt;
}

namespace detail {

std::optional<message_version> recognise(std::string_view bytes, message_kind wanted, reporter& report) {
    const kind_facts& facts = kinds[static_cast<std::size_t>(wanted)];
    const xml::root_tag head = xml::look_at_root(bytes);
    if (head.name.empty()) return message_version{wanted, facts.older};
    if (head.name != "Document") {
        report.tell(rule::R01, severity::error, {}, 0, head.name, "Document as root element");
        return std::nullopt;
    }
    const auto found = version_of(head.uri, head.first_child);
    if (!found || found->kind != wanted) {
        report.tell(rule::R01, severity::error, {}, 0, head.uri.empty() ? head.first_child : head.uri,
                    fmt::format("a {} message", facts.id));
        return std::nullopt;
    }
    // A bank refuses our order without a namespace; its own answer can be understood.
    if (found->number == 0)
        report.tell(rule::R01, wanted == message_kind::initiation ? severity::error : severity::warning, {}, 0, "no namespace",
                    fmt::format("the namespace of {}.001.{:02}", facts.id, facts.older));
    else if (found->number != facts.older && found->number != facts.newer)
        report.tell(rule::R01, severity::warning, {}, 0, head.uri,
                    fmt::format("version {:02} or {:02}", facts.older, facts.newer));
    return found;
}

}  // namespace detail

initiation_file read(std::string_view bytes, const read_options& options, sink* into) {
    initiation_file file{{}, false, {}, {}, {}, {}, {}, finding_list(rules(), options.policy)};
    detail::reporter report(bytes, file.findings);
    const auto version = detail::recognise(bytes, message_kind::initiation, report);
    if (!version) return file;
    file.recognised = true;
    file.version = version->number;
    xml::reader in(bytes);
    root document;
    detail::reading events(options, into, file, report, document);
    const xml::read_outcome done = xml::read(in, root_table(), &document, events);
    if (!done.whole)
        report.tell(rule::R01, severity::error, {}, done.why.offset, done.why.text, "a well-formed XML document");
    else if (events.saw_message())
        detail::check_structure(bytes, file.version, report);
    else
        report.tell(rule::R01, severity::error, {}, 0, {}, "CstmrCdtTrfInitn below Document");
    return file;
}

}  // namespace brygga::pain
