// Described formats for the tests of the engine.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

#include "formats/core/text.hpp"
#include "formats/format.hpp"
#include "formats/layout/described/format.hpp"
#include "formats/layout/language/parser.hpp"

namespace brygga::layout::described::test {

// Payments of an invented parking company, with every kind of test in it.
inline constexpr std::string_view parking = R"layout(format parking "Parking fees (parkeringsavgifter)"
version "2" from 2026-01-01
direction in
fixed 60
encoding ISO 8859-1, UTF-8
line end CRLF
code 1-2

codes parking_kind
    "01" "parking"
    "02" "towing"

record header "00" "opening record"
    3-10    written      date CCYYMMDD
    11-20   payee        bankgiro
    21-60   blank

record lot "05" "parking place"
    3-8     number       digits unique
    9-12    fees         number
    13-60   blank

record fee "10" "fee"
    3-14    amount       ore
    15-26   driver       personal-number optional   personal identity
    27-28   kind         code parking_kind
    29-53   name         text                       personal name
    54-57   lot          text optional
    58-60   reserved

record end "99" "closing record"
    3-10    fees         number
    11-25   total        ore
    26-60   blank

order header (lot fee+)+ end

total end.fees = count of fee
total end.total = sum of fee.amount
total lot.fees = count of fee within lot

rule PARK-R01 hold "A fee is more than nothing." "Ask the company."
    on fee: amount > 0
rule PARK-R02 error "The file is of this century." "Is it an old file?"
    on header: written >= 2000-01-01
rule PARK-R03 warning "Towing costs a thousand." "Ask the company."
    on fee: if kind = "02" then amount >= 100000
)layout";

// The same company's rows, read by their headings.
inline constexpr std::string_view separated_fees = R"layout(format csv-fees "Parking fees, separated"
separated by ";" quoted by "\"" with header
encoding UTF-8, ISO 8859-1
line end LF

codes parking_kind
    "P" "parking"
    "T" "towing"

record fee "fee"
    "Number"      number   digits unique
    "Kind"        kind     code parking_kind
    "Amount"      amount   kronor with ","
    "Day"         day      date CCYY-MM-DD
    "Driver"      driver   personal-number optional   personal identity
    "Name"        name     text                       personal name

order fee+

rule CSV-R01 hold "A fee is more than nothing." "Ask the company."
    on fee: amount > 0
)layout";

// Records of several kinds, known by their first column.
inline constexpr std::string_view coded_rows = R"layout(format coded-rows "Rows with codes"
separated by tab
encoding ISO 8859-1
code column 1

record head "H" "head"
    2    made     date CCYYMMDD
record line "L" "line"
    2    number   digits
    3    amount   ore
    4    text     text optional
record foot "F" "foot"
    2    lines    number
    3    total    ore

order head line* foot

total foot.lines = count of line
total foot.total = sum of line.amount
)layout";

inline language::description description_of(std::string_view layout) {
    auto read = language::parse_layout(layout, "test.layout", [](const std::string&) {
        return result<std::string>(tl::unexpected(error{error_code::not_found, "no file is included"}));
    });
    if (read) return std::move(*read);
    std::string text;
    for (const language::layout_fault& each : read.error())
        text += describe(each) + "\n";
    throw std::runtime_error(text);
}

inline std::unique_ptr<const format> format_of(std::string_view layout) {
    return make_format(description_of(layout));
}

// A right file of it.
inline std::string parking_file() {
    return from_utf8(
               "00202611230009912346                                        \r\n"
               "050000010002                                                \r\n"
               "1000000001000019811228987401Berit Björk              A1     \r\n"
               "10000000150050            02Åsa Exempelsson                 \r\n"
               "050000020001                                                \r\n"
               "1000000000010019811228987401Berit Björk                     \r\n"
               "9900000003000000000160150                                   \r\n",
               encoding::iso_8859_1)
        .value();
}

}  // namespace brygga::layout::described::test
