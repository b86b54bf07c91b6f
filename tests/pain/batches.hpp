// What the tests of pain write and read: the worked example of supplier-payments.md 7.3, and the fixtures.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "formats/iso20022/pain/writer.hpp"

namespace brygga::pain {

// fixtures/pain/example.NAME.xml
[[nodiscard]] std::string example(std::string_view name);

// Every place of `from` in `text` becomes `to`; there is one.
[[nodiscard]] std::string changed(std::string text, std::string_view from, std::string_view to);

[[nodiscard]] batch worked_batch();
[[nodiscard]] bank_profile worked_profile();  // as in the worked example: no BtchBookg
[[nodiscard]] std::optional<std::string> never_used(std::string_view message_id);

// "hold P1-R02 payment[1]/Cdtr/Nm"
[[nodiscard]] std::vector<std::string> short_findings(const finding_list& findings);

// All payments of a document, in its order.
[[nodiscard]] std::vector<payment> payments_in(std::string_view document);

}  // namespace brygga::pain
