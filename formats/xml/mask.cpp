#include "formats/xml/mask.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include "formats/core/digits.hpp"
#include "formats/core/iban.hpp"
#include "formats/inspection/masked_text.hpp"
#include "formats/xml/detail/characters.hpp"
#include "formats/xml/writer.hpp"

namespace brygga::xml {

namespace {

using inspection::alphabet;
using inspection::number_kind;

constexpr std::size_t most_giro_digits = 8;
constexpr std::size_t account_field_digits = 16;
constexpr std::size_t clearing_digits = 4;
constexpr std::size_t iban_head = 4;  // country and check digits

bool only_of(std::string_view text, std::string_view allowed) noexcept {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

// Whether the value is what its row holds: anything else may be text that slipped there.
bool fits(const details& about, std::string_view value) noexcept {
    constexpr std::string_view blanks = " \t\r\n";
    value = value.substr(std::min(value.find_first_not_of(blanks), value.size()));
    value = value.substr(0, value.find_last_not_of(blanks) + 1);
    switch (about.what) {
        case holds::text:
        case holds::presence:
            return true;
        case holds::code:
            return about.longest == 0 || value.size() <= about.longest;
        case holds::amount:
        case holds::number:
            return only_of(value, "0123456789.+-");
        case holds::day:
        case holds::moment:
            return only_of(value, "0123456789-+:.TZ");
        case holds::flag:
            return value == "true" || value == "false" || only_of(value, "0123456789");
    }
    return true;
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
        constexpr std::string_view all_digits = "0123456789";
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

    void file(const document_facts& facts) override { in_ = facts.in; }

    void part(const piece& item, std::string_view bytes) override {
        fields_ = in_order_of_place(item);
        piece_ = &item;
        put(masked(bytes));
    }

    void rest(std::string_view bytes, std::uint64_t, const fault&) override {
        fields_.clear();
        put(masked(bytes));
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
            const bool of_the_schema =
                item.attribute && (item.path.find("@xmlns") != std::string::npos || item.path.find("@xsi:") != std::string::npos);
            return of_the_schema ? item.value : masker_.text(item.value, number_kind::reference);
        }
        switch (item.known->about.guard) {
            case privacy::open:
                return fits(item.known->about, item.value) ? item.value : masker_.text(item.value, number_kind::reference);
            case privacy::account:
                if (const auto known = type_.bank_account_at ? type_.bank_account_at(*piece_, item) : std::nullopt)
                    return masker_.account(item.value, *known);
                return masker_.account(item.value, false);
            case privacy::own_account:
                return masker_.account(item.value, true);
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

    // Tags stay but for the values of their attributes; text, comments and processing instructions are masked.
    std::string masked(std::string_view bytes) {
        const bool marked = bytes.starts_with(utf8_byte_order_mark);
        std::string out(marked ? utf8_byte_order_mark : std::string_view());
        next_ = fields_.begin();
        for (std::size_t at = out.size(); at < bytes.size();) {
            if (next_ != fields_.end() && next_->offset == at && !next_->attribute) {
                out += value(*next_, bytes.substr(at, next_->size));
                at += next_++->size;
                continue;
            }
            const std::string_view rest = bytes.substr(at);
            std::size_t size = rest.find('<');
            if (size == 0) {
                if (const std::size_t tag = tag_size(rest); tag != 0) {
                    out += with_masked_attributes(bytes, at, at + tag);
                    at += tag;
                    continue;
                }
                if (rest.starts_with("<!--"))
                    size = rest.find("-->", 4);
                else if (rest.starts_with("<?"))
                    size = rest.find("?>", 2);
                else
                    size = 1;  // of a tag without end
            }
            size = std::min(size, rest.size());
            if (next_ != fields_.end() && !next_->attribute) size = std::min(size, next_->offset - at);
            out += as_written(masker_.text(as_read(rest.substr(0, size)), number_kind::reference));
            at += size;
            for (const std::string_view end : {"-->", "?>"})
                if (bytes.substr(at).starts_with(end)) {
                    out += end;
                    at += end.size();
                }
        }
        return out;
    }

    // Of the tag or XML declaration that begins there; 0 for anything else.
    static std::size_t tag_size(std::string_view bytes) {
        if (bytes.starts_with("<?xml")) return bytes.find("?>") == std::string_view::npos ? 0 : bytes.find("?>") + 2;
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

    std::string with_masked_attributes(std::string_view bytes, std::size_t at, std::size_t end) {
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
    void put(const std::string& bytes) {
        if (in_ == form::utf_16_little || in_ == form::utf_16_big)
            to_(*detail::utf8_to_utf16(bytes, in_ == form::utf_16_big ? detail::utf16_form::big : detail::utf16_form::little));
        else
            to_(bytes);
    }

    const document_type& type_;
    masker masker_;
    form in_{};
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
