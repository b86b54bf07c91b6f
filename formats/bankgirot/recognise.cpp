#include "formats/bankgirot/recognise.hpp"

#include "formats/layout/segments.hpp"

namespace brygga::bankgirot {

namespace {

constexpr std::size_t head_bytes = 2000;

std::string_view first_line(std::string_view bytes) noexcept {
    return bytes.substr(0, bytes.find_first_of("\r\n"));
}

bool contains(std::string_view text, std::string_view part) noexcept {
    return text.find(part) != std::string_view::npos;
}

}  // namespace

std::string_view recognise_other_format(std::string_view bytes) noexcept {
    const std::string_view head = layout::without_head(bytes).substr(0, head_bytes);
    if (head.empty()) return {};
    const std::string_view line = first_line(head);
    if (head.starts_with('<')) return contains(head, "iso:20022") ? "another ISO 20022 message (XML)" : "XML";
    if (line.starts_with("11") && contains(line.substr(0, 40), "LEVERANT")) return "LB (Leverantörsbetalningar)";
    if (line.starts_with("01") && contains(line.substr(0, 80), "AUTOGIRO")) return "Autogiro";
    if (line.starts_with("00") && contains(line.substr(0, 80), "TL1")) return "Total IN";
    return {};
}

}  // namespace brygga::bankgirot
