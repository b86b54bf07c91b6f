// What every format of XML answers the generic commands alike, from its tables. A format adds its title, how it is recognised,
// its rules, what check tells of it, and its generator.
#pragma once

#include "formats/format.hpp"
#include "formats/xml/document.hpp"

namespace brygga::xml {

class document_format : public format {
 public:
    [[nodiscard]] std::string_view id() const noexcept final { return type_->format_id; }
    void describe(const output& to) const final;

    void show(std::string_view bytes, const read_settings& with, const show_settings& how, const output& to) const final;
    void to_json(std::string_view bytes, const read_settings& with, const output& to) const final;
    [[nodiscard]] result<void> from_json(std::string_view json_lines, const output& to) const final;
    bool diff(std::string_view before, std::string_view after, const read_settings& with, const output& to) const final;
    void mask(std::string_view bytes, std::string_view key, const read_settings& with, const output& to) const final;

 protected:
    // `type` lives for ever.
    explicit document_format(const document_type& type) noexcept : type_(&type) {}

 private:
    const document_type* type_;
};

}  // namespace brygga::xml
