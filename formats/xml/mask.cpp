#include "formats/xml/mask.hpp"

#include <algorithm>
#include <iterator>
#include <optional>
#include <set>

#include "formats/core/digits.hpp"
#include "formats/core/iban.hpp"
#include "formats/inspection/masked_text.hpp"
#include "formats/xml/detail/characters.hpp"
#include "formats/xml/value_form.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::xml {

namespace {

using inspection::alphabet;
using inspection::number_kind;

constexpr std::size_t most_giro_digits = 8;
constexpr std::size_t account_field_digits = 16;
constexpr std::size_t clearing_digits = 4;
constexpr std::size_t iban_head = 4;  // country and check digits
constexpr std::size_t own_reference_size = 24;  // "BG09912346 00041-0011130"
constexpr std::size_t most_at_once = 65'536;    // bytes of a text that are masked together
constexpr std::size_t kept_back = 1'048'576;    // bytes of masked document until they are handed on
constexpr std::string_view section_begin = "<![CDATA[";
constexpr std::string_view section_end = "]]>";
constexpr std::string_view blanks = " \t\r\n";
constexpr std::string_view all_digits = "0123456789";
constexpr std::string_view capitals_and_digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

// As much of it, all zeros: "AAAA". Nothing of the content is left, and it is base64 where it was.
std::string blank_base64(std::string_view value) {
    std::string out(value);
    for (char& c : out)
        if (c != '=' && blanks.find(c) == std::string_view::npos) c = 'A';
    return out;
}

bool only_of(std::string_view text, std::string_view allowed) noexcept {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

// Digits with separators, or what has the shape of an IBAN: letters anywhere else may be an alias or a name.
bool is_account_number(std::string_view value) noexcept {
    constexpr std::string_view separated = "0123456789 -.,/\t\r\n";
    if (only_of(value, separated)) return true;
    if (parse_iban(value)) return true;
    const bool country = value.size() > iban_head && only_of(value.substr(0, 2), capitals_and_digits.substr(0, 26));
    return country && only_of(value.substr(2), separated);
}

// SEB's reference of an entry: ^BG[0-9]{8} [0-9]{5}-[0-9]{7}$
bool is_own_reference(std::string_view value) noexcept {
    return value.size() == own_reference_size && value.starts_with("BG") && only_of(value.substr(2, 8), all_digits) &&
           value[10] == ' ' && only_of(value.substr(11, 5), all_digits) && value[16] == '-' &&
           only_of(value.substr(17), all_digits);
}

bool is_declaration(std::string_view attribute) noexcept {
    return attribute == "xmlns" || attribute.starts_with("xmlns:");
}

// "<?xml version='1.0' encoding='UTF-8'?>" in front of a document that may not be well-formed; 0 when anything else is in it.
std::size_t declaration_size(std::string_view bytes) {
    if (!bytes.starts_with("<?xml")) return 0;
    const std::size_t end = bytes.find("?>");
    if (end == std::string_view::npos) return 0;
    constexpr std::string_view between = " \t\r\n='\"";
    constexpr std::string_view words[] = {"version",  "encoding",     "standalone",  "1.0",      "1.1",        "yes",
                                          "no",       "UTF-8",        "utf-8",       "UTF-16",   "UTF8",       "utf8",
                                          "utf-16",   "UTF-16LE",     "UTF-16BE",    "US-ASCII", "ISO-8859-1", "iso-8859-1",
                                          "us-ascii", "windows-1252", "WINDOWS-1252"};
    std::string_view rest = bytes.substr(5, end - 5);
    if (rest.empty() || blanks.find(rest[0]) == std::string_view::npos) return 0;
    while (!(rest = rest.substr(std::min(rest.find_first_not_of(between), rest.size()))).empty()) {
        const std::string_view word = rest.substr(0, rest.find_first_of(between));
        if (std::find(std::begin(words), std::end(words), word) == std::end(words)) return 0;
        rest.remove_prefix(word.size());
    }
    return end + 2;
}

// The names of elements and attributes that the tables know.
std::set<std::string_view> names_of(const table& root) {
    std::set<std::string_view> out;
    std::set<const table*> seen;
    std::vector<const table*> next = {&root};
    while (!next.empty()) {
        const table* const at = next.back();
        next.pop_back();
        if (!seen.insert(at).second) continue;
        for (const row& each : at->rows()) {
            for (std::string_view path = each.path; !path.empty();) {
                const std::size_t size = std::min(path.find('/'), path.size());
                out.insert(path.substr(0, size));
                path.remove_prefix(std::min(size + 1, path.size()));
            }
            if (each.inner != nullptr) next.push_back(each.inner);
        }
    }
    return out;
}

class masker {
 public:
    explicit masker(std::string_view key) : hash_(key), digits_(hash_), text_(hash_, digits_), letters_(encoding::utf_8) {}

    std::string text(std::string_view value, number_kind kind) {
        std::string out(value);
        text_.mask(out, 0, out.size(), letters_, kind, false);
        return out;
    }

    // The digits of an account, taken together as the reader does; letters are those of countries, schemes and banks. What passes
    // the test of an IBAN still does, and no other does.
    std::string account(std::string_view value, bool first_run_only) {
        if (auto whole = iban(value)) return *whole;
        const std::size_t first = std::min(value.find_first_of(all_digits), value.size());
        const std::size_t end =
            first_run_only ? std::min(value.find_first_not_of(all_digits, first), value.size()) : value.size();
        const bool is_account = parse_bank_account(value).has_value();
        std::string out(value);
        do
            out = with_digits(out, first, number(digits_of(std::string_view(out).substr(first, end - first))));
        while (parse_iban(out) || parse_bank_account(out).has_value() != is_account);
        return out;
    }

    // The digits at the end that are the account's own: what its bank's test says of them stays.
    std::string account(std::string_view value, const bank_account& known) {
        const std::string masked_field = digits_.account(account_field(known));
        std::string digits = digits_of(value);
        digits.replace(digits.size() - known.account.size(), known.account.size(),
                       masked_field.substr(masked_field.size() - known.account.size()));
        return with_digits(std::string(value), 0, digits);
    }

 private:
    static std::string digits_of(std::string_view text) {
        std::string out;
        std::copy_if(text.begin(), text.end(), std::back_inserter(out), [](char c) { return c >= '0' && c <= '9'; });
        return out;
    }

    // The digits from `first` on replaced by these, as many as there are.
    static std::string with_digits(std::string text, std::size_t first, std::string_view digits) {
        for (std::size_t at = first, next = 0; next < digits.size(); ++at)
            if (text[at] >= '0' && text[at] <= '9') text[at] = digits[next++];
        return text;
    }

    std::string number(std::string run) {
        if (run.empty()) return run;
        if (run.size() <= most_giro_digits || run.size() > account_field_digits) return digits_.number(run, number_kind::giro);
        const std::size_t filling = account_field_digits - run.size();
        run.insert(clearing_digits, filling, '0');
        return digits_.account(run).erase(clearing_digits, filling);
    }

    // With right check digits again, when they were right.
    std::optional<std::string> iban(std::string_view value) {
        const auto known = parse_iban(value);
        if (!known) return std::nullopt;
        const std::string masked_digits = number_of_iban(digits_of(known->substr(iban_head)));
        const std::string own = with_digits(known->substr(iban_head), 0, masked_digits);
        const auto check = iban_check_digits(known->substr(0, 2), own);
        return check ? with_digits(std::string(value), 0, *check + masked_digits) : std::optional<std::string>();
    }

    std::string number_of_iban(const std::string& digits) {
        return digits.empty() ? digits : digits_.number(digits, number_kind::giro);
    }

    inspection::keyed_hash hash_;
    inspection::digit_masker digits_;
    inspection::text_masker text_;
    alphabet letters_;
};

class mask_visitor : public document_visitor {
 public:
    mask_visitor(const document_type& type, std::string_view key, const output& to) : type_(type), masker_(key), to_(to) {}

    void file(const document_facts& facts) override {
        in_ = facts.in;
        prefix_ = facts.prefix;
    }

    void part(const piece& item, std::string_view bytes) override {
        fields_ = in_order_of_place(item);
        piece_ = &item;
        mask_all(bytes, item.begin == 0, true);
    }

    void rest(std::string_view bytes, std::uint64_t, const fault&) override {
        fields_.clear();
        mask_all(bytes, !begun_, false);
    }

 private:
    static std::vector<field> in_order_of_place(const piece& item) {
        std::vector<field> out;
        std::copy_if(item.fields.begin(), item.fields.end(), std::back_inserter(out),
                     [](const field& each) { return each.size != 0; });
        std::sort(out.begin(), out.end(), [](const field& a, const field& b) { return a.offset < b.offset; });
        return out;
    }

    std::string value(const field& item, std::string_view written) {
        const std::string made = masked_value(item);
        if (made == item.value) return std::string(written);
        return as_written(item.attribute ? escaped_attribute(made) : escaped(made));
    }

    std::string masked_value(const field& item) {
        if (item.known == nullptr) {
            const std::string_view attribute =
                item.attribute ? std::string_view(item.path).substr(item.path.rfind('@') + 1) : std::string_view();
            if (is_declaration(attribute)) return item.value;
            return attribute == "xsi:schemaLocation" ? schema_location(item.value)
                                                     : masker_.text(item.value, number_kind::reference);
        }
        if (item.known->about.what == holds::binary) return blank_base64(item.value);
        if (const auto part = type_.reference_in ? type_.reference_in(*piece_, item) : std::nullopt)
            return item.value.substr(0, part->begin) +
                   masker_.text(std::string_view(item.value).substr(part->begin, part->size), number_kind::reference) +
                   item.value.substr(part->begin + part->size);
        switch (item.known->about.guard) {
            case privacy::open:
                return fits(item.known->about, item.value) ? item.value : masker_.text(item.value, number_kind::reference);
            case privacy::account:
                if (const auto known = type_.bank_account_at ? type_.bank_account_at(*piece_, item) : std::nullopt)
                    return masker_.account(item.value, *known);
                return is_account_number(item.value) ? masker_.account(item.value, false)
                                                     : masker_.text(item.value, number_kind::reference);
            case privacy::own_account:
                return is_own_reference(item.value) ? masker_.account(item.value, true)
                                                    : masker_.text(item.value, number_kind::reference);
            case privacy::identity:
                return masker_.text(item.value, number_kind::identity);
            case privacy::name:
            case privacy::address:
            case privacy::reference:
            case privacy::free_text:
                return masker_.text(item.value, number_kind::reference);
        }
        return {};
    }

    // Namespaces stay; where the schemas lie is told by nobody's business but the writer's.
    std::string schema_location(std::string_view value) {
        std::string out;
        while (!value.empty()) {
            const std::size_t blank = std::min(value.find_first_not_of(blanks), value.size());
            out += value.substr(0, blank);
            value.remove_prefix(blank);
            const std::string_view word = value.substr(0, std::min(value.find_first_of(blanks), value.size()));
            out += word.starts_with("urn:") ? std::string(word) : masker_.text(word, number_kind::reference);
            value.remove_prefix(word.size());
        }
        return out;
    }

    // Tags stay but for the values of their attributes; text, comments and processing instructions are masked. What is not
    // well-formed may hold anything between < and >: there a tag must have a name of the tables.
    void mask_all(std::string_view bytes, bool at_begin, bool well_formed) {
        begun_ = true;
        next_ = fields_.begin();
        std::size_t at = 0;
        if (at_begin) {
            if (bytes.starts_with(utf8_byte_order_mark)) at = utf8_byte_order_mark.size();
            at += declaration_size(bytes.substr(at));
            out_ += bytes.substr(0, at);
        }
        while (at < bytes.size()) {
            if (out_.size() >= kept_back) flush();
            if (next_ != fields_.end() && next_->offset == at && !next_->attribute) {
                out_ += value(*next_, bytes.substr(at, next_->size));
                at += next_++->size;
                continue;
            }
            const std::string_view rest = bytes.substr(at);
            if (const std::size_t section = well_formed ? section_size(rest) : 0; section != 0) {
                out_ += section_begin;
                run(rest.substr(section_begin.size(), section - section_begin.size() - section_end.size()), false);
                out_ += section_end;
                at += section;
                continue;
            }
            std::size_t size = rest.find('<');
            if (size == 0) {
                if (const std::size_t tag = tag_size(rest); tag != 0) {
                    const auto made = well_formed ? with_masked_attributes(bytes, at, at + tag) : known_tag(rest.substr(0, tag));
                    if (made) {
                        out_ += *made;
                        at += tag;
                        continue;
                    }
                }
                size = markup_size(rest);
            }
            size = std::min(size, rest.size());
            if (next_ != fields_.end() && !next_->attribute) size = std::min(size, next_->offset - at);
            run(rest.substr(0, size), well_formed && rest[0] != '<');
            at += size;
            for (const std::string_view end : {"-->", "?>"})
                if (bytes.substr(at).starts_with(end)) {
                    out_ += end;
                    at += end.size();
                }
        }
        flush();
    }

    // Of the CDATA section that begins there; 0 for anything else.
    static std::size_t section_size(std::string_view bytes) {
        if (!bytes.starts_with(section_begin)) return 0;
        const std::size_t end = bytes.find(section_end);
        return end == std::string_view::npos ? 0 : end + section_end.size();
    }

    // Up to the end of the comment or processing instruction that begins there; 1 for what is neither.
    static std::size_t markup_size(std::string_view bytes) {
        if (bytes.starts_with("<!--")) return bytes.find("-->", 4);
        if (bytes.starts_with("<?")) return bytes.find("?>", 2);
        return 1;
    }

    // A run of text of any size. Words and numbers are whole in a piece, if they are shorter than it. With `references` it is
    // text of a well-formed document, whose references stand for characters.
    void run(std::string_view text, bool references) {
        while (!text.empty()) {
            const std::size_t blank = std::min(text.find_first_not_of(blanks), text.size());
            for (std::size_t done = 0; done < blank; done += most_at_once) {
                out_ += text.substr(done, std::min(most_at_once, blank - done));
                if (out_.size() >= kept_back) flush();
            }
            text.remove_prefix(blank);
            std::size_t size = std::min(text.size(), most_at_once);
            if (size < text.size()) {
                if (const std::size_t cut = text.find_last_of(blanks, size); cut != std::string_view::npos)
                    size = cut;
                else
                    while (in_ != form::iso_8859_1 && size > most_at_once - 4 &&
                           (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U)
                        --size;
            }
            if (references) size = before_reference(text, size);
            out_ += references ? masked_content(text.substr(0, size))
                               : as_written(masker_.text(as_read(text.substr(0, size)), number_kind::reference));
            text.remove_prefix(size);
            if (out_.size() >= kept_back) flush();
        }
    }

    // Where a piece of this size is cut that would end within a reference.
    static std::size_t before_reference(std::string_view text, std::size_t size) {
        const std::size_t begin = text.rfind('&', size - 1);
        if (begin == std::string_view::npos || begin == 0 || size == text.size()) return size;
        return text.substr(begin, size - begin).find(';') == std::string_view::npos ? begin : size;
    }

    // Text with references, which may spell a word or number as well. What masking leaves as it is stays as it is written.
    std::string masked_content(std::string_view bytes) {
        const std::string plain = detail::with_references_resolved(as_read(bytes));
        const std::string made = masker_.text(plain, number_kind::reference);
        if (made == plain) return std::string(bytes);
        std::string out;
        for (const char c : made) {
            if (c == '&' || c == '<' || c == '>')
                out += escaped({&c, 1});
            else
                out += c;
        }
        return as_written(std::move(out));
    }

    // With its attributes masked, if its names are known and nothing else is in it.
    std::optional<std::string> known_tag(std::string_view tag) {
        const auto known = [&](std::string_view name) { return names_.contains(name); };
        const bool ends = tag[1] == '/';
        std::size_t at = ends ? 2 : 1;
        if (!prefix_.empty() && tag.substr(at).starts_with(prefix_ + ':')) at += prefix_.size() + 1;
        std::size_t until = tag.find_first_of(" \t\r\n/>", at);
        if (const auto name = tag.substr(at, until - at); name != "Document" && !known(name)) return std::nullopt;
        std::string out(tag.substr(0, until));
        for (;;) {
            at = tag.find_first_not_of(blanks, until);
            out += tag.substr(until, at - until);
            if (tag.substr(at) == ">" || tag.substr(at) == "/>") return out += tag.substr(at);
            until = tag.find('=', at);
            if (ends || until == std::string_view::npos) return std::nullopt;
            const std::string_view name = tag.substr(at, until - at);
            const char quote = tag[until + 1];
            if (quote != '"' && quote != '\'') return std::nullopt;
            const std::size_t close = tag.find(quote, until + 2);
            if (close == std::string_view::npos) return std::nullopt;
            const std::string_view held = tag.substr(until + 2, close - until - 2);
            const bool kept = (name == "xmlns" || name == "xmlns:" + prefix_) && held.starts_with("urn:iso:std:iso:20022:") &&
                              held.find_first_of(blanks) == std::string_view::npos;
            if (!kept && !known('@' + std::string(name))) return std::nullopt;
            out += tag.substr(at, until + 2 - at);
            out += kept ? std::string(held) : as_written(masker_.text(as_read(held), number_kind::reference));
            out += quote;
            until = close + 1;
        }
    }

    // Of the tag that begins there; 0 for anything else.
    static std::size_t tag_size(std::string_view bytes) {
        if (bytes.starts_with("<!") || bytes.starts_with("<?")) return 0;
        char quote = 0;
        for (std::size_t at = 1; at < bytes.size(); ++at) {
            if (quote != 0) {
                if (bytes[at] == quote) quote = 0;
            } else if (bytes[at] == '"' || bytes[at] == '\'') {
                quote = bytes[at];
            } else if (bytes[at] == '>') {
                return at + 1;
            } else if (bytes[at] == '<') {
                return 0;
            }
        }
        return 0;
    }

    std::optional<std::string> with_masked_attributes(std::string_view bytes, std::size_t at, std::size_t end) {
        std::string out;
        for (; next_ != fields_.end() && next_->attribute && next_->offset < end; ++next_) {
            out += bytes.substr(at, next_->offset - at);
            out += value(*next_, bytes.substr(next_->offset, next_->size));
            at = next_->offset + next_->size;
        }
        return out += bytes.substr(at, end - at);
    }

    [[nodiscard]] std::string as_read(std::string_view bytes) const {
        return to_utf8(bytes, in_ == form::iso_8859_1 ? encoding::iso_8859_1 : encoding::utf_8);
    }
    [[nodiscard]] std::string as_written(std::string utf8) const {
        return in_ == form::iso_8859_1 ? detail::utf8_to_latin_1(utf8).value_or(utf8) : utf8;
    }
    void flush() {
        if (in_ == form::utf_16_little || in_ == form::utf_16_big)
            to_(*detail::utf8_to_utf16(out_, in_ == form::utf_16_big ? detail::utf16_form::big : detail::utf16_form::little));
        else
            to_(out_);
        out_.clear();
    }

    const document_type& type_;
    masker masker_;
    const std::set<std::string_view> names_ = names_of(*type_.root);
    form in_{};
    std::string prefix_;
    std::string out_;               // masked and not yet handed on
    bool begun_ = false;            // something of the document was seen
    const piece* piece_ = nullptr;  // at hand
    std::vector<field> fields_;     // of the piece at hand that hold anything
    std::vector<field>::const_iterator next_;
    const output& to_;
};

}  // namespace

void mask(std::string_view bytes, const document_type& type, std::string_view key, const document_options& options,
          const output& to) {
    mask_visitor visitor(type, key, to);
    visit(bytes, type, options, visitor);
}

}  // namespace brygga::xml
