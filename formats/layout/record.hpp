// One definition per record (DESIGN section 3). A record is written down once, as a table that reads like the manual's:
//
//     using deposit = record<"15", "deposit record (insättningspost)", deposit_record, 80,
//         field<"bank_account", &deposit_record::bank_account, 3, 37, digits, privacy::account>,
//         ...
//         field<"deposit_type", &deposit_record::deposit_type, 80, 80, text>>;
//
// From it come reading and writing of the typed value, and, through record_info, everything that works on any record:
// positions in findings, show, JSON, diff, masking, the generator and the documentation table. Positions are 1-based
// and inclusive. Overlaps, gaps (columns neither field nor filler) and fields beyond the width do not compile.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstring>
#include <span>
#include <string_view>
#include <type_traits>

#include "formats/core/privacy.hpp"
#include "formats/layout/columns.hpp"
#include "formats/layout/digits.hpp"
#include "formats/layout/encoded_text.hpp"

namespace brygga::layout {

// How a field fills its columns.
enum class form : std::uint8_t {
    number,           // N h0: a value, right-aligned, zero-filled
    digits,           // N: an identifier, exactly the width, leading zeros matter
    optional_digits,  // as digits, or all blank
    text,             // A vb: left-aligned, blank-filled; leading blanks are content
    code,             // one character from a table of the manual
};

enum class alignment : std::uint8_t { as_written, left, right };

struct field_info {
    std::string_view name;
    std::uint16_t first{}, last{};
    form fills{};
    privacy guard{};
    alignment aligned = alignment::as_written;  // of text
    bool only_marks =
        false;  // of text: letters are nothing that may stand there, but digits and the marks of dates, times and amounts
    std::uint16_t longest = 0;  // of text: bytes of what may stand there; 0: any

    [[nodiscard]] constexpr unsigned width() const noexcept { return static_cast<unsigned>(last - first + 1); }
};

// Columns without a value of their own.
enum class filler : std::uint8_t {
    anything,        // blank when written, ignored when read
    blank,           // a line with anything else there does not fit
    blank_or_zeros,  // blank when written
    constant,        // always the same text
};

struct filler_info {
    std::uint16_t first{}, last{};
    filler holds{};
    std::string_view constant;  // UTF-8; of what is built in ASCII

    [[nodiscard]] constexpr unsigned width() const noexcept { return static_cast<unsigned>(last - first + 1); }
    [[nodiscard]] bool fits(std::string_view slice) const noexcept {
        switch (holds) {
            case filler::anything:
                return true;
            case filler::blank:
                return all_blank(slice);
            case filler::blank_or_zeros:
                return all_blank(slice) || slice.find_first_not_of('0') == std::string_view::npos;
            case filler::constant:
                return slice == constant;
        }
        return false;
    }
    [[nodiscard]] bool fits(std::string_view slice, encoding in) const {
        if (fits(slice)) return true;
        return holds == filler::constant && !is_ascii(constant) && to_utf8(slice, in) == constant;
    }
};

struct record_info {
    std::string_view code;
    std::string_view title;
    std::uint16_t width{};
    std::span<const field_info> fields;
    std::span<const filler_info> fillers;
    std::uint16_t code_columns{};  // 0 where the code stands for the record but not in it
    // For text whose alignment other columns of the record decide; nothing when every text is as its field says.
    alignment (*aligned)(const field_info&, const columns&){};

    [[nodiscard]] constexpr const field_info* find(std::string_view name) const noexcept {
        for (const field_info& each : fields)
            if (each.name == name) return &each;
        return nullptr;
    }
    [[nodiscard]] alignment alignment_of(const field_info& field, const columns& line) const noexcept {
        return aligned == nullptr ? field.aligned : aligned(field, line);
    }
};

template <std::size_t Size>
struct fixed_text {
    char data[Size]{};
    consteval fixed_text(const char (&text)[Size]) { std::copy_n(text, Size, data); }  // NOLINT: a literal converts
    [[nodiscard]] constexpr std::string_view view() const noexcept { return {data, Size - 1}; }
};

namespace detail {

// "00" to "99".
inline constexpr std::array<char, 200> two_digits = [] {
    std::array<char, 200> out{};
    for (unsigned i = 0; i != 100; ++i) {
        out[2 * i] = static_cast<char>('0' + i / 10);
        out[2 * i + 1] = static_cast<char>('0' + i % 10);
    }
    return out;
}();

}  // namespace detail

// ---- forms of the typed side: read gives false on content that does not fit, write fills exactly Width columns ----

struct number {
    static constexpr form fills = form::number;
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding, std::int64_t& value) noexcept {
        std::uint64_t digits = 0;
        if (slice.size() != Width || !read_digits<Width>(slice.data(), digits)) {
            value = 0;
            return false;
        }
        value = static_cast<std::int64_t>(digits);
        return true;
    }
    template <std::size_t Width>
    static void write(char* at, std::int64_t value) noexcept {
        auto rest = static_cast<std::uint64_t>(value);
        std::size_t i = Width;
        for (; i >= 2; rest /= 100) {
            i -= 2;
            std::memcpy(at + i, detail::two_digits.data() + rest % 100 * 2, 2);
        }
        if (i != 0) at[0] = static_cast<char>('0' + rest % 10);
    }
};

