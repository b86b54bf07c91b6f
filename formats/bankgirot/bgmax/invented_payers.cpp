#include "formats/bankgirot/bgmax/detail/invented_payers.hpp"

#include <cassert>

#include "formats/bankgirot/bgmax/layout.hpp"
#include "formats/core/bankgiro.hpp"

namespace brygga::bgmax::detail {

namespace {

std::string iso_8859_1(std::string_view utf8) {
    auto bytes = from_utf8(utf8, encoding::iso_8859_1);
    assert(bytes);  // invented texts hold nothing else
    return std::move(*bytes);
}

template <class Layout>
void append_line(std::string& to, const typename Layout::value_type& record) {
    const std::size_t at = to.size();
    to.resize(at + line_bytes);
    Layout::write(to.data() + at, record);
    to[at + line_bytes - 2] = '\r';
    to[at + line_bytes - 1] = '\n';
}

encoded_text text_of(const std::string& bytes) noexcept {
    return {bytes, encoding::iso_8859_1};
}

invented_payer as_records(const invented::payer& from) {
    invented_payer out{from.company, from.company ? bankgiro_field(from.bankgiro) : std::string(10, '0'), {}};
    const std::string name = iso_8859_1(from.name);
    const std::string extra = iso_8859_1(from.extra_name);
    const std::string street = iso_8859_1(from.street);
    const std::string town = iso_8859_1(from.town);
    append_line<layouts::name>(out.details, {text_of(name), text_of(extra)});
    append_line<layouts::street>(out.details, {text_of(street), text_of(from.postcode)});
    append_line<layouts::town>(out.details, {text_of(town), {}, {}});
    if (!from.company) return out;
    const std::string number = "00" + from.organisation;
    append_line<layouts::organisation>(out.details, {text_of(number)});
    return out;
}

}  // namespace

std::vector<invented_payer> invent_payers(std::uint64_t seed, std::size_t count) {
    std::vector<invented_payer> out;
    for (const invented::payer& each : invented::payers(seed, count))
        out.push_back(as_records(each));
    return out;
}

std::vector<std::string> remittance_texts() {
    std::vector<std::string> out;
    for (const std::string_view each : invented::remittance_texts())
        out.push_back(iso_8859_1(each));
    return out;
}

}  // namespace brygga::bgmax::detail
