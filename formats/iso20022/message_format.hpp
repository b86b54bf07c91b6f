// What every ISO 20022 message answers the generic commands alike, from its tables (../xml). A message adds its title, its rules,
// what check tells of it, and its generator.
#pragma once

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::iso20022 {

class message_format : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept final { return type_->format_id; }
    [[nodiscard]] bool sniff(std::string_view head) const noexcept final;
    void describe(const output& to) const final;

    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const final;
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const final;
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const final;
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const final;
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const final;

 protected:
    // `type` lives for ever.
    explicit message_format(const xml::document_type& type) noexcept : type_(&type) {}

    // Whether a document with this root is the message; its root element is Document.
    [[nodiscard]] virtual bool is_message(const xml::root_tag& root) const noexcept = 0;

 private:
    const xml::document_type* type_;
};

// Whether bytes that break before their root element, for one by a DTD, name a message that begins so ("camt.") all the same:
// such a document is still ours to refuse.
[[nodiscard]] bool names_in_broken_prolog(std::string_view head, std::string_view message);

// "08"; empty for 0, which is a message without namespace.
[[nodiscard]] std::string version_text(std::uint16_t number);

}  // namespace brygga::iso20022
