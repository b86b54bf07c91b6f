// Writes the elements of a table (table.hpp) in the order of its rows, which is that of the schema: UTF-8, one element per line,
// indented by two blanks.
//
//     xml::writer out(to, 8);                        // version 8 of the message
//     out.document("Document", "urn:...", [&] {
//         out.open("Ntfctn", container_table(), &item);  // its rows up to the first streamed one
//         out.whole("Ntry", entry_table(), &entry);      // one streamed element, everything in it included
//         out.close();                                   // the rows behind, and the end tag
//     });
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "formats/xml/table.hpp"

namespace brygga::xml {

// Text as it may stand between tags; characters that no XML holds become U+FFFD.
[[nodiscard]] std::string escaped(std::string_view utf8);
// Whether it has such characters.
[[nodiscard]] bool holds_forbidden(std::string_view utf8) noexcept;
// The same between quotes of either kind, where a line end, TAB or apostrophe is written as a reference.
[[nodiscard]] std::string escaped_attribute(std::string_view utf8);

class writer {
 public:
    writer(std::function<void(std::string_view)> to, std::uint16_t version) : to_(std::move(to)), version_(version) {}
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;
    ~writer() { flush(); }

    // The XML declaration, the root element with its namespace, and what `content` writes into it.
    void document(std::string_view root, std::string_view namespace_uri, const std::function<void()>& content);
    // The same of a root element that has a table: its attributes, its rows before the streamed ones, what `content` writes, and
    // its rows behind them.
    void document(std::string_view root, std::string_view namespace_uri, const table& of, const void* object,
                  const std::function<void()>& content);

    void open(std::string_view name, const table& of, const void* object);
    void close();
    void whole(std::string_view name, const table& of, const void* object);

 private:
    struct element {
        std::string_view name;
        const table* of{};
        const void* object{};
        std::size_t next_row{};  // behind the streamed ones
    };

    // Rows from `from` up to the first streamed one; where that is.
    std::size_t rows(const table& of, const void* object, std::size_t from);
    void leaf(const table& of, const row& item, const void* object, std::size_t index);
    void go_to(std::string_view parents);
    void leave_all();
    [[nodiscard]] bool holds_anything(const table& of, const void* object) const;
    void start(std::string_view name);
    void attributes(const table& of, const void* object, std::string_view of_element, std::size_t index);
    void nested(std::string_view name, const table& of, const void* object);
    void end(std::string_view name);
    void indent();
    void flush();

    std::function<void(std::string_view)> to_;
    std::uint16_t version_;
    std::string buffer_;
    std::size_t depth_ = 0;
    std::vector<element> open_;
    std::vector<std::string_view> path_;  // elements open within the table at hand
};

}  // namespace brygga::xml
