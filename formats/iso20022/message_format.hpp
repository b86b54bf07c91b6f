// How an ISO 20022 message is recognised; the rest of what it answers is that of every XML format (../xml).
#pragma once

#include "formats/xml/document_format.hpp"

namespace brygga::iso20022 {

class message_format : public xml::document_format {
 public:
    [[nodiscard]] bool sniff(std::string_view head) const noexcept final;

 protected:
    // `type` lives for ever.
    explicit message_format(const xml::document_type& type) noexcept : document_format(type) {}

    // Whether a document with this root is the message; its root element is Document.
    [[nodiscard]] virtual bool is_message(const xml::root_tag& root) const noexcept = 0;
};

// Whether bytes that break before their root element, for one by a DTD, name a message that begins so ("camt.") all the same:
// such a document is still ours to refuse.
[[nodiscard]] bool names_in_broken_prolog(std::string_view head, std::string_view message);

// "08"; empty for 0, which is a message without namespace.
[[nodiscard]] std::string version_text(std::uint16_t number);

}  // namespace brygga::iso20022
