// The two records of a seal as values (bankgiro-seal.md section 3). Texts are views of the line that they were read from.
#pragma once

#include <string_view>

#include "formats/layout/encoded_text.hpp"

namespace brygga::seal {

using layout::encoded_text;

struct opening_record {     // TK00 sigillstartpost
    std::string_view date;  // YYMMDD
    encoded_text type;      // HMAC; SAK1 is the older seal of Nexus
};

struct closing_record {     // TK99 sigillslutpost
    std::string_view date;  // YYMMDD
    encoded_text kvv, mac;  // 32 hexadecimal digits each
};

}  // namespace brygga::seal
