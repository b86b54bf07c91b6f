#include "formats/bankgirot/bgmax/layout.hpp"

#include <array>

#include "formats/bankgirot/bgmax/infos.hpp"

namespace brygga::bgmax {

namespace {

// A code 2 reference is right-aligned, left-aligned in Autogiro files; any other stands as the payer gave it (table 5.1).
layout::alignment reference_alignment(const layout::field_info& field, const layout::columns& line) {
    if (field.name != "reference" || line.slice(56, 56) != "2") return layout::alignment::as_written;
    return line.slice(57, 57) == "4" ? layout::alignment::left : layout::alignment::right;
}

constexpr std::array infos{
    layouts::start::info(),
    layouts::opening::info(),
    layouts::payment::info(reference_alignment),
    layouts::deduction::info(reference_alignment),
    layouts::extra::info(reference_alignment),
    layouts::negative_extra::info(reference_alignment),
    layouts::information::info(),
    layouts::name::info(),
    layouts::street::info(),
    layouts::town::info(),
    layouts::organisation::info(),
    layouts::deposit::info(),
    layouts::end::info(),
};

}  // namespace

std::span<const layout::record_info> record_infos() noexcept {
    return infos;
}

const layout::record_info* record_info_of(std::string_view code) noexcept {
    for (const layout::record_info& each : infos)
        if (each.code == code) return &each;
    return nullptr;
}

}  // namespace brygga::bgmax