struct digits {
    static constexpr form fills = form::digits;
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding, std::string_view& value) noexcept {
        const bool fits = slice.size() == Width && all_digits<Width>(slice.data());
        value = fits ? slice : std::string_view{};  // what is no number must not travel as one: its bytes may be anything
        return fits;
    }
    template <std::size_t Width>
    static void write(char* at, std::string_view value) noexcept {
        value = value.substr(value.size() - std::min(value.size(), Width));
        std::memset(at, '0', Width - value.size());
        std::copy_n(value.data(), value.size(), at + Width - value.size());
    }
};

struct optional_digits {
    static constexpr form fills = form::optional_digits;
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding in, std::string_view& value) noexcept {
        if (digits::read<Width>(slice, in, value)) return true;
        if (slice.size() == Width ? !all_blank<Width>(slice.data()) : !all_blank(slice)) return false;
        value = {};
        return true;
    }
    template <std::size_t Width>
    static void write(char* at, std::string_view value) noexcept {
        if (value.empty())
            std::memset(at, ' ', Width);
        else
            digits::write<Width>(at, value);
    }
};

struct text {
    static constexpr form fills = form::text;
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding in, encoded_text& value) noexcept {
        value = {slice.size() == Width ? right_trimmed<Width>(slice.data()) : right_trimmed(slice), in};
        return true;
    }
    // For text that is compared with ASCII only: "GENAST" or a date, say.
    template <std::size_t Width>
    [[nodiscard]] static bool read(std::string_view slice, encoding, std::string_view& value) noexcept {
        value = right_trimmed(slice);
        return true;
    }
    template <std::size_t Width>
    static void write(char* at, encoded_text value) noexcept {
        const std::size_t size = std::min(value.bytes.size(), Width);
        std::copy_n(value.bytes.data(), size, at);  // an empty text may have no bytes to point at
        std::memset(at + size, ' ', Width - size);
    }
    template <std::size_t Width>
    static void write(char* at, std::string_view value) noexcept {
        write<Width>(at, encoded_text{value});
    }
};

// One character; which ones are allowed is a rule of the format, so that reading keeps what stood there.
struct code {
    static constexpr form fills = form::code;
    template <std::size_t Width, class Value>
    [[nodiscard]] static bool read(std::string_view slice, encoding, Value& value) noexcept {
        static_assert(Width == 1 && sizeof(Value) == 1);
        value = static_cast<Value>(slice.size() == 1 ? slice[0] : '?');
        return slice.size() == 1;
    }
    template <std::size_t Width, class Value>
    static void write(char* at, Value value) noexcept {
        *at = static_cast<char>(value);
    }
};

template <fixed_text Name, auto Member, unsigned First, unsigned Last, class Form, privacy Guard = privacy::open>
struct field {
    static constexpr unsigned first = First, last = Last;
    static constexpr std::size_t width = Last - First + 1;
    static constexpr bool is_field = true;
    static constexpr field_info info{Name.view(), First, Last, Form::fills, Guard};

    template <class Record>
    [[nodiscard]] static bool read(const columns& line, Record& into) noexcept {
        return Form::template read<width>(line.slice(First, Last), line.in, into.*Member);
    }
    template <class Record>
    static void write(char* line, const Record& from) noexcept {
        Form::template write<width>(line + First - 1, from.*Member);
    }
};

template <unsigned First, unsigned Last, filler Holds, fixed_text Constant = "">
struct filled {
    static constexpr unsigned first = First, last = Last;
    static constexpr std::size_t width = Last - First + 1;
    static constexpr bool is_field = false;
    static constexpr filler_info info{First, Last, Holds, Constant.view()};
    static_assert(Holds != filler::constant || Constant.view().size() == width, "the constant fills its columns");

