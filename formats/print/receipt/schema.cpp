#include "formats/print/receipt/detail/schema.hpp"

#include "formats/print/schema_types.hpp"

namespace brygga::print::receipt::detail {

namespace {

using namespace xml::schema;
using namespace print::schema_types;

constexpr std::int64_t largest_int = 2'147'483'647;
constexpr std::string_view versions[] = {"1.0"};
constexpr std::string_view types[] = {"ACK", "NACK", "STATUS", "RETURNS"};
constexpr std::string_view statuses[] = {"RECEIVED",  "REJECTED", "DELIVERED", "PRINTED",  "POSTED",
                                         "FORWARDED", "FAILED",   "RETURNED",  "CANCELLED"};

// clang-format off
constexpr simple_type version = {.expected = "1.0", .codes = versions, .keeps_blanks = true};
constexpr simple_type receipt_number = {"a number above 0", is_number<1, largest_int>};
constexpr simple_type type = {.expected = "ACK, NACK, STATUS or RETURNS", .codes = types};
constexpr simple_type status = {.expected = "a status of section 5.3", .codes = statuses};
constexpr simple_type any_text = {.expected = "a text", .keeps_blanks = true, .is_personal = true};
constexpr simple_type any_token = {.expected = "a text", .is_personal = true};

constexpr attribute error_attributes[] = {{"rule", &id, true}};
constexpr complex_type error = {{}, error_attributes, &any_text};
constexpr attribute document_attributes[] = {
    {"id", &id, true}, {"status", &status, true}, {"at", &moment, true}, {"channel", &channel}, {"reason", &id},
    {"providerRef", &any_token}, {"pages", &count}, {"sheets", &count},
};
constexpr complex_type document = {{}, document_attributes};
constexpr attribute totals_attributes[] = {
    {"documents", &count, true}, {"delivered", &count, true}, {"posted", &count, true}, {"failed", &count, true},
    {"pages", &count, true}, {"sheets", &count, true},
};
constexpr complex_type totals = {{}, totals_attributes};
constexpr element root_parts[] = {
    {"BatchId", id}, {"ReceiptNumber", receipt_number}, {"CreatedAt", moment}, {"Type", type}, {"Digest", sha256_digits}, {"Final", flag},
    {"Error", error, 0, 100}, {"Document", document, 0, any_number}, {"Totals", totals, 0},
};
constexpr attribute root_attributes[] = {{"version", &version, true}};
constexpr complex_type root = {root_parts, root_attributes};
constexpr element batch_receipt = {"BatchReceipt", root};
// clang-format on

}  // namespace

const element& receipt_schema() noexcept {
    return batch_receipt;
}

}  // namespace brygga::print::receipt::detail