    static constexpr std::array<char, width> canonical = [] {
        std::array<char, width> out{};
        out.fill(' ');
        std::copy_n(info.constant.data(), info.constant.size(), out.begin());
        return out;
    }();

    template <class Record>
    [[nodiscard]] static bool read(const columns& line, Record&) noexcept {
        if constexpr (Holds == filler::anything) return true;
        const std::string_view slice = line.slice(First, Last);
        return (slice.size() == width && std::memcmp(slice.data(), canonical.data(), width) == 0) || info.fits(slice);
    }
    template <class Record>
    static void write(char* line, const Record&) noexcept {
        std::memcpy(line + First - 1, canonical.data(), width);
    }
};

template <unsigned First, unsigned Last>
using reserve = filled<First, Last, filler::anything>;
template <unsigned First, unsigned Last>
using blank = filled<First, Last, filler::blank>;
template <unsigned First, unsigned Last>
using blank_or_zeros = filled<First, Last, filler::blank_or_zeros>;
template <fixed_text Constant, unsigned First, unsigned Last>
using constant = filled<First, Last, filler::constant, Constant>;

// What a record is known by: the text in its first columns, or a name for one that begins with a field.
enum class coded : std::uint8_t { in_the_line, by_its_section };

template <coded Known, fixed_text Code, fixed_text Title, class Value, unsigned Width, class... Parts>
struct basic_record {
    using value_type = Value;
    static constexpr std::uint16_t code_columns = Known == coded::in_the_line ? Code.view().size() : 0;
    static constexpr std::size_t field_count = (0u + ... + (Parts::is_field ? 1u : 0u));
    static constexpr std::size_t filler_count = sizeof...(Parts) - field_count;
    static_assert(sizeof...(Parts) <= 32, "one bit for each part of the record");

    static consteval bool covers_every_column() {
        unsigned next = code_columns + 1u;
        bool joined = true;
        ((joined = joined && Parts::first == next && Parts::last >= Parts::first, next = Parts::last + 1), ...);
        return joined && next == Width + 1;
    }
    static_assert(covers_every_column(), "the fields overlap, leave a gap or do not end at the record's width");

    static constexpr std::array<field_info, field_count> fields = [] {
        std::array<field_info, field_count> out{};
        std::size_t at = 0;
        const auto put = [&]<class Part>(Part) {
            if constexpr (Part::is_field) out[at++] = Part::info;
        };
        (put(Parts{}), ...);
        return out;
    }();
    static constexpr std::array<filler_info, filler_count> fillers = [] {
        std::array<filler_info, filler_count> out{};
        std::size_t at = 0;
        const auto put = [&]<class Part>(Part) {
            if constexpr (!Part::is_field) out[at++] = Part::info;
        };
        (put(Parts{}), ...);
        return out;
    }();

    static constexpr record_info info(alignment (*aligned)(const field_info&, const columns&) = nullptr) {
        return {Code.view(), Title.view(), Width, fields, fillers, code_columns, aligned};
    }

    // Bit i is set when fields[i], and bit field_count + i when fillers[i], holds content that does not fit. All fields are read
    // all the same.
    [[nodiscard]] static std::uint32_t read(const columns& line, Value& into) noexcept {
        std::uint32_t bad = 0;
        unsigned field_bit = 0, filler_bit = field_count;
        const auto one = [&]<class Part>(Part) {
            unsigned& bit = Part::is_field ? field_bit : filler_bit;
            if (!Part::read(line, into)) [[unlikely]]
                bad |= std::uint32_t{1} << bit;
            ++bit;
        };
        (one(Parts{}), ...);
        return bad;
    }

    // Exactly Width bytes, in the canonical form of an 8-bit encoding.
    static void write(char* line, const Value& from) noexcept {
        std::memset(line, ' ', Width);
        std::copy_n(Code.view().data(), code_columns, line);
        (Parts::write(line, from), ...);
    }
};

template <fixed_text Code, fixed_text Title, class Value, unsigned Width, class... Parts>
using record = basic_record<coded::in_the_line, Code, Title, Value, Width, Parts...>;

// A record that begins with a field: lines of its section that no code claims.
template <fixed_text Name, fixed_text Title, class Value, unsigned Width, class... Parts>
using record_without_code = basic_record<coded::by_its_section, Name, Title, Value, Width, Parts...>;

}  // namespace brygga::layout
